/* Media in bodies. */
#include "media_body.h"
#include "message_body.h"
#include <string.h>

#define IDS_FIRST 16

struct media_reference {
	int64_t media_id;
};

static const struct field media_reference_fields[] = {
    REQUIRED(struct media_reference, media_id, 1, INT64_C(1) << 53),
};
static const struct record media_reference_record =
    RECORD(struct media_reference, media_reference_fields);

struct sent_media {
	int64_t id;
	const char *type;
	const char *name;
	int64_t size;
	int64_t width;
	int64_t height;
	bool animated;
	int64_t duration_ms;
	const char *waveform;
	const char *placeholder;
};

static const struct field sent_media_fields[] = {
    HIDDEN(struct sent_media, id),
    HIDDEN(struct sent_media, type),
    HIDDEN(struct sent_media, name),
    HIDDEN(struct sent_media, size),
    HIDDEN(struct sent_media, width),
    HIDDEN(struct sent_media, height),
    HIDDEN(struct sent_media, animated),
    HIDDEN(struct sent_media, duration_ms),
    HIDDEN(struct sent_media, waveform),
    HIDDEN(struct sent_media, placeholder),
};
static const struct record sent_media_record = RECORD(struct sent_media, sent_media_fields);

/* The purposes of uploads are the kinds of messages that carry them. */
static const char SQL_SENT_MEDIA[] =
    "SELECT id, type, name, size, width, height, animated, duration_ms, waveform, placeholder"
    " FROM media WHERE id = ? AND owner_id = ? AND purpose = ?";

static void set_int(struct json_object *body, const char *key, int64_t value)
{
	if (value != ABSENT)
		json_set_int(body, key, value);
}

static void set_text(struct json_object *body, const char *key, const char *value)
{
	if (value != NULL)
		json_set_text(body, key, value);
}

static void describe(struct json_object *body, const char *kind, const struct sent_media *media)
{
	json_set_int(body, "media_id", media->id);
	json_set_text(body, "type", media->type);
	json_set_int(body, "size", media->size);
	set_int(body, "width", media->width);
	set_int(body, "height", media->height);
	if (strcmp(kind, "image") == 0)
		json_set_bool(body, "animated", media->animated);
	set_int(body, "duration_ms", media->duration_ms);
	set_text(body, "waveform", media->waveform);
	set_text(body, "placeholder", media->placeholder);
	set_text(body, "name", media->name);
}

static const struct error *refuse(struct request *req)
{
	return error_field(req->arena, FAIL(INVALID), "body");
}

const struct error *media_body_read(
    struct request *req, const char *kind, struct json_object *sent, struct json_object *canonical)
{
	struct media_reference reference;
	struct sent_media media;
	const struct error *error;

	if (json_fill(req->arena, &media_reference_record, sent, &reference) != NULL)
		return refuse(req);
	error = db_one(req->db, req->arena, &sent_media_record, &media, SQL_SENT_MEDIA,
	    PARAMS(P(reference.media_id), P(req->user_id), P(kind)));
	if (error != NULL)
		return error_is(error, FAIL(NOT_FOUND)) ? refuse(req) : error;
	describe(canonical, kind, &media);
	return NULL;
}

bool media_body_carries(const char *kind)
{
	static const char *const kinds[] = {
	    "image", "voice", "video", "file", MESSAGE_STICKER, MESSAGE_MERGED};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

struct collection {
	struct arena *arena;
	int64_t *ids;
	size_t count;
	size_t capacity;
};

static void collect_id(struct collection *collection, int64_t id)
{
	for (size_t i = 0; i < collection->count; i++)
		if (collection->ids[i] == id)
			return;
	if (collection->count == collection->capacity) {
		size_t capacity = collection->capacity == 0 ? IDS_FIRST : 2 * collection->capacity;
		int64_t *ids = arena_array(collection->arena, capacity, sizeof(*ids));

		if (collection->count > 0)
			memcpy(ids, collection->ids, collection->count * sizeof(*ids));
		collection->ids = ids;
		collection->capacity = capacity;
	}
	collection->ids[collection->count++] = id;
}

/* Bundles hold bundles, as deep as JSON is read at all. */
static void collect(struct collection *collection, struct json_object *body)
{
	struct json_object *items = json_get(body, "items");
	int64_t id = json_get_int(body, "media_id");

	if (id != ABSENT)
		collect_id(collection, id);
	for (size_t i = 0; i < json_count(items); i++)
		collect(collection, json_get(json_at(items, i), "body"));
}

struct id_list media_body_ids(struct arena *arena, const char *kind, struct json_text body)
{
	struct collection collection = {.arena = arena};
	struct json_object *root;

	if (media_body_carries(kind) &&
	    json_read(arena, body.text, strlen(body.text), &root) == NULL)
		collect(&collection, root);
	return (struct id_list){collection.ids, collection.count};
}
