/* The SQL of friend requests.  What writes expects to run in a transaction that
 * holds the lock of friend_lock_pair().  The status of what is loaded reads "expired" when nobody
 * answered in time. */
#ifndef HICHAT_FRIEND_REQUEST_STORE_H
#define HICHAT_FRIEND_REQUEST_STORE_H

#include "friend_request.h"

/* 404 not_found unless `user_id` asked or was asked. */
const struct error *friend_request_load(struct db *db, struct arena *arena, int64_t id,
    int64_t user_id, struct friend_request *request);
/* The latest request from one to the other, whatever became of it; its status is NULL when there
 * was none. */
const struct error *friend_request_latest(struct db *db, struct arena *arena, int64_t from_id,
    int64_t to_id, struct friend_request *request);
const struct error *friend_request_insert(
    struct db *db, int64_t from_id, const struct friend_request_draft *draft, int64_t *id);
/* What is NULL stays as it is. */
const struct error *friend_request_reword(
    struct db *db, int64_t id, const char *message, const char *remark, bool *changed);
const struct error *friend_request_set_status(struct db *db, int64_t id, const char *status);
/* What has expired between the two says so from now on, and is no longer in the way. */
const struct error *friend_request_expire(struct db *db, int64_t one, int64_t other);
/* Declines what is open from one to the other. */
const struct error *friend_request_decline(struct db *db, int64_t from_id, int64_t to_id);
/* Withdraws what is open from one to the other. */
const struct error *friend_request_withdraw(
    struct db *db, int64_t from_id, int64_t to_id, bool *withdrawn);
/* Whether the person lets strangers ask. */
const struct error *friend_request_welcome(struct db *db, int64_t to_id, bool *welcome);

/* Newest first, `limit` at most; box "out": asked by user_id, else asked of them. */
const struct error *friend_request_page(struct request *req,
    const struct friend_request_query *query, int64_t limit, struct rows *page);

#endif
