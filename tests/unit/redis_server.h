/* A private Redis on a UNIX socket in a directory of its own, for tests that want to hurt it. */
#ifndef HICHAT_TEST_REDIS_SERVER_H
#define HICHAT_TEST_REDIS_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

struct redis_server {
	char directory[64];
	char socket[96];
	pid_t pid; /* 0: not running */
};

/* False without a redis-server on this machine: then the tests are to be skipped. */
bool redis_server_possible(void);

bool redis_server_prepare(struct redis_server *server);
/* Returns when it answers.  password NULL: none. */
bool redis_server_start(struct redis_server *server, const char *password);
/* Kills it without a chance to say goodbye. */
void redis_server_kill(struct redis_server *server);
void redis_server_remove(struct redis_server *server);

#endif
