/* Recalls leave nothing of what was said: neither in the message nor anywhere else. */
#include "message_recall.h"
#include "deliver.h"
#include "group_right.h"
#include "message_body.h"
#include "message_change.h"
#include "message_change_store.h"
#include "message_edit_store.h"
#include "message_recall_store.h"
#include "message_store.h"
#include "pin_store.h"
#include "reaction_store.h"
#include "respond.h"
#include "send_media.h"
#include <string.h>

/* `for` is a word of the language, so the member has another name. */
static const struct field deletion_fields[] = {
    {.name = "for",
	.offset = offsetof(struct deletion, whom),
	.kind = FIELD_TEXT,
	.need = FIELD_OPTIONAL,
	.max = 8,
	.choices = "me"},
};
const struct record deletion_record = RECORD(struct deletion, deletion_fields);

/* Whether the caller may recall it whenever they like, as who keeps the group in order. */
static const struct error *is_keeper(
    struct db *db, const struct message_change *change, bool own, bool *keeper)
{
	const char *role = change->standing.role;
	bool of_owner = false;

	*keeper = message_change_in_group(change) && group_right(role, GROUP_RECALL_MEMBER) == NULL;
	if (!*keeper || own)
		return NULL;
	TRY(message_sender_owns(db, change->place.id, change->target.sender_id, &of_owner));
	*keeper = !of_owner || group_right(role, GROUP_RECALL_OWNER) == NULL;
	return NULL;
}

static const struct error *forget(struct db *db, struct message_change *change)
{
	struct message *target = &change->target;

	TRY(message_forget_mentions(db, target));
	TRY(send_media_forget(db, target));
	if (target->edited_at != ABSENT)
		TRY(message_edit_forget(
		    db, target, (struct json_text){json_write(message_change_body(change))}));
	if (strcmp(target->reactions.text, "[]") != 0)
		TRY(reaction_forget(db, target));
	if (target->pinned_at != ABSENT)
		TRY(pin_remove(db, target));
	target->body.text = NULL;
	target->mentions.text = "[]";
	target->reactions.text = "[]";
	target->pinned_at = ABSENT;
	target->recalled_at = change->row.created_at;
	return message_change_save(db, change);
}

static const struct error *apply_recall(struct db *db, struct message_change *change)
{
	const struct request *req = change->req;
	bool own = change->target.sender_id == req->user_id;
	bool keeper;

	TRY(is_keeper(db, change, own, &keeper));
	if (!own && !keeper)
		return FAIL(NOT_YOURS);
	if (change->target.recalled_at != ABSENT)
		return NULL;
	if (change->place.dissolved)
		return FAIL(DISSOLVED);
	if (!keeper && message_change_too_late(change, req->config->chat.recall_window))
		return FAIL(TOO_LATE);
	TRY(message_change_append(db, change, STREAM_RECALL, message_change_body(change)));
	return forget(db, change);
}

/* To the caller's own devices. */
static void tell_hidden(struct request *req, const struct message *target)
{
	struct json_object *event = json_new(req->arena);
	struct json_object *conversation = json_child(), *seqs = json_child_list();

	json_set_text(event, "event", EVENT_CONVERSATION);
	json_set(event, "conversation", conversation);
	json_set_int(conversation, "id", target->conversation_id);
	json_set(conversation, "hidden_seqs", seqs);
	json_append_int(seqs, target->seq);
	deliver_to(req, &req->user_id, 1, event);
}

static const struct error *delete_for_me(struct request *req)
{
	int64_t conversation = path_id(req, "conversation");
	struct message target;
	int64_t floor;
	bool changed;

	TRY(message_floor(req, conversation, &floor));
	TRY(message_target(req, conversation, path_id(req, "seq"), floor, &target));
	if (!message_body_written(target.kind) && strcmp(target.kind, STREAM_SYSTEM) != 0)
		return FAIL(NOT_FOUND);
	TRY(message_hide(req, &target, &changed));
	if (changed)
		tell_hidden(req, &target);
	return respond_empty(req);
}

const struct error *message_delete(struct request *req)
{
	const struct deletion *deletion = req->query;
	struct message_change change = {.req = req, .apply = apply_recall};

	if (deletion->whom != NULL)
		return delete_for_me(req);
	TRY(message_change_run(&change));
	return respond_empty(req);
}
