/* What all workers of chat share to send. */
#ifndef HICHAT_SENDING_H
#define HICHAT_SENDING_H

#include "member_cache.h"
#include "send_queue.h"

struct sending {
	struct send_queue *queue;
	struct member_cache *members;
};

#endif
