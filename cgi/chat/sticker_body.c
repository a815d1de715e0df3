/* Stickers in bodies. */
#include "sticker_body.h"
#include "clock.h"
#include "sticker_rule.h"
#include <string.h>

struct sticker_reference {
	int64_t sticker_id;
};

static const struct field sticker_reference_fields[] = {
    REQUIRED(struct sticker_reference, sticker_id, 1, INT64_C(1) << 53),
};
static const struct record sticker_reference_record =
    RECORD(struct sticker_reference, sticker_reference_fields);

struct sent_sticker {
	int64_t sticker_id;
	int64_t media_id;
	const char *type;
	int64_t size;
	int64_t width;
	int64_t height;
	bool animated;
	const char *emoji;
};

static const struct field sent_sticker_fields[] = {
    HIDDEN(struct sent_sticker, sticker_id),
    HIDDEN(struct sent_sticker, media_id),
    HIDDEN(struct sent_sticker, type),
    HIDDEN(struct sent_sticker, size),
    HIDDEN(struct sent_sticker, width),
    HIDDEN(struct sent_sticker, height),
    HIDDEN(struct sent_sticker, animated),
    HIDDEN(struct sent_sticker, emoji),
};
static const struct record sent_sticker_record = RECORD(struct sent_sticker, sent_sticker_fields);

static const char SQL_SENT_STICKER[] =
    "SELECT sticker.id AS sticker_id, sticker.media_id, media.type, media.size, media.width,"
    " media.height, media.animated, sticker.emoji FROM sticker"
    " STRAIGHT_JOIN media ON media.id = sticker.media_id"
    " WHERE sticker.id = ? AND " STICKER_AT_HAND;
/* One that was removed meanwhile is not noted; its row stays until the commit. */
static const char SQL_NOTE[] =
    "INSERT INTO sticker_recent (user_id, sticker_id, used_at)"
    " SELECT ?, sticker.id, ? FROM sticker WHERE sticker.id = ? LOCK IN SHARE MODE"
    " ON DUPLICATE KEY UPDATE used_at = VALUES(used_at)";

static const struct error *refuse(struct request *req)
{
	return error_field(req->arena, FAIL(INVALID), "body");
}

static void describe(struct json_object *body, const struct sent_sticker *sticker)
{
	json_set_int(body, "sticker_id", sticker->sticker_id);
	json_set_int(body, "media_id", sticker->media_id);
	json_set_text(body, "type", sticker->type);
	json_set_int(body, "size", sticker->size);
	json_set_int(body, "width", sticker->width);
	json_set_int(body, "height", sticker->height);
	json_set_bool(body, "animated", sticker->animated);
	if (*sticker->emoji != '\0')
		json_set_text(body, "emoji", sticker->emoji);
}

const struct error *sticker_body_read(
    struct request *req, const char *kind, struct json_object *sent, struct json_object *canonical)
{
	struct sticker_reference reference;
	struct sent_sticker sticker;
	const struct error *error;

	(void)kind;
	if (json_fill(req->arena, &sticker_reference_record, sent, &reference) != NULL)
		return refuse(req);
	error = db_one(req->db, req->arena, &sent_sticker_record, &sticker, SQL_SENT_STICKER,
	    PARAMS(P(reference.sticker_id), P(req->user_id), P(req->user_id)));
	if (error != NULL)
		return error_is(error, FAIL(NOT_FOUND)) ? refuse(req) : error;
	describe(canonical, &sticker);
	return NULL;
}

const struct error *sticker_body_note(struct request *req, struct json_text body)
{
	struct json_object *root;

	TRY(json_read(req->arena, body.text, strlen(body.text), &root));
	return db_exec(req->db, SQL_NOTE,
	    PARAMS(P(req->user_id), P(clock_wall_ms()), P(json_get_int(root, "sticker_id"))));
}
