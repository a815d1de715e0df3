/* The SQL of friend requests.  What writes expects to run in a transaction that
 * holds the lock of friend_lock_pair(). */
#ifndef HICHAT_FRIEND_REQUEST_STORE_H
#define HICHAT_FRIEND_REQUEST_STORE_H

#include "friend_request.h"

/* 404 not_found unless `user_id` asked or was asked. */
const struct error *friend_request_load(struct db *db, struct arena *arena, int64_t id,
    int64_t user_id, struct friend_request *request);
/* The pending request from one to the other; 404 not_found. */
const struct error *friend_request_pending(struct db *db, struct arena *arena, int64_t from_id,
    int64_t to_id, struct friend_request *request);
const struct error *friend_request_insert(
    struct db *db, int64_t from_id, const struct friend_request_draft *draft, int64_t *id);
const struct error *friend_request_set_status(struct db *db, int64_t id, const char *status);

/* Newest first, `limit` at most; box "out": asked by user_id, else asked of them. */
const struct error *friend_request_page(struct request *req,
    const struct friend_request_query *query, int64_t limit, struct rows *page);

#endif
