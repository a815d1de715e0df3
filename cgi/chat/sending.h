/* What all workers of chat share to send. */
#ifndef HICHAT_SENDING_H
#define HICHAT_SENDING_H

#include "member_cache.h"
#include "send_queue.h"
#include "standing_cache.h"

struct sending {
	struct send_queue *queue;
	struct member_cache *members;
	struct standing_cache *standings;
};

#endif
