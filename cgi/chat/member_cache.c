/* The members of groups: a table with one place for each remainder of a conversation's id.  When
 * all is full, a hand goes round and takes what was not asked for since it last came by (CLOCK,
 * F. J. Corbato, A Paging Experiment with the Multics System, 1968). */
#include "member_cache.h"
#include "arena.h"
#include "event.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 4096
#define OVERHEAD 64 /* what a list costs besides its ids, in ids */

struct entry {
	struct member_list list; /* first: what the caller holds */
	struct member_cache *cache;
	int64_t conversation;
	int64_t version;
	size_t holders; /* the table itself is one */
	bool asked;
};

struct member_cache {
	pthread_mutex_t lock;
	size_t most;
	size_t used;
	size_t hand;
	struct entry *places[PLACES];
};

/* What malloc() gave, or the end: as everywhere, there is no going on without memory. */
static void *given(void *memory)
{
	if (memory == NULL)
		abort();
	return memory;
}

static int64_t *copy_ids(struct id_list members)
{
	int64_t *ids = given(calloc(members.count + 1, sizeof(*ids)));

	if (members.count > 0)
		memcpy(ids, members.ids, members.count * sizeof(*ids));
	return ids;
}

static char *write_recipients(struct id_list members)
{
	struct arena *arena = arena_new();
	char *recipients = given(strdup(event_list(arena, members.ids, members.count)));

	arena_free(&arena);
	return recipients;
}

struct member_cache *member_cache_new(size_t most)
{
	struct member_cache *cache = given(calloc(1, sizeof(*cache)));

	if (pthread_mutex_init(&cache->lock, NULL) != 0)
		abort();
	cache->most = most;
	return cache;
}

static struct entry **place_of(struct member_cache *cache, int64_t conversation)
{
	return &cache->places[(uint64_t)conversation % PLACES];
}

static void let_go(struct entry *entry)
{
	if (--entry->holders > 0)
		return;
	free((char *)entry->list.recipients);
	free((int64_t *)entry->list.members.ids);
	free(entry);
}

static void clear(struct member_cache *cache, struct entry **place)
{
	struct entry *entry = *place;

	*place = NULL;
	if (entry == NULL)
		return;
	cache->used -= entry->list.members.count + OVERHEAD;
	let_go(entry);
}

void member_cache_free(struct member_cache **cache)
{
	for (size_t i = 0; i < PLACES; i++)
		clear(*cache, &(*cache)->places[i]);
	assert((*cache)->used == 0);
	pthread_mutex_destroy(&(*cache)->lock);
	free(*cache);
	*cache = NULL;
}

const struct member_list *member_cache_find(
    struct member_cache *cache, int64_t conversation, int64_t version)
{
	struct entry *entry;

	pthread_mutex_lock(&cache->lock);
	entry = *place_of(cache, conversation);
	if (entry != NULL && (entry->conversation != conversation || entry->version != version))
		entry = NULL;
	if (entry != NULL) {
		entry->holders++;
		entry->asked = true;
	}
	pthread_mutex_unlock(&cache->lock);
	return entry != NULL ? &entry->list : NULL;
}

static void make_room(struct member_cache *cache)
{
	while (cache->used > cache->most) {
		struct entry **place = &cache->places[cache->hand];

		if (*place != NULL && (*place)->asked)
			(*place)->asked = false;
		else
			clear(cache, place);
		cache->hand = (cache->hand + 1) % PLACES;
	}
}

static struct entry *entry_new(
    struct member_cache *cache, int64_t conversation, int64_t version, struct id_list members)
{
	struct entry *entry = given(calloc(1, sizeof(*entry)));

	entry->list.members.ids = copy_ids(members);
	entry->list.members.count = members.count;
	entry->list.recipients = write_recipients(members);
	entry->cache = cache;
	entry->conversation = conversation;
	entry->version = version;
	entry->holders = 2;
	entry->asked = true; /* or it would be the first to go */
	return entry;
}

const struct member_list *member_cache_keep(
    struct member_cache *cache, int64_t conversation, int64_t version, struct id_list members)
{
	struct entry *entry = entry_new(cache, conversation, version, members);
	struct entry **place = place_of(cache, conversation);

	pthread_mutex_lock(&cache->lock);
	clear(cache, place);
	*place = entry;
	cache->used += members.count + OVERHEAD;
	make_room(cache);
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
