/* Whether Redis is worth trying: one for all connections of a process, so that what one of them
 * found out at the price of a time-out costs the others a comparison.  Open for 0.25 s after a
 * failure; then one connection tries, and until it knows, the others go on without.  Each failed
 * try doubles the wait, up to 5 s.  Any thread may call any of these. */
#ifndef HICHAT_REDIS_BREAKER_H
#define HICHAT_REDIS_BREAKER_H

#include <stdbool.h>

struct redis_breaker;

struct redis_breaker *redis_breaker_new(void); /* never NULL */
void redis_breaker_free(struct redis_breaker **breaker);

/* *trying: this is the one that tries; it has to say how that went. */
bool redis_breaker_admits(struct redis_breaker *breaker, bool *trying);
/* True when Redis was thought well until now. */
bool redis_breaker_fail(struct redis_breaker *breaker, bool trying);
/* True when it was not. */
bool redis_breaker_succeed(struct redis_breaker *breaker);

#endif
