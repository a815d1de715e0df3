/* The map of watchers, see watch.h. */
#include "watch.h"
#include "container.h"
#include "event.h"
#include "fanout.h"
#include "heap.h"
#include "payload.h"
#include "presence.h"
#include "roster.h"
#include "table.h"
#include <stdlib.h>

struct watches {
	struct table watched; /* by id */
};

struct watched {
	struct table_entry by_id;
	struct user **watchers;
	size_t count, size;
	enum { UNTOLD, TOLD_OFFLINE, TOLD_ONLINE } told;
};

struct watches *watches_new(void)
{
	return heap_new(sizeof(struct watches));
}

void watches_free(struct watches **watches)
{
	if (*watches == NULL)
		return;
	table_free(&(*watches)->watched);
	free(*watches);
	*watches = NULL;
}

static struct watched *watched_find(struct watches *watches, int64_t id)
{
	struct table_entry *entry = table_find(&watches->watched, id);

	return entry == NULL ? NULL : CONTAINER(entry, struct watched, by_id);
}

static void watched_add(struct watches *watches, int64_t id, struct user *user)
{
	struct watched *watched = watched_find(watches, id);

	if (watched == NULL) {
		watched = heap_new(sizeof *watched);
		table_add(&watches->watched, &watched->by_id, id);
	}
	if (watched->count == watched->size) {
		watched->size = watched->size == 0 ? 2 : watched->size * 2;
		watched->watchers =
		    heap_resize(watched->watchers, watched->size, sizeof *watched->watchers);
	}
	watched->watchers[watched->count++] = user;
	user->watched[user->watched_count++] = watched;
}

static void watched_remove(struct watches *watches, struct watched *watched, struct user *user)
{
	size_t i = 0;

	while (watched->watchers[i] != user)
		i++;
	watched->watchers[i] = watched->watchers[--watched->count];
	if (watched->count > 0)
		return;
	table_remove(&watches->watched, &watched->by_id);
	free(watched->watchers);
	free(watched);
}

static bool watches_already(const struct user *user, int64_t id)
{
	for (size_t i = 0; i < user->watched_count; i++)
		if (user->watched[i]->by_id.key == id)
			return true;
	return false;
}

void watch_clear(struct watches *watches, struct user *user)
{
	while (user->watched_count > 0)
		watched_remove(watches, user->watched[--user->watched_count], user);
	free(user->watched);
	user->watched = NULL;
}

void watch_set(struct watches *watches, struct user *user, const int64_t *ids, size_t count)
{
	watch_clear(watches, user);
	user->watched = heap_resize(NULL, count + 1, sizeof(struct watched *));
	for (size_t i = 0; i < count; i++)
		watched_add(watches, ids[i], user);
}

void watch_add(struct watches *watches, struct user *user, int64_t id)
{
	if (watches_already(user, id))
		return;
	user->watched =
	    heap_resize(user->watched, user->watched_count + 1, sizeof(struct watched *));
	watched_add(watches, id, user);
}

void watch_remove(struct watches *watches, struct user *user, int64_t id)
{
	for (size_t i = 0; i < user->watched_count; i++)
		if (user->watched[i]->by_id.key == id) {
			watched_remove(watches, user->watched[i], user);
			user->watched[i] = user->watched[--user->watched_count];
			return;
		}
}

void watch_hide(struct watches *watches, int64_t id)
{
	struct watched *watched;

	while ((watched = watched_find(watches, id)) != NULL)
		watch_remove(watches, watched->watchers[0], id);
}

void watch_tell(struct watches *watches, const struct event *presence)
{
	struct watched *watched = watched_find(watches, presence->ids[0]);
	struct payload *payload;

	if (watched == NULL || watched->told == (presence->on ? TOLD_ONLINE : TOLD_OFFLINE))
		return;
	watched->told = presence->on ? TOLD_ONLINE : TOLD_OFFLINE;
	payload = presence_payload(presence);
	for (size_t i = 0; i < watched->count; i++)
		fanout_user(watched->watchers[i], payload);
	payload_release(&payload);
}

void watch_forget(struct watches *watches)
{
	struct table_entry *entry = NULL;

	while ((entry = table_next(&watches->watched, entry)) != NULL)
		CONTAINER(entry, struct watched, by_id)->told = UNTOLD;
}
