/* Edits.  Everybody sees the new text at once; what it was before, only who wrote it and who keeps
 * the group in order. */
#include "message_edit.h"
#include "group_right.h"
#include "message.h"
#include "message_body.h"
#include "message_change.h"
#include "message_change_store.h"
#include "message_edit_store.h"
#include "message_store.h"
#include "respond.h"
#include "send_group.h"
#include "send_right.h"
#include "sending.h"
#include <string.h>

static const struct field message_edit_draft_fields[] = {
    REQUIRED(struct message_edit_draft, body, 0, 0),
    OPTIONAL(struct message_edit_draft, mentions, 0, MENTIONS_MAX),
    FLAG(struct message_edit_draft, mention_all, FIELD_OPTIONAL),
};
const struct record message_edit_draft_record =
    RECORD(struct message_edit_draft, message_edit_draft_fields);

/* What is wanted: a text, and whom it names unless that stays as it is. */
struct edit {
	const char *text;
	const char *mentions;	 /* as they are stored; NULL: those of the target */
	struct send_draft draft; /* to be checked as a send would be */
};

static const struct error *read_edit(struct request *req, struct edit *edit)
{
	const struct message_edit_draft *input = req->input;
	struct json_text body = {NULL};
	struct json_object *root;

	TRY(message_body_read(req, "text", input->body, &body));
	TRY(json_read(req->arena, body.text, strlen(body.text), &root));
	edit->text = json_get_text(root, "text");
	edit->draft = sending_draft(req, path_id(req, "conversation"), "", "text", body);
	edit->draft.mentions = input->mentions;
	edit->draft.mention_all = input->mention_all == 1;
	edit->mentions =
	    input->mentions.ids != NULL || input->mention_all != ABSENT
		? message_mentions(req->arena, input->mentions, input->mention_all == 1)
		: NULL;
	return NULL;
}

/* Whoever is named anew finds it among their mentions, but is not notified a second time. */
static const struct error *name_others(
    struct db *db, const struct message_change *change, const struct edit *edit)
{
	struct arena *arena = change->req->arena;
	struct send_draft draft = edit->draft, *const drafts[] = {&draft};
	struct send_call call;

	TRY(message_forget_mentions(db, &change->target));
	if (!message_change_in_group(change))
		return NULL;
	draft.stored = change->target;
	TRY(send_group_calls(db, arena, drafts, 1, &call));
	return call.count > 0 ? send_batch_mention(db, arena, call.mentions, call.count) : NULL;
}

static const struct error *check_mentions(
    const struct message_change *change, const struct edit *edit)
{
	struct send_means means = sending_means(change->req);
	const struct member_list *list = NULL;

	if (edit->mentions == NULL)
		return NULL;
	if (message_change_in_group(change))
		TRY(send_group_members(&means, &change->place, &list));
	return send_right_to_mention(&edit->draft, &change->standing, list);
}

static const struct error *allow_edit(const struct message_change *change, const struct edit *edit)
{
	TRY(message_change_allow_writing(change));
	if (message_change_too_late(change, change->req->config->chat.edit_window))
		return FAIL(TOO_LATE);
	return check_mentions(change, edit);
}

/* What else the body says, of where it was forwarded from, stays true. */
static const struct error *replace_text(struct db *db, struct message_change *change,
    const struct edit *edit, struct json_object *content)
{
	struct json_object *body = message_change_body(change);
	const char *old = arena_text(change->req->arena, json_get_text(content, "text"));

	json_set_text(body, "text", edit->text);
	if (edit->mentions != NULL)
		json_set_raw(body, "mentions", (struct json_text){edit->mentions});
	TRY(message_change_append(db, change, STREAM_EDIT, body));
	TRY(message_edit_add(db, &change->target, &change->row, old));
	json_set_text(content, "text", edit->text);
	change->target.body.text = json_write(content);
	change->target.edited_at = change->row.created_at;
	if (edit->mentions != NULL) {
		TRY(name_others(db, change, edit));
		change->target.mentions.text = edit->mentions;
	}
	return message_change_save(db, change);
}

static const struct error *apply_edit(struct db *db, struct message_change *change)
{
	const struct edit *edit = change->context;
	const struct message *target = &change->target;
	struct json_object *content;

	if (strcmp(target->kind, "text") != 0)
		return FAIL(NOT_FOUND);
	if (target->sender_id != change->req->user_id)
		return FAIL(NOT_YOURS);
	if (target->recalled_at != ABSENT)
		return FAIL(RECALLED);
	TRY(json_read(change->req->arena, target->body.text, strlen(target->body.text), &content));
	if (strcmp(json_get_text(content, "text"), edit->text) == 0 &&
	    (edit->mentions == NULL || strcmp(edit->mentions, target->mentions.text) == 0))
		return NULL;
	TRY(allow_edit(change, edit));
	return replace_text(db, change, edit, content);
}

const struct error *message_edit(struct request *req)
{
	struct edit edit;
	struct message_change change = {.req = req, .apply = apply_edit, .context = &edit};

	TRY(read_edit(req, &edit));
	TRY(message_change_run(&change));
	return message_change_respond(&change);
}

const struct error *message_edit_list(struct request *req)
{
	int64_t conversation = path_id(req, "conversation");
	struct json_object *answer = json_new(req->arena);
	struct message_reader reader;
	struct message target;
	struct rows page;
	bool more;

	TRY(message_reader(req, conversation, &reader));
	TRY(message_target(req, conversation, path_id(req, "seq"), reader.floor, &target));
	if (target.hidden || !message_body_written(target.kind))
		return FAIL(NOT_FOUND);
	if (target.sender_id != req->user_id)
		TRY(group_right(reader.role, GROUP_READ_EDITS));
	TRY(message_edit_page(req, &target, req->query, &page, &more));
	json_set(answer, "edits", json_list(&page));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}
