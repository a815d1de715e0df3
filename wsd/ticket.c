/* Reads live tickets, see ticket.h. */
#include "ticket.h"
#include "arena.h"
#include "json.h"
#include "parting.h"

static bool is_id(int64_t id)
{
	return id > 0; /* ABSENT is not */
}

static bool read_watch(struct arena *arena, struct json_object *list, struct ticket *ticket)
{
	size_t count = json_count(list);
	int64_t *ids = arena_array(arena, count + 1, sizeof *ids);

	for (size_t i = 0; i < count; i++) {
		ids[i] = json_int_at(list, i);
		if (!is_id(ids[i]))
			return false;
	}
	ticket->watch = ids;
	ticket->watch_count = count;
	return true;
}

static bool read_directs(struct arena *arena, struct json_object *list, struct ticket *ticket)
{
	size_t count = json_count(list);
	struct direct *directs = arena_array(arena, count + 1, sizeof *directs);

	for (size_t i = 0; i < count; i++) {
		struct json_object *pair = json_at(list, i);

		directs[i] = (struct direct){json_int_at(pair, 0), json_int_at(pair, 1)};
		if (!is_id(directs[i].conversation) || !is_id(directs[i].peer))
			return false;
	}
	ticket->directs = directs;
	ticket->direct_count = count;
	return true;
}

bool ticket_read(struct arena *arena, const char *text, size_t length, struct ticket *ticket)
{
	struct json_object *root;

	if (json_read(arena, text, length, &root) != NULL)
		return false;
	ticket->user = json_get_int(root, "user");
	ticket->login = json_get_int(root, "session");
	return is_id(ticket->user) && is_id(ticket->login) &&
	       read_watch(arena, json_get(root, "watch"), ticket) &&
	       read_directs(arena, json_get(root, "conversations"), ticket);
}

void ticket_part(struct ticket *ticket, const struct partings *partings, int64_t now)
{
	size_t kept = 0;

	for (size_t i = 0; i < ticket->watch_count; i++)
		if (!parting_is(partings, ticket->user, ticket->watch[i], now))
			ticket->watch[kept++] = ticket->watch[i];
	ticket->watch_count = kept;
	kept = 0;
	for (size_t i = 0; i < ticket->direct_count; i++)
		if (!parting_is(partings, ticket->user, ticket->directs[i].peer, now))
			ticket->directs[kept++] = ticket->directs[i];
	ticket->direct_count = kept;
}
