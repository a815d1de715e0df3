/* The members of groups: a hash table of lists, and their order of use. */
#include "member_cache.h"
#include "arena.h"
#include "event.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 1024 /* a power of two */
#define OVERHEAD 64  /* what a list costs besides its ids, in ids */

struct entry {
	struct member_list list; /* first: what the caller holds */
	struct member_cache *cache;
	int64_t conversation;
	int64_t version;
	size_t holders;		       /* the table itself is one */
	struct entry *next;	       /* in its bucket */
	struct entry *older, *younger; /* in the order of use */
};

struct member_cache {
	pthread_mutex_t lock;
	size_t most;
	size_t used;
	struct entry *buckets[BUCKETS];
	struct entry *oldest, *youngest;
};

struct member_cache *member_cache_new(size_t most)
{
	struct member_cache *cache = calloc(1, sizeof(*cache));

	if (cache == NULL || pthread_mutex_init(&cache->lock, NULL) != 0)
		abort();
	cache->most = most;
	return cache;
}

static struct entry **bucket_of(struct member_cache *cache, int64_t conversation)
{
	return &cache->buckets[(uint64_t)conversation % BUCKETS];
}

static void let_go(struct entry *entry)
{
	if (--entry->holders > 0)
		return;
	free((char *)entry->list.recipients);
	free((int64_t *)entry->list.members.ids);
	free(entry);
}

static void unlink_use(struct member_cache *cache, struct entry *entry)
{
	*(entry->older != NULL ? &entry->older->younger : &cache->oldest) = entry->younger;
	*(entry->younger != NULL ? &entry->younger->older : &cache->youngest) = entry->older;
}

static void link_use(struct member_cache *cache, struct entry *entry)
{
	entry->older = cache->youngest;
	entry->younger = NULL;
	*(cache->youngest != NULL ? &cache->youngest->younger : &cache->oldest) = entry;
	cache->youngest = entry;
}

static void forget(struct member_cache *cache, struct entry *entry)
{
	struct entry **place = bucket_of(cache, entry->conversation);

	while (*place != entry)
		place = &(*place)->next;
	*place = entry->next;
	unlink_use(cache, entry);
	cache->used -= entry->list.members.count + OVERHEAD;
	let_go(entry);
}

static struct entry *look_up(struct member_cache *cache, int64_t conversation)
{
	struct entry *entry = *bucket_of(cache, conversation);

	while (entry != NULL && entry->conversation != conversation)
		entry = entry->next;
	return entry;
}

void member_cache_free(struct member_cache **cache)
{
	while ((*cache)->oldest != NULL) {
		assert((*cache)->oldest->holders == 1);
		forget(*cache, (*cache)->oldest);
	}
	pthread_mutex_destroy(&(*cache)->lock);
	free(*cache);
	*cache = NULL;
}

const struct member_list *member_cache_find(
    struct member_cache *cache, int64_t conversation, int64_t version)
{
	struct entry *entry;

	pthread_mutex_lock(&cache->lock);
	entry = look_up(cache, conversation);
	if (entry != NULL && entry->version != version)
		entry = NULL;
	if (entry != NULL) {
		entry->holders++;
		unlink_use(cache, entry);
		link_use(cache, entry);
	}
	pthread_mutex_unlock(&cache->lock);
	return entry != NULL ? &entry->list : NULL;
}

static struct entry *entry_new(
    struct member_cache *cache, int64_t conversation, int64_t version, struct id_list members)
{
	struct entry *entry = calloc(1, sizeof(*entry));
	int64_t *ids = calloc(members.count + 1, sizeof(*ids));
	struct arena *arena = arena_new();
	char *recipients = strdup(event_list(arena, members.ids, members.count));

	arena_free(&arena);
	if (entry == NULL || ids == NULL || recipients == NULL)
		abort();
	if (members.count > 0)
		memcpy(ids, members.ids, members.count * sizeof(*ids));
	*entry = (struct entry){
	    .list = {{ids, members.count}, recipients},
	    .cache = cache,
	    .conversation = conversation,
	    .version = version,
	    .holders = 2,
	};
	return entry;
}

const struct member_list *member_cache_keep(
    struct member_cache *cache, int64_t conversation, int64_t version, struct id_list members)
{
	struct entry *entry = entry_new(cache, conversation, version, members);
	struct entry *other;

	pthread_mutex_lock(&cache->lock);
	other = look_up(cache, conversation);
	if (other != NULL)
		forget(cache, other);
	entry->next = *bucket_of(cache, conversation);
	*bucket_of(cache, conversation) = entry;
	link_use(cache, entry);
	cache->used += members.count + OVERHEAD;
	while (cache->used > cache->most)
		forget(cache, cache->oldest);
	pthread_mutex_unlock(&cache->lock);
	return &entry->list;
}

void member_cache_release(const struct member_list *list)
{
	struct entry *entry = (struct entry *)list;
	struct member_cache *cache = entry->cache;

	pthread_mutex_lock(&cache->lock);
	let_go(entry);
	pthread_mutex_unlock(&cache->lock);
}
