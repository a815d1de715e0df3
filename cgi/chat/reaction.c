/* Reactions.  Who reacts is rows; what everybody is shown of them stands in the message, so that
 * reading it costs nothing more, however many they are. */
#include "reaction.h"
#include "emoji.h"
#include "message_change.h"
#include "reaction_store.h"
#include "respond.h"
#include <string.h>

#define REACTIONS_MAX 20 /* different ones to a message */

static struct json_object *find(struct json_object *list, const char *emoji)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *reaction = json_at(list, i);

		if (strcmp(json_get_text(reaction, "emoji"), emoji) == 0)
			return reaction;
	}
	return NULL;
}

static struct json_object *append_new(struct json_object *list, const char *emoji)
{
	struct json_object *reaction = json_child();

	json_append(list, reaction);
	json_set_text(reaction, "emoji", emoji);
	json_set_int(reaction, "count", 0);
	return reaction;
}

/* All but one. */
static struct json_object *without(
    struct arena *arena, struct json_object *list, const struct json_object *one)
{
	struct json_object *others = json_array(arena);

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *reaction = json_at(list, i);

		if (reaction != one)
			json_append(others, json_share(reaction));
	}
	return others;
}

/* After the rows have changed by `more`: the message says so too. */
static const struct error *count(struct db *db, struct message_change *change,
    struct json_object *list, struct json_object *reaction, int more)
{
	struct arena *arena = change->req->arena;
	int64_t people = json_get_int(reaction, "count") + more;
	struct json_object *named = json_child_list();
	struct id_list earliest;

	json_set_int(reaction, "count", people);
	json_set(reaction, "user_ids", named);
	TRY(reaction_earliest(
	    db, arena, &change->target, json_get_text(reaction, "emoji"), &earliest));
	for (size_t i = 0; i < earliest.count; i++)
		json_append_int(named, earliest.ids[i]);
	if (people == 0)
		list = without(arena, list, reaction);
	change->target.reactions.text = json_write(list);
	return message_change_save(db, change);
}

static struct json_object *row_body(const struct message_change *change, bool on)
{
	struct json_object *body = message_change_body(change);

	json_set_text(body, "emoji", change->context);
	json_set_bool(body, "on", on);
	return body;
}

static const struct error *read_list(const struct message_change *change, struct json_object **list)
{
	const char *text = change->target.reactions.text;

	return json_read(change->req->arena, text, strlen(text), list);
}

static const struct error *apply_put(struct db *db, struct message_change *change)
{
	const char *emoji = change->context;
	struct json_object *list, *reaction;
	bool exists;

	if (change->target.recalled_at != ABSENT)
		return FAIL(RECALLED);
	TRY(reaction_exists(change->req, &change->target, emoji, &exists));
	if (exists)
		return NULL;
	TRY(message_change_allow_writing(change));
	TRY(read_list(change, &list));
	reaction = find(list, emoji);
	if (reaction == NULL && json_count(list) >= REACTIONS_MAX)
		return FAIL(TOO_MANY_REACTIONS);
	TRY(message_change_append(db, change, STREAM_REACTION, row_body(change, true)));
	TRY(reaction_add(db, &change->target, emoji, &change->row));
	return count(db, change, list, reaction != NULL ? reaction : append_new(list, emoji), 1);
}

static const struct error *apply_delete(struct db *db, struct message_change *change)
{
	const char *emoji = change->context;
	struct json_object *list;
	bool exists;

	TRY(reaction_exists(change->req, &change->target, emoji, &exists));
	if (!exists)
		return NULL;
	TRY(message_change_allow_writing(change));
	TRY(read_list(change, &list));
	TRY(message_change_append(db, change, STREAM_REACTION, row_body(change, false)));
	TRY(reaction_remove(change->req, &change->target, emoji));
	return count(db, change, list, find(list, emoji), -1);
}

static const struct error *read_emoji(struct request *req, const char **emoji)
{
	*emoji = path_text(req, "emoji");
	return emoji_valid(*emoji) ? NULL : error_field(req->arena, FAIL(INVALID), "emoji");
}

const struct error *reaction_put(struct request *req)
{
	struct message_change change = {.req = req, .apply = apply_put};
	const char *emoji;

	TRY(read_emoji(req, &emoji));
	change.context = emoji;
	TRY(message_change_run(&change));
	return message_change_respond(&change);
}

const struct error *reaction_delete(struct request *req)
{
	struct message_change change = {.req = req, .apply = apply_delete};
	const char *emoji;

	TRY(read_emoji(req, &emoji));
	change.context = emoji;
	TRY(message_change_run(&change));
	return respond_empty(req);
}
