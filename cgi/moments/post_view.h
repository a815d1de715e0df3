/* Posts as one person sees them, with what they see of the likes and comments. */
#ifndef HICHAT_POST_VIEW_H
#define HICHAT_POST_VIEW_H

#include "comment_store.h"
#include "post_store.h"

/* Of each post the newest comments: as many in lists, and where it is shown alone. */
#define POST_VIEW_LISTED 10
#define POST_VIEW_ALONE 50

/* *list: a JSON array without a parent, {id, author:U, text, media, audience (null for others than
 * its author), created_at, muted, likes:[U] (some), like_count, liked, comments, comment_count}.
 * The posts descend by id and are visible to the caller. */
const struct error *post_view(
    struct request *req, const struct rows *posts, size_t comments, struct json_object **list);
/* One of them alone, as a child without a parent; for its author with whom its audience names. */
const struct error *post_view_one(
    struct request *req, const struct post *post, struct json_object **object);

/* {id, author:U, text, reply_to, reply_user:U|null, created_at}, of each of these. */
const struct error *comment_view(
    struct request *req, const struct rows *comments, struct json_object **list);

#endif
