/* Bodies: text and contact cards; of media see media_body.c, of stickers sticker_body.c. */
#include "message_body.h"
#include "shown_text.h"
#include "sticker_body.h"
#include "user.h"
#include <string.h>

struct text_body {
	const char *text;
};

static const struct field text_fields[] = {REQUIRED(struct text_body, text, 1, MESSAGE_TEXT_MAX)};
static const struct record text_record = RECORD(struct text_body, text_fields);

struct contact_body {
	int64_t user_id;
};

static const struct field contact_fields[] = {
    REQUIRED(struct contact_body, user_id, 1, INT64_C(1) << 53),
};
static const struct record contact_record = RECORD(struct contact_body, contact_fields);

static const struct error *refuse(struct request *req)
{
	return error_field(req->arena, FAIL(INVALID), "body");
}

static const struct error *read_text(
    struct request *req, const char *kind, struct json_object *sent, struct json_object *canonical)
{
	struct text_body body;

	(void)kind;
	if (json_fill(req->arena, &text_record, sent, &body) != NULL ||
	    !shown_text_visible(body.text))
		return refuse(req);
	json_set_text(canonical, "text", body.text);
	return NULL;
}

static const struct error *read_contact(
    struct request *req, const char *kind, struct json_object *sent, struct json_object *canonical)
{
	struct contact_body body;
	struct user_card card;
	const struct error *error;

	(void)kind;
	if (json_fill(req->arena, &contact_record, sent, &body) != NULL)
		return refuse(req);
	error = user_card(req, body.user_id, &card);
	if (error != NULL)
		return error_is(error, FAIL(NOT_FOUND)) ? refuse(req) : error;
	json_set_int(canonical, "user_id", card.id);
	return NULL;
}

static const struct body_kind {
	const char *kind;
	const struct error *(*read)(struct request *req, const char *kind, struct json_object *sent,
	    struct json_object *canonical);
} kinds[] = {
    {"text", read_text},
    {"contact", read_contact},
    {MESSAGE_STICKER, sticker_body_read},
    {"image", media_body_read},
    {"voice", media_body_read},
    {"video", media_body_read},
    {"file", media_body_read},
    {MESSAGE_MERGED, NULL},
};

static const struct body_kind *find(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].kind, kind) == 0)
			return &kinds[i];
	}
	return NULL;
}

const struct error *message_body_read(
    struct request *req, const char *kind, struct json_text sent, struct json_text *body)
{
	const struct body_kind *known = find(kind);
	struct json_object *canonical = json_new(req->arena);
	struct json_object *root;

	TRY(json_read(req->arena, sent.text, strlen(sent.text), &root));
	TRY(known->read(req, kind, root, canonical));
	body->text = json_write(canonical);
	return NULL;
}

bool message_body_written(const char *kind)
{
	return find(kind) != NULL;
}
