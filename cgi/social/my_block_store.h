/* The SQL of one's own blocks.  What writes expects to run in a transaction that holds the lock of
 * friend_lock_pair(). */
#ifndef HICHAT_MY_BLOCK_STORE_H
#define HICHAT_MY_BLOCK_STORE_H

#include "request.h"

struct my_block {
	int64_t blocked_id;
	int64_t created_at;
};
extern const struct record my_block_record;

/* One that was there before keeps its time. */
const struct error *my_block_insert(struct db *db, int64_t user_id, int64_t blocked_id);
/* *existed: there was one until now. */
const struct error *my_block_remove(
    struct db *db, int64_t user_id, int64_t blocked_id, bool *existed);
/* 404 not_found when there is none. */
const struct error *my_block_load(struct request *req, int64_t blocked_id, struct my_block *block);
/* Ascending by blocked_id, from above `after`. */
const struct error *my_block_page(
    struct request *req, int64_t after, int64_t limit, struct rows *page);

#endif
