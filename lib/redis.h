/* Redis for speed, never for truth: every call may fail, fails fast, and the
 * caller goes on without it.  One struct redis is one synchronous connection
 * for one thread; it connects at first use.  After a failure a circuit breaker,
 * see redis_breaker.h, keeps it closed, so that a dead Redis costs a comparison,
 * not a time-out, and one log line, not one a request. */
#ifndef HICHAT_REDIS_H
#define HICHAT_REDIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct config;
struct redis;
struct redis_breaker;

/* Never NULL.  With [redis] enabled = no every call answers false at once.
 * `shared` has to outlive it; NULL: a breaker of its own. */
struct redis *redis_new(const struct config *config, struct redis_breaker *shared);
void redis_free(struct redis **redis);

bool redis_ping(struct redis *redis);
/* Why the last call failed, "" when none did. */
const char *redis_reason(const struct redis *redis);

/* One pipelined write of all messages to one channel; waits for no subscriber.
 * The channel and every key below get the configured prefix: "<prefix>:<name>". */
bool redis_publish(
    struct redis *redis, const char *channel, const char *const *messages, size_t count);

bool redis_set(struct redis *redis, const char *key, const char *value, int ttl_seconds);
/* *value is arena text, or NULL when the key is not there. */
bool redis_get(struct redis *redis, struct arena *arena, const char *key, const char **value);
bool redis_delete(struct redis *redis, const char *key);

/* Counts one more in a window that starts at the first count: *count of this window,
 * *seconds_left until it ends.  Atomic (one script). */
bool redis_count(struct redis *redis, const char *key, int window_seconds, int64_t *count,
    int64_t *seconds_left);
/* Takes one count back, never below zero. */
bool redis_uncount(struct redis *redis, const char *key);

/* The scores of members in a sorted set, ABSENT where there is none (ZMSCORE). */
bool redis_scores(
    struct redis *redis, const char *key, const int64_t *members, size_t count, int64_t *scores);

#endif
