/* Pins, and whose business they are: of two people both's, of a group its keepers'. */
#include "pin.h"
#include "group_right.h"
#include "message_change.h"
#include "message_store.h"
#include "pin_store.h"
#include "respond.h"

#define PINS_MAX 50 /* in a conversation */

static const struct error *allow(const struct message_change *change)
{
	if (!message_change_in_group(change))
		return message_change_allow_writing(change);
	TRY(group_right(change->standing.role, GROUP_PIN));
	return change->place.dissolved ? FAIL(DISSOLVED) : NULL;
}

static const struct error *append(struct db *db, struct message_change *change, bool on)
{
	struct json_object *body = message_change_body(change);

	json_set_bool(body, "on", on);
	return message_change_append(db, change, STREAM_PIN, body);
}

static const struct error *apply_put(struct db *db, struct message_change *change)
{
	struct message *target = &change->target;
	int64_t count;

	TRY(allow(change));
	if (target->recalled_at != ABSENT)
		return FAIL(RECALLED);
	if (target->pinned_at != ABSENT)
		return NULL;
	TRY(pin_count(db, change->place.id, &count));
	if (count >= PINS_MAX)
		return FAIL(TOO_MANY_PINS);
	TRY(append(db, change, true));
	TRY(pin_add(db, target, &change->row));
	target->pinned_at = change->row.created_at;
	return message_change_save(db, change);
}

static const struct error *apply_delete(struct db *db, struct message_change *change)
{
	struct message *target = &change->target;

	TRY(allow(change));
	if (target->pinned_at == ABSENT)
		return NULL;
	TRY(append(db, change, false));
	TRY(pin_remove(db, target));
	target->pinned_at = ABSENT;
	return message_change_save(db, change);
}

const struct error *pin_put(struct request *req)
{
	struct message_change change = {.req = req, .apply = apply_put};

	TRY(message_change_run(&change));
	return message_change_respond(&change);
}

const struct error *pin_delete(struct request *req)
{
	struct message_change change = {.req = req, .apply = apply_delete};

	TRY(message_change_run(&change));
	return respond_empty(req);
}

const struct error *pin_list(struct request *req)
{
	int64_t conversation = path_id(req, "conversation");
	struct json_object *answer = json_new(req->arena);
	struct rows messages;
	int64_t floor;

	TRY(message_floor(req, conversation, &floor));
	TRY(pin_messages(req, conversation, floor, &messages));
	json_set(answer, "messages", json_list(&messages));
	return respond(req, 200, answer);
}
