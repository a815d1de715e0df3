/* One request and its answer. */
#ifndef HICHAT_EXCHANGE_H
#define HICHAT_EXCHANGE_H

#include "gateway.h"
#include "service.h"

/* What a thread owns to answer with, one request after the other. */
struct desk {
	struct arena *arena;
	struct db *db;
	struct redis *redis;
	struct verified *verified;
};

void desk_open(struct desk *desk, const struct config *config, struct redis_breaker *breaker);
void desk_close(struct desk *desk);

/* Reads the request, does what it asks, writes the answer, forgets everything. */
void exchange_run(const struct service *service, struct desk *desk, const struct gateway *gateway);

/* What the program wants done after an answer, see its `after`. */
int exchange_after(const struct service *service, struct desk *desk);

#endif
