/* The handler of forwards.  Every copy is a send of its own, through the queue, under a key derived
 * from the request's: trying again completes what was cut. */
#include "forward.h"
#include "client_key.h"
#include "message_body.h"
#include "message_store.h"
#include "respond.h"
#include "sending.h"
#include "user.h"
#include <string.h>

#define KEY_MAX 56 /* the rest is for ".<number>" */
#define TITLE_MAX 100
#define TARGETS_MAX 10
#define MESSAGES_MAX 100
#define COPIES_MAX 100
#define BUNDLE_BYTES 65536
#define BUNDLE_DEPTH 3

static const struct field forward_draft_fields[] = {
    REQUIRED(struct forward_draft, client_key, 1, KEY_MAX),
    REQUIRED(struct forward_draft, from_conversation, 1, INT64_C(1) << 53),
    REQUIRED(struct forward_draft, seqs, 1, MESSAGES_MAX),
    REQUIRED(struct forward_draft, to_conversations, 1, TARGETS_MAX),
    FLAG(struct forward_draft, merged, FIELD_OPTIONAL),
    OPTIONAL(struct forward_draft, title, 1, TITLE_MAX),
};
const struct record forward_draft_record = RECORD(struct forward_draft, forward_draft_fields);

/* What is sent to each target: bodies that stay the same for all of them. */
struct forward_item {
	const char *kind;
	struct json_text body;
};

struct forward {
	struct forward_item *items;
	size_t count;
	struct json_object *messages; /* of the answer */
	struct json_object *refused;
	const struct error *why; /* the first refusal */
};

static const struct error *read_sources(
    struct request *req, const struct forward_draft *input, struct rows *messages)
{
	int64_t floor;

	TRY(message_floor(req, input->from_conversation, &floor));
	TRY(message_some(req, input->from_conversation, floor, input->seqs, messages));
	for (size_t i = 0; i < messages->count; i++) {
		if (!message_body_written(ROW(struct message, messages, i)->kind))
			return error_field(req->arena, FAIL(INVALID), "seqs");
	}
	return NULL;
}

static const struct error *read_body(
    struct request *req, const struct message *message, struct json_object **body)
{
	return json_read(req->arena, message->body.text, strlen(message->body.text), body);
}

/* How many bundles are inside each other here. */
static int depth_of(struct json_object *body, int most)
{
	struct json_object *items = json_get(body, "items");
	int deepest = 0;

	if (items == NULL)
		return 0;
	for (size_t i = 0; i < json_count(items) && most > 0; i++) {
		int depth = depth_of(json_get(json_at(items, i), "body"), most - 1);

		if (depth > deepest)
			deepest = depth;
	}
	return deepest + 1;
}

static const struct error *make_singles(
    struct request *req, const struct rows *messages, struct forward *forward)
{
	forward->items = arena_array(req->arena, messages->count, sizeof(*forward->items));
	forward->count = messages->count;
	for (size_t i = 0; i < messages->count; i++) {
		const struct message *message = ROW(struct message, messages, i);
		struct json_object *body;

		TRY(read_body(req, message, &body));
		json_set_bool(body, "forwarded", true);
		forward->items[i] = (struct forward_item){message->kind, {json_write(body)}};
	}
	return NULL;
}

static const struct error *append_item(struct request *req, const struct message *message,
    const struct rows *cards, struct json_object *items)
{
	const struct user_card *card = user_cards_find(cards, message->sender_id);
	struct json_object *item = json_child(), *body;

	json_append(items, item);
	TRY(read_body(req, message, &body));
	if (depth_of(body, BUNDLE_DEPTH) >= BUNDLE_DEPTH)
		return error_field(req->arena, FAIL(INVALID), "seqs");
	json_set_text(item, "name", card != NULL ? card->nickname : "");
	json_set_text(item, "kind", message->kind);
	json_set(item, "body", json_share(body));
	json_set_int(item, "created_at", message->created_at);
	return NULL;
}

/* Names, not ids: whoever reads it may know none of those people. */
static const struct error *make_bundle(struct request *req, const struct forward_draft *input,
    const struct rows *messages, struct forward *forward)
{
	struct json_object *body = json_new(req->arena), *items = json_child_list();
	int64_t *senders = arena_array(req->arena, messages->count, sizeof(*senders));
	struct rows cards;

	json_set_text(body, "title", input->title != NULL ? input->title : "");
	json_set(body, "items", items);
	for (size_t i = 0; i < messages->count; i++)
		senders[i] = ROW(struct message, messages, i)->sender_id;
	TRY(user_cards(req, senders, messages->count, &cards));
	for (size_t i = 0; i < messages->count; i++)
		TRY(append_item(req, ROW(struct message, messages, i), &cards, items));
	forward->items = arena_alloc(req->arena, sizeof(*forward->items));
	forward->items[0] = (struct forward_item){MESSAGE_MERGED, {json_write(body)}};
	forward->count = 1;
	return strlen(forward->items[0].body.text) > BUNDLE_BYTES ? FAIL(TOO_LARGE) : NULL;
}

static void note_refusal(struct forward *forward, int64_t conversation, const struct error *error)
{
	struct json_object *refusal = json_child();

	json_append(forward->refused, refusal);
	json_set_int(refusal, "conversation_id", conversation);
	json_set_text(refusal, "code", error->code);
	if (forward->why == NULL)
		forward->why = error;
}

/* A target that takes none of it keeps nobody from the others; what may pass is the whole
 * request's failure, to be tried again. */
static const struct error *send_to(
    struct request *req, struct forward *forward, int64_t conversation, size_t first)
{
	const struct forward_draft *input = req->input;

	for (size_t i = 0; i < forward->count; i++) {
		struct send_draft draft = sending_draft(req, conversation,
		    arena_printf(req->arena, "%s.%zu", input->client_key, first + i),
		    forward->items[i].kind, forward->items[i].body);
		const struct error *error = sending_pass(req, &draft);

		if (error != NULL && (error->status >= 500 || error->status == 429))
			return error;
		if (error != NULL) {
			note_refusal(forward, conversation, error);
			return NULL;
		}
		json_append(forward->messages, json_record(&message_record, &draft.stored));
	}
	return NULL;
}

/* Each copy has a place of its own, which would not keep a target that is named twice from getting
 * it twice. */
static bool named_twice(struct id_list list)
{
	for (size_t i = 1; i < list.count; i++) {
		for (size_t before = 0; before < i; before++) {
			if (list.ids[before] == list.ids[i])
				return true;
		}
	}
	return false;
}

static const struct error *prepare(struct request *req, struct forward *forward)
{
	const struct forward_draft *input = req->input;
	struct rows messages;

	TRY(client_key_check(req, input->client_key));
	if (named_twice(input->to_conversations))
		return error_field(req->arena, FAIL(INVALID), "to_conversations");
	TRY(read_sources(req, input, &messages));
	if (input->merged == 1)
		return make_bundle(req, input, &messages, forward);
	if (messages.count * input->to_conversations.count > COPIES_MAX)
		return error_field(req->arena, FAIL(INVALID), "seqs");
	return make_singles(req, &messages, forward);
}

const struct error *forward_create(struct request *req)
{
	const struct forward_draft *input = req->input;
	struct json_object *answer = json_new(req->arena);
	struct forward forward = {
	    .messages = json_child_list(), .refused = json_child_list(), .why = NULL};

	json_set(answer, "messages", forward.messages);
	json_set(answer, "refused", forward.refused);
	TRY(prepare(req, &forward));
	for (size_t i = 0; i < input->to_conversations.count; i++)
		TRY(send_to(req, &forward, input->to_conversations.ids[i], i * forward.count));
	if (json_count(forward.messages) == 0)
		return forward.why;
	return respond(req, 201, answer);
}
