/* Rate limits: windows counted in Redis, else in this process. */
#include "limit.h"

#include "clock.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

/* While Redis is away each process counts for itself.  The table is bounded: a new window takes
 * the slot among its few candidates that ends first. */
#define SLOTS 4096
#define CANDIDATES 8

struct window {
	uint64_t key;
	int64_t ends; /* monotonic ms */
	int64_t count;
};

static pthread_mutex_t windows_lock = PTHREAD_MUTEX_INITIALIZER;
static struct window windows[SLOTS];

static struct window *window_find(uint64_t key)
{
	struct window *oldest = &windows[key % SLOTS];

	for (size_t i = 0; i < CANDIDATES; i++) {
		struct window *window = &windows[(key + i) % SLOTS];

		if (window->key == key)
			return window;
		if (window->ends < oldest->ends)
			oldest = window;
	}
	return oldest;
}

static void count_here(uint64_t key, int window_seconds, int64_t *count, int64_t *seconds_left)
{
	int64_t now = clock_monotonic_ms();
	struct window *window;

	pthread_mutex_lock(&windows_lock);
	window = window_find(key);
	if (window->key != key || window->ends <= now)
		*window = (struct window){key, now + window_seconds * INT64_C(1000), 0};
	*count = ++window->count;
	*seconds_left = (window->ends - now + 999) / 1000;
	pthread_mutex_unlock(&windows_lock);
}

/* The first digits of a SHA-256 are as good a hash as any. */
static uint64_t hash_number(const char *hex)
{
	uint64_t number = 0;

	for (size_t i = 0; i < 15; i++)
		number = number << 4 |
			 (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : (hex[i] | 32) - 'a' + 10);
	return number + 1; /* 0 is an empty slot */
}

static void take_back_here(uint64_t key)
{
	struct window *window;

	pthread_mutex_lock(&windows_lock);
	window = window_find(key);
	if (window->key == key && window->count > 0)
		window->count--;
	pthread_mutex_unlock(&windows_lock);
}

/* Hashed, because Redis is no place for names and addresses, and bounded in length. */
static const char *window_hash(struct request *req, const char *what, const char *subject)
{
	return token_hash(req->arena, arena_printf(req->arena, "%s\n%s", what, subject));
}

static const char *window_key(struct request *req, const char *what, const char *hash)
{
	return arena_printf(req->arena, "limit:%s:%.32s", what, hash);
}

const struct error *limit_count(
    struct request *req, const char *what, const char *subject, int64_t most, int window_seconds)
{
	const char *hash, *key;
	int64_t count, seconds_left;

	if (most <= 0)
		return NULL;
	hash = window_hash(req, what, subject);
	key = window_key(req, what, hash);
	if (!redis_count(req->redis, key, window_seconds, &count, &seconds_left))
		count_here(hash_number(hash), window_seconds, &count, &seconds_left);
	if (count <= most)
		return NULL;
	if (seconds_left < 1)
		seconds_left = 1;
	return error_retry(req->arena, FAIL(RATE_LIMITED), (int)seconds_left);
}

const char *limit_address(struct request *req)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;

	if (inet_pton(AF_INET6, req->address, &address) != 1 || IN6_IS_ADDR_V4MAPPED(&address))
		return req->address;
	memset(address.s6_addr + 8, 0, 8);
	inet_ntop(AF_INET6, &address, text, sizeof(text));
	return arena_printf(req->arena, "%s/64", text);
}

void limit_take_back(struct request *req, const char *what, const char *subject)
{
	const char *hash = window_hash(req, what, subject);

	if (!redis_uncount(req->redis, window_key(req, what, hash)))
		take_back_here(hash_number(hash));
}
