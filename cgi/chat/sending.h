/* Sending as handlers do it: what all workers of chat share, and the way of a draft. */
#ifndef HICHAT_SENDING_H
#define HICHAT_SENDING_H

#include "index_queue.h"
#include "member_cache.h"
#include "request.h"
#include "send_batch.h"
#include "send_queue.h"
#include "standing_cache.h"

struct sending {
	struct send_queue *queue;
	struct member_cache *members;
	struct standing_cache *standings;
	struct index_queue *written; /* where something can be found that is not indexed yet */
};

/* A draft of the caller's without reply and mentions. */
struct send_draft sending_draft(struct request *req, int64_t conversation, const char *client_key,
    const char *kind, struct json_text body);

/* The worker's means, for what happens under the lock of a conversation. */
struct send_means sending_means(struct request *req);

/* Counts one more send, or change of one, of the caller's; 429 rate_limited. */
const struct error *sending_limit(struct request *req);

/* Counts it against the limit, stores it, and tells everybody whom it concerns; NULL: `stored` is
 * committed.  429 rate_limited, or what the commit refuses it with. */
const struct error *sending_pass(struct request *req, struct send_draft *draft);

#endif
