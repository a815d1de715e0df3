/* The circuit breaker of Redis, see redis_breaker.h. */
#include "redis_breaker.h"
#include "clock.h"
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#define BACKOFF_FIRST 250 /* ms */
#define BACKOFF_LAST 5000

struct redis_breaker {
	_Atomic int64_t retry_at; /* monotonic ms, 0: closed */
	_Atomic int64_t backoff;  /* ms, of the latest failure */
};

struct redis_breaker *redis_breaker_new(void)
{
	struct redis_breaker *breaker = calloc(1, sizeof *breaker);

	if (breaker == NULL)
		abort();
	return breaker;
}

void redis_breaker_free(struct redis_breaker **breaker)
{
	free(*breaker);
	*breaker = NULL;
}

bool redis_breaker_admits(struct redis_breaker *breaker, bool *trying)
{
	int64_t at = atomic_load(&breaker->retry_at), now;

	*trying = false;
	if (at == 0)
		return true;
	now = clock_monotonic_ms();
	if (now >= at)
		*trying =
		    atomic_compare_exchange_strong(&breaker->retry_at, &at, now + BACKOFF_LAST);
	return *trying;
}

bool redis_breaker_fail(struct redis_breaker *breaker, bool trying)
{
	int64_t backoff = BACKOFF_FIRST, closed = 0;

	if (trying) {
		backoff = atomic_load(&breaker->backoff) * 2;
		if (backoff > BACKOFF_LAST)
			backoff = BACKOFF_LAST;
		atomic_store(&breaker->retry_at, clock_monotonic_ms() + backoff);
	} else if (!atomic_compare_exchange_strong(
		       &breaker->retry_at, &closed, clock_monotonic_ms() + backoff)) {
		return false; /* another connection was quicker: one outage is one failure */
	}
	atomic_store(&breaker->backoff, backoff);
	return !trying;
}

bool redis_breaker_succeed(struct redis_breaker *breaker)
{
	return atomic_load(&breaker->retry_at) != 0 && atomic_exchange(&breaker->retry_at, 0) != 0;
}
