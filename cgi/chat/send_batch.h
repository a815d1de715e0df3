/* What a leader of the send queue does with a batch: one transaction of two round trips, then
 * one write to Redis. */
#ifndef HICHAT_SEND_BATCH_H
#define HICHAT_SEND_BATCH_H

#include "member_cache.h"
#include "send_queue.h"
#include "standing_cache.h"

/* The worker's own connections; memory of the leader's request. */
struct send_means {
	struct arena *arena;
	struct db *db;
	struct redis *redis;
	struct member_cache *members;
	struct standing_cache *standings;
	const struct config *config;
	const struct token_keys *keys;
};

/* For struct send_work; `means` is a struct send_means. */
enum send_result send_batch_commit(void *means, struct send_draft *const *drafts, size_t count);
void send_batch_announce(void *means, struct send_draft *const *drafts, size_t count);

#endif
