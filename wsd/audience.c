/* Members by conversation, least recently spoken first, see audience.h. */
#include "audience.h"
#include "container.h"
#include "heap.h"
#include "table.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct audience {
	struct table_entry by_conversation;
	struct audience *newer, *older;
	int64_t learned_at;
	size_t count; /* 0: too many */
	int64_t ids[];
};

struct audiences {
	struct table table;
	struct audience *newest, *oldest;
	int64_t forgotten; /* learned_at, the latest of those that had to go */
};

struct audiences *audiences_new(void)
{
	return heap_new(sizeof(struct audiences));
}

static void forget(struct audiences *audiences, struct audience *audience)
{
	*(audience->newer == NULL ? &audiences->newest : &audience->newer->older) = audience->older;
	*(audience->older == NULL ? &audiences->oldest : &audience->older->newer) = audience->newer;
	table_remove(&audiences->table, &audience->by_conversation);
	free(audience);
}

void audiences_free(struct audiences **at)
{
	struct audiences *audiences = *at;

	if (audiences == NULL)
		return;
	while (audiences->oldest != NULL)
		forget(audiences, audiences->oldest);
	table_free(&audiences->table);
	free(audiences);
	*at = NULL;
}

static struct audience *find(const struct audiences *audiences, int64_t conversation)
{
	struct table_entry *entry = table_find(&audiences->table, conversation);

	return entry == NULL ? NULL : CONTAINER(entry, struct audience, by_conversation);
}

static void make_room(struct audiences *audiences)
{
	if (audiences->oldest->learned_at > audiences->forgotten)
		audiences->forgotten = audiences->oldest->learned_at;
	forget(audiences, audiences->oldest);
}

void audience_learn(struct audiences *audiences, int64_t conversation, const int64_t *ids,
    size_t count, int64_t now)
{
	struct audience *audience = find(audiences, conversation);

	/* That it has grown has to be known too: tickets may still say otherwise. */
	if (count > AUDIENCE_MAX)
		count = 0;
	if (audience != NULL && audience == audiences->newest && audience->count == count &&
	    memcmp(audience->ids, ids, count * sizeof *ids) == 0) {
		audience->learned_at = now;
		return;
	}
	if (audience != NULL)
		forget(audiences, audience);
	if (audiences->table.count == AUDIENCES_MAX)
		make_room(audiences);
	audience = heap_new(sizeof *audience + count * sizeof *ids);
	audience->learned_at = now;
	audience->count = count;
	memcpy(audience->ids, ids, count * sizeof *ids);
	table_add(&audiences->table, &audience->by_conversation, conversation);
	audience->older = audiences->newest;
	*(audiences->newest == NULL ? &audiences->oldest : &audiences->newest->newer) = audience;
	audiences->newest = audience;
}

void audience_suggest(struct audiences *audiences, int64_t conversation, const int64_t *ids,
    size_t count, int64_t then)
{
	const struct audience *audience = find(audiences, conversation);
	int64_t known = audience != NULL ? audience->learned_at : audiences->forgotten;

	if (known == 0 || known < then - AUDIENCE_HEARSAY_MS)
		audience_learn(audiences, conversation, ids, count, then);
}

const int64_t *audience_of(
    const struct audiences *audiences, int64_t conversation, int64_t since, size_t *count)
{
	const struct audience *audience = find(audiences, conversation);
	bool known = audience != NULL && audience->learned_at >= since && audience->count > 0;

	*count = known ? audience->count : 0;
	return known ? audience->ids : NULL;
}

static int is_pair(const struct audience *audience, int64_t one, int64_t other)
{
	return audience->count == 2 && ((audience->ids[0] == one && audience->ids[1] == other) ||
					   (audience->ids[0] == other && audience->ids[1] == one));
}

void audience_forget_pair(struct audiences *audiences, int64_t one, int64_t other)
{
	for (struct audience *audience = audiences->newest, *older; audience != NULL;
	     audience = older) {
		older = audience->older;
		if (is_pair(audience, one, other))
			forget(audiences, audience);
	}
}
