/* What was said to posts, as far as one person hears it. */
#ifndef HICHAT_POST_VIEW_STORE_H
#define HICHAT_POST_VIEW_STORE_H

#include "request.h"

struct said {
	int64_t moment_id;
	int64_t id; /* of a like: who likes it; of a comment: its own */
};

/* Of posts that the caller sees: everybody who likes them, earliest first, and all comments, newest
 * first; descending by post. */
const struct error *post_view_said(
    struct request *req, struct id_list posts, struct rows *likes, struct rows *comments);
/* Comments that were among these, descending by post, ascending within it. */
const struct error *post_view_comments(
    struct request *req, struct id_list ids, struct rows *comments);

#endif
