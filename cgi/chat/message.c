/* Handlers of messages.  What is decided under lock is in send_batch.c. */
#include "message.h"
#include "limit.h"
#include "message_store.h"
#include "notification.h"
#include "respond.h"
#include "send_batch.h"
#include "sending.h"
#include <inttypes.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#define TEXT_MAX 8000
#define MENTIONS_MAX 100
#define LIMIT_SECONDS 60

static const struct field message_draft_fields[] = {
    REQUIRED(struct message_draft, client_key, 1, 64),
    CHOICE(struct message_draft, kind, FIELD_REQUIRED, "text"),
    REQUIRED(struct message_draft, body, 0, 0),
    OPTIONAL(struct message_draft, reply_to, 1, INT64_MAX),
    OPTIONAL(struct message_draft, mentions, 0, MENTIONS_MAX),
    FLAG(struct message_draft, mention_all, FIELD_OPTIONAL),
};
const struct record message_draft_record = RECORD(struct message_draft, message_draft_fields);

struct text_body {
	const char *text;
};

static const struct field text_body_fields[] = {REQUIRED(struct text_body, text, 1, TEXT_MAX)};
static const struct record text_body_record = RECORD(struct text_body, text_body_fields);

static bool key_acceptable(const char *key)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_-.:";

	return key[strspn(key, letters)] == '\0';
}

/* Something that a reader would see: more than space, joiners and marks of direction. */
static bool visible(const char *text)
{
	const uint8_t *next = (const uint8_t *)text;
	ucs4_t letter;

	while ((next = u8_next(&letter, next)) != NULL) {
		if (!uc_is_property_white_space(letter) &&
		    !uc_is_property_default_ignorable_code_point(letter))
			return true;
	}
	return false;
}

/* The body as it will be stored: what its kind describes, and nothing else that was sent.  Two
 * bodies that say the same become the same text. */
static const struct error *read_body(
    struct request *req, const struct message_draft *input, struct json_text *body)
{
	struct json_object *sent;
	struct json_object *canonical;
	struct text_body content;

	TRY(json_read(req->arena, input->body.text, strlen(input->body.text), &sent));
	if (json_fill(req->arena, &text_body_record, sent, &content) != NULL ||
	    !visible(content.text))
		return error_field(req->arena, FAIL(INVALID), "body");
	canonical = json_new(req->arena);
	json_set_text(canonical, "text", content.text);
	body->text = json_write(canonical);
	return NULL;
}

/* As they are stored: 0 is everybody. */
static const char *read_mentions(struct request *req, const struct message_draft *input)
{
	size_t count = input->mentions.count;
	int64_t *ids = arena_array(req->arena, count + 1, sizeof(*ids));

	for (size_t i = 0; i < count; i++)
		ids[i] = input->mentions.ids[i];
	if (input->mention_all == 1)
		ids[count++] = 0;
	return json_ids(req->arena, ids, count);
}

static const struct error *read_draft(struct request *req, struct send_draft *draft)
{
	const struct message_draft *input = req->input;
	struct json_text body = {NULL};

	if (!key_acceptable(input->client_key))
		return error_field(req->arena, FAIL(INVALID), "client_key");
	TRY(read_body(req, input, &body));
	*draft = (struct send_draft){
	    .wanted =
		{
		    .conversation_id = path_id(req, "conversation"),
		    .seq = ABSENT,
		    .ordinal = ABSENT,
		    .sender_id = req->user_id,
		    .client_key = input->client_key,
		    .kind = input->kind,
		    .body = body,
		    .reply_to = input->reply_to,
		    .mentions = {read_mentions(req, input)},
		    .created_at = ABSENT,
		    .edited_at = ABSENT,
		    .recalled_at = ABSENT,
		},
	    .mentions = input->mentions,
	    .mention_all = input->mention_all == 1,
	    .arena = req->arena,
	};
	return NULL;
}

/* Whoever only asks again what became of a send is no flood. */
static const struct error *limit_sends(struct request *req, const struct message *wanted)
{
	const struct error *limited =
	    limit_count(req, "sends", arena_printf(req->arena, "%" PRId64, req->user_id),
		req->config->limits.sends, LIMIT_SECONDS);
	bool stored;

	if (!error_is(limited, FAIL(RATE_LIMITED)))
		return limited;
	TRY(message_stored(req, wanted->conversation_id, wanted->client_key, &stored));
	return stored ? NULL : limited;
}

const struct error *message_send(struct request *req)
{
	const struct sending *sending = req->state;
	struct send_means means = {
	    req->arena, req->db, req->redis, sending->members, sending->standings};
	const struct send_work work = {send_batch_commit, send_batch_announce, &means};
	struct json_object *answer = json_new(req->arena);
	struct send_draft draft = {.error = NULL};

	TRY(read_draft(req, &draft));
	TRY(limit_sends(req, &draft.wanted));
	send_queue_pass(sending->queue, &work, &draft);
	TRY(draft.error);
	/* It is sent, whatever keeps those mentioned from hearing of it at once. */
	(void)notification_deliver_many(req, draft.notified);
	json_set(answer, "message", json_record(&message_record, &draft.stored));
	return respond(req, draft.repeated ? 200 : 201, answer);
}

const struct error *message_list(struct request *req)
{
	int64_t conversation = path_id(req, "conversation");
	const struct page_query *query = req->query;
	struct json_object *answer = json_new(req->arena);
	struct rows page;
	int64_t floor;
	bool more;

	TRY(message_floor(req, conversation, &floor));
	TRY(message_page(req, conversation, floor, query, &page, &more));
	json_set(answer, "messages", json_list(&page));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}
