/* The standings: a table with one place for each hash of a conversation and a user. */
#include "standing_cache.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct place {
	int64_t conversation; /* 0: nothing is here */
	int64_t user;
	int64_t version;
	struct standing standing;
};

struct standing_cache {
	pthread_mutex_t lock;
	size_t most;
	struct place *places;
};

struct standing_cache *standing_cache_new(size_t most)
{
	struct standing_cache *cache = calloc(1, sizeof(*cache));

	assert(most > 0 && (most & (most - 1)) == 0);
	if (cache == NULL || pthread_mutex_init(&cache->lock, NULL) != 0)
		abort();
	cache->most = most;
	cache->places = calloc(most, sizeof(*cache->places));
	if (cache->places == NULL)
		abort();
	return cache;
}

void standing_cache_free(struct standing_cache **cache)
{
	pthread_mutex_destroy(&(*cache)->lock);
	free((*cache)->places);
	free(*cache);
	*cache = NULL;
}

/* The finalizer of SplitMix64 (Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators,
 * 2014). */
static struct place *place_of(struct standing_cache *cache, int64_t conversation, int64_t user)
{
	uint64_t hash = (uint64_t)conversation * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)user;

	hash = (hash ^ (hash >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ (hash >> 27)) * UINT64_C(0x94d049bb133111eb);
	return &cache->places[(hash ^ (hash >> 31)) & (cache->most - 1)];
}

bool standing_cache_find(struct standing_cache *cache, int64_t conversation, int64_t user,
    int64_t *version, struct standing *standing)
{
	const struct place *place = place_of(cache, conversation, user);
	bool found;

	pthread_mutex_lock(&cache->lock);
	found = place->conversation == conversation && place->user == user;
	if (found) {
		*version = place->version;
		*standing = place->standing;
	}
	pthread_mutex_unlock(&cache->lock);
	return found;
}

void standing_cache_keep(struct standing_cache *cache, int64_t conversation, int64_t user,
    int64_t version, const struct standing *standing)
{
	struct place *place = place_of(cache, conversation, user);

	pthread_mutex_lock(&cache->lock);
	*place = (struct place){conversation, user, version, *standing};
	pthread_mutex_unlock(&cache->lock);
}
