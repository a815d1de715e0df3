/* Reads live tickets, see ticket.h. */
#include "ticket.h"
#include "arena.h"
#include "json.h"
#include "parting.h"

static bool is_id(int64_t id)
{
	return id > 0; /* ABSENT is not */
}

static bool read_ids(struct json_object *list, int64_t *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		ids[i] = json_int_at(list, i);
		if (!is_id(ids[i]))
			return false;
	}
	return true;
}

static bool read_watch(struct arena *arena, struct json_object *list, struct ticket *ticket)
{
	size_t count = json_count(list);
	int64_t *ids = arena_array(arena, count + 1, sizeof *ids);

	ticket->watch = ids;
	ticket->watch_count = count;
	return read_ids(list, ids, count);
}

/* [id, peer], or [id, member …]; who is alone in a group has nobody to tell. */
static bool read_conversation(struct arena *arena, struct json_object *list, struct ticket *ticket)
{
	size_t count = json_count(list);
	int64_t *ids = arena_array(arena, count + 1, sizeof *ids);

	if (count < 2 || !read_ids(list, ids, count))
		return false;
	if (count > 2)
		ticket->circles[ticket->circle_count++] =
		    (struct circle){ids[0], ids + 1, count - 1};
	else if (ids[1] != ticket->user)
		ticket->directs[ticket->direct_count++] = (struct direct){ids[0], ids[1]};
	return true;
}

static bool read_conversations(struct arena *arena, struct json_object *list, struct ticket *ticket)
{
	size_t count = json_count(list);

	ticket->directs = arena_array(arena, count + 1, sizeof *ticket->directs);
	ticket->circles = arena_array(arena, count + 1, sizeof *ticket->circles);
	ticket->direct_count = ticket->circle_count = 0;
	for (size_t i = 0; i < count; i++)
		if (!read_conversation(arena, json_at(list, i), ticket))
			return false;
	return true;
}

bool ticket_read(struct arena *arena, const char *text, size_t length, struct ticket *ticket)
{
	struct json_object *root;

	if (json_read(arena, text, length, &root) != NULL)
		return false;
	ticket->user = json_get_int(root, "user");
	ticket->login = json_get_int(root, "session");
	ticket->typing = json_get_int(root, "typing") != 0;
	return is_id(ticket->user) && is_id(ticket->login) &&
	       read_watch(arena, json_get(root, "watch"), ticket) &&
	       read_conversations(arena, json_get(root, "conversations"), ticket);
}

void ticket_part(struct ticket *ticket, const struct partings *partings, int64_t now)
{
	bool hidden = parting_is(partings, ticket->user, PARTED_PRESENCE, now);
	size_t kept = 0;

	if (parting_is(partings, ticket->user, PARTED_TYPING, now))
		ticket->typing = false;
	for (size_t i = 0; i < ticket->watch_count; i++)
		if (!hidden && !parting_is(partings, ticket->user, ticket->watch[i], now) &&
		    !parting_is(partings, ticket->watch[i], PARTED_PRESENCE, now))
			ticket->watch[kept++] = ticket->watch[i];
	ticket->watch_count = kept;
	kept = 0;
	for (size_t i = 0; i < ticket->direct_count; i++)
		if (!parting_is(partings, ticket->user, ticket->directs[i].peer, now))
			ticket->directs[kept++] = ticket->directs[i];
	ticket->direct_count = kept;
}
