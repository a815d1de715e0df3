/* What all workers of a program share: configuration, keys, routes, and the wish to stop. */
#ifndef HICHAT_SERVICE_H
#define HICHAT_SERVICE_H

#include "serve.h"
#include <stdatomic.h>
#include <stdio.h>

struct service {
	const struct program *program;
	struct route *routes; /* the program's own, and /health */
	size_t count;
	struct config *config;
	struct token_keys *keys;
	struct redis_breaker *breaker; /* of all workers' connections */
	void *state;		       /* of the program's open hook */
	size_t max_body;	       /* of any of its routes */
	atomic_bool stopping;
};

/* The routes alone need no configuration. */
void service_routes(struct service *service, const struct program *program);

/* False with every mistake explained on `mistakes`.  Opens the log. */
bool service_open(struct service *service, const char *config_path, FILE *mistakes);
void service_close(struct service *service);

#endif
