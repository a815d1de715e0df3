/* Handlers of conversations. */
#include "my_conversation.h"
#include "conversation.h"
#include "deliver.h"
#include "friendship.h"
#include "message_body.h"
#include "my_conversation_store.h"
#include "receipt.h"
#include "respond.h"
#include <string.h>

static const struct field conversation_draft_fields[] = {
    REQUIRED(struct conversation_draft, user_id, 1, INT64_MAX),
};
const struct record conversation_draft_record =
    RECORD(struct conversation_draft, conversation_draft_fields);

static const struct field conversation_change_fields[] = {
    FLAG(struct conversation_change, pinned, FIELD_OPTIONAL),
    FLAG(struct conversation_change, notify, FIELD_OPTIONAL),
    FLAG(struct conversation_change, hidden, FIELD_OPTIONAL),
    OPTIONAL(struct conversation_change, cleared_seq, 0, INT64_MAX),
    FLAG(struct conversation_change, marked_unread, FIELD_OPTIONAL),
    OPTIONAL(struct conversation_change, draft, 0, 0),
};
const struct record conversation_change_record =
    RECORD(struct conversation_change, conversation_change_fields);

static const struct field unsent_fields[] = {
    REQUIRED(struct unsent, text, 0, MESSAGE_TEXT_MAX),
    OPTIONAL(struct unsent, reply_to, 1, INT64_MAX),
};
static const struct record unsent_record = RECORD(struct unsent, unsent_fields);

struct opening {
	int64_t user_id;
	int64_t friend_id;
	int64_t conversation;
	bool created;
};

static const struct error *open_direct(struct db *db, void *context)
{
	struct opening *opening = context;
	bool friends;

	TRY(friendship_exists(db, opening->user_id, opening->friend_id, &friends));
	if (!friends)
		return FAIL(NOT_FRIENDS);
	return conversation_open_direct(
	    db, opening->user_id, opening->friend_id, &opening->conversation, &opening->created);
}

static const struct error *respond_head(struct request *req, int status, int64_t conversation)
{
	struct json_object *answer = json_new(req->arena);
	struct json_object *head;

	TRY(conversation_head(req, req->user_id, conversation, &head));
	json_set(answer, "conversation", head);
	return respond(req, status, answer);
}

const struct error *my_conversation_open(struct request *req)
{
	const struct conversation_draft *draft = req->input;
	struct opening opening = {.user_id = req->user_id, .friend_id = draft->user_id};
	int64_t both[] = {req->user_id, draft->user_id};
	bool shown = false;

	if (draft->user_id == req->user_id)
		return error_field(req->arena, FAIL(INVALID), "user_id");
	TRY(db_transaction(req->db, true, open_direct, &opening));
	if (!opening.created)
		TRY(my_conversation_unhide(req, opening.conversation, &shown));
	if (opening.created || shown)
		TRY(conversation_deliver(req, opening.conversation, both, opening.created ? 2 : 1));
	return respond_head(req, opening.created ? 201 : 200, opening.conversation);
}

const struct error *my_conversation_show(struct request *req)
{
	return respond_head(req, 200, path_id(req, "conversation"));
}

static const struct error *read_unsent(
    struct request *req, struct json_text draft, struct unsent *unsent)
{
	struct json_object *sent;

	TRY(json_read(req->arena, draft.text, strlen(draft.text), &sent));
	if (json_fill(req->arena, &unsent_record, sent, unsent) != NULL)
		return error_field(req->arena, FAIL(INVALID), "draft");
	return NULL;
}

const struct error *my_conversation_change(struct request *req)
{
	int64_t conversation = path_id(req, "conversation");
	const struct conversation_change *change = req->input;
	struct receipt receipt = {conversation, ABSENT, change->cleared_seq};
	struct json_object *answer = json_new(req->arena), *event = json_new(req->arena);
	struct json_object *head;
	struct unsent unsent;

	if (change->draft.text != NULL)
		TRY(read_unsent(req, change->draft, &unsent));
	/* Whoever clears the past wants no count of it either. */
	TRY(receipt_apply(req, &receipt, 1));
	if (change->draft.text != NULL)
		TRY(my_conversation_keep(req, conversation, &unsent));
	TRY(my_conversation_store(req, conversation, change));
	TRY(conversation_head(req, req->user_id, conversation, &head));
	json_set(answer, "conversation", head);
	json_set(event, "conversation", json_share(head));
	json_set_text(event, "event", EVENT_CONVERSATION);
	/* Nothing between the members has changed. */
	json_set_bool(event, "own", true);
	deliver_to(req, &req->user_id, 1, event);
	return respond(req, 200, answer);
}
