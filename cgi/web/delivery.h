/* Events waiting for the end of their request.  Private to cgi/web. */
#ifndef HICHAT_DELIVERY_H
#define HICHAT_DELIVERY_H

#include "request.h"

struct delivery {
	const char **messages; /* envelopes */
	size_t count;
	size_t capacity;
};

/* Publishes what was collected, in one write. */
void delivery_publish(struct request *req);

#endif
