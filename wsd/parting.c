/* Recent partings by user, see parting.h.  All live equally long: a ring, oldest first. */
#include "parting.h"
#include "container.h"
#include "heap.h"
#include "table.h"
#include <stdlib.h>

struct parting {
	struct table_entry by_user;
	int64_t friend;
	int64_t until; /* 0: forgotten */
};

struct partings {
	struct table table;
	size_t first, count;
	struct parting ring[PARTINGS_MAX]; /* takes no memory where it was never used */
};

struct partings *partings_new(void)
{
	return heap_new(sizeof(struct partings));
}

void partings_free(struct partings **partings)
{
	if (*partings == NULL)
		return;
	table_free(&(*partings)->table);
	free(*partings);
	*partings = NULL;
}

static struct parting *find(const struct partings *partings, int64_t user, int64_t friend)
{
	struct table_entry *entry = table_find(&partings->table, user);

	for (; entry != NULL; entry = table_same(entry)) {
		struct parting *parting = CONTAINER(entry, struct parting, by_user);

		if (parting->friend == friend && parting->until != 0)
			return parting;
	}
	return NULL;
}

static void drop_oldest(struct partings *partings)
{
	table_remove(&partings->table, &partings->ring[partings->first].by_user);
	partings->first = (partings->first + 1) % PARTINGS_MAX;
	partings->count--;
}

static void drop_old(struct partings *partings, int64_t now)
{
	while (partings->count > 0 && partings->ring[partings->first].until <= now)
		drop_oldest(partings);
}

bool parting_learn(struct partings *partings, int64_t user, int64_t friend, int64_t now)
{
	struct parting *parting;

	drop_old(partings, now);
	parting_forget(partings, user, friend);
	if (partings->count == PARTINGS_MAX) {
		while (partings->count > 0)
			drop_oldest(partings);
		return false;
	}
	parting = &partings->ring[(partings->first + partings->count++) % PARTINGS_MAX];
	parting->friend = friend;
	parting->until = now + PARTING_MS;
	table_add(&partings->table, &parting->by_user, user);
	return true;
}

void parting_forget(struct partings *partings, int64_t user, int64_t friend)
{
	struct parting *parting = find(partings, user, friend);

	if (parting != NULL)
		parting->until = 0;
}

bool parting_is(const struct partings *partings, int64_t user, int64_t friend, int64_t now)
{
	const struct parting *parting = find(partings, user, friend);

	return parting != NULL && parting->until > now;
}
