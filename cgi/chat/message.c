/* Handlers of messages.  What is decided under lock is in send_batch.c. */
#include "message.h"
#include "client_key.h"
#include "message_body.h"
#include "message_store.h"
#include "respond.h"
#include "sending.h"
#include "sticker_body.h"
#include <string.h>

#define KINDS_TEXT_MAX 64

static const struct field message_draft_fields[] = {
    REQUIRED(struct message_draft, client_key, 1, CLIENT_KEY_MAX),
    CHOICE(struct message_draft, kind, FIELD_REQUIRED, MESSAGE_KINDS),
    REQUIRED(struct message_draft, body, 0, 0),
    OPTIONAL(struct message_draft, reply_to, 1, INT64_MAX),
    OPTIONAL(struct message_draft, mentions, 0, MENTIONS_MAX),
    FLAG(struct message_draft, mention_all, FIELD_OPTIONAL),
};
const struct record message_draft_record = RECORD(struct message_draft, message_draft_fields);

static const struct field message_query_fields[] = {
    OPTIONAL(struct message_query, before, 0, INT64_MAX),
    OPTIONAL(struct message_query, after, 0, INT64_MAX),
    OPTIONAL(struct message_query, limit, 1, PAGE_LIMIT_MAX),
    OPTIONAL(struct message_query, kinds, 1, KINDS_TEXT_MAX),
};
const struct record message_query_record = RECORD(struct message_query, message_query_fields);

const char *message_mentions(struct arena *arena, struct id_list mentions, bool mention_all)
{
	size_t count = mentions.count;
	int64_t *ids = arena_array(arena, count + 1, sizeof(*ids));

	for (size_t i = 0; i < count; i++)
		ids[i] = mentions.ids[i];
	if (mention_all)
		ids[count++] = 0;
	return json_ids(arena, ids, count);
}

static const struct error *read_draft(struct request *req, struct send_draft *draft)
{
	const struct message_draft *input = req->input;
	struct json_text body = {NULL};

	TRY(client_key_check(req, input->client_key));
	TRY(message_body_read(req, input->kind, input->body, &body));
	*draft =
	    sending_draft(req, path_id(req, "conversation"), input->client_key, input->kind, body);
	draft->wanted.reply_to = input->reply_to;
	draft->mentions = input->mentions;
	draft->mention_all = input->mention_all == 1;
	draft->wanted.mentions.text =
	    message_mentions(req->arena, draft->mentions, draft->mention_all);
	return NULL;
}

const struct error *message_send(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct send_draft draft;

	TRY(read_draft(req, &draft));
	TRY(sending_pass(req, &draft));
	/* It is sent, whatever keeps it from being found again first. */
	if (strcmp(draft.stored.kind, MESSAGE_STICKER) == 0)
		(void)sticker_body_note(req, draft.stored.body);
	json_set(answer, "message", json_record(&message_record, &draft.stored));
	return respond(req, draft.repeated ? 200 : 201, answer);
}

/* "image,video": each at most once, at its place in `kinds`. */
static const struct error *read_kinds(
    struct request *req, const char *text, const char *kinds[CARRIED_KINDS])
{
	static const char *const known[CARRIED_KINDS] = {"image", "video", "voice", "file"};

	for (size_t i = 0; i < CARRIED_KINDS; i++)
		kinds[i] = "";
	for (;;) {
		size_t length = strcspn(text, ","), i = 0;

		while (i < CARRIED_KINDS &&
		       (strlen(known[i]) != length || memcmp(known[i], text, length) != 0))
			i++;
		if (i == CARRIED_KINDS || kinds[i][0] != '\0')
			return error_field(req->arena, FAIL(INVALID), "kinds");
		kinds[i] = known[i];
		if (text[length] == '\0')
			return NULL;
		text += length + 1;
	}
}

const struct error *message_list(struct request *req)
{
	int64_t conversation = path_id(req, "conversation");
	const struct message_query *query = req->query;
	struct page_query place = {query->before, query->after, query->limit};
	struct json_object *answer = json_new(req->arena);
	const char *kinds[CARRIED_KINDS];
	struct rows page;
	bool more;

	if (query->kinds == NULL) {
		TRY(message_page(req, conversation, &place, &page, &more));
	} else {
		TRY(read_kinds(req, query->kinds, kinds));
		TRY(message_page_of_kinds(req, conversation, kinds, &place, &page, &more));
	}
	json_set(answer, "messages", json_list(&page));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}
