/* Writing below a post: the right to it cannot end in between. */
#ifndef HICHAT_POST_ENTRY_H
#define HICHAT_POST_ENTRY_H

#include "request.h"

/* Within a transaction: holds the caller, the post's author and `third` (ABSENT: nobody), whose
 * friendships, blocks and settings decide, and the post; *author_id.  404 not_found when the caller
 * does not see the post. */
const struct error *post_entry(
    struct db *db, int64_t user_id, int64_t post_id, int64_t third, int64_t *author_id);

/* Within a transaction: holds the person's row as whoever changes what is between people does. */
const struct error *post_entry_person(struct db *db, int64_t user_id);

/* A transaction that looks for what its key has stored before it stores anything: when another
 * request has just done so under the same key (NULL: there is none), it looks once more. */
const struct error *post_entry_once(struct db *db, const char *client_key,
    const struct error *(*work)(struct db *db, void *context), void *context);

#endif
