/* The SQL of likes.  What writes expects to run in a transaction that holds post_entry(). */
#ifndef HICHAT_LIKE_STORE_H
#define HICHAT_LIKE_STORE_H

#include "request.h"

/* *added: there was none of this person yet. */
const struct error *like_add(struct db *db, int64_t post_id, int64_t user_id, bool *added);
/* With the notification that tells of it; when there is none, too. */
const struct error *like_remove(struct db *db, int64_t post_id, int64_t user_id);
/* Those of whom the caller, who sees the post, is shown that they like it: ascending by id. */
const struct error *like_page(
    struct request *req, int64_t post_id, int64_t after, int64_t limit, struct id_list *users);

#endif
