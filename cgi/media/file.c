/* Handlers of media. */
#include "file.h"

#include "body.h"
#include "file_name.h"
#include "intake.h"
#include "limit.h"
#include "media_content.h"
#include "multipart.h"
#include "respond.h"
#include "signed_url.h"
#include "upload.h"
#include "url.h"
#include <inttypes.h>
#include <string.h>

#define LIMIT_SECONDS 3600
#define PREVIEW_SIDE 2048
#define CLAIM_MAX 128

static const struct field file_query_fields[] = {
    CHOICE(struct file_query, purpose, FIELD_REQUIRED, PURPOSES),
    OPTIONAL(struct file_query, waveform, 1, 128),
    OPTIONAL(struct file_query, placeholder, 6, 78),
};
const struct record file_query_record = RECORD(struct file_query, file_query_fields);

struct json_object *file_json(struct request *req, const struct media_item *item)
{
	struct json_object *json = json_record(&media_item_record, item);
	int64_t expires = signed_url_expiry(req->config);

	signed_urls_set(req, json, item, expires);
	json_set_int(json, "urls_expire_at", expires * 1000);
	return json;
}

const struct error *file_answer(struct request *req, int status, const struct media_item *item)
{
	struct json_object *answer = json_new(req->arena);

	json_set(answer, "media", file_json(req, item));
	return respond(req, status, answer);
}

/* X-File-Name is percent-encoded, since headers hold nothing but ASCII. */
static const char *header_name(struct request *req)
{
	const char *sent = request_header(req, "X-File-Name");
	const char *name = sent != NULL ? url_decode(req->arena, sent, strlen(sent), false) : NULL;

	return name != NULL ? file_name_clean(req->arena, name) : NULL;
}

static const char *claimed(const char *type)
{
	return type != NULL && *type != '\0' && strlen(type) <= CLAIM_MAX ? type : NULL;
}

static const struct error *receive_form(
    struct request *req, const char *boundary, struct intake *intake, struct staged *staged)
{
	struct multipart_file file;
	int64_t length;
	char *body;

	TRY(body_length(req, req->config->media.piece_size + FILE_FORM_ROOM, &length));
	body = arena_alloc(req->arena, (size_t)length + 1);
	TRY(body_read(req, body, (size_t)length));
	if (!multipart_find(req->arena, body, (size_t)length, boundary, &file))
		return FAIL(BAD_REQUEST);
	intake->name = file_name_clean(req->arena, file.name);
	intake->claim = claimed(file.type);
	TRY(intake_room(req, intake->purpose, (int64_t)file.length, 0));
	TRY(staging_new(req, staged));
	return staging_append(staged, file.bytes, file.length);
}

static const struct error *receive_bytes(
    struct request *req, const struct intake *intake, struct staged *staged)
{
	int64_t length;

	TRY(body_length(req, req->config->media.piece_size, &length));
	TRY(intake_room(req, intake->purpose, length, 0));
	TRY(staging_new(req, staged));
	return staging_receive(req, staged, length);
}

const struct error *file_count_upload(struct request *req)
{
	return limit_count(req, "uploads", arena_printf(req->arena, "%" PRId64, req->user_id),
	    req->config->limits.uploads, LIMIT_SECONDS);
}

const struct error *file_create(struct request *req)
{
	const struct file_query *query = req->query;
	const char *type = request_header(req, "Content-Type");
	const char *boundary = multipart_boundary(req->arena, type);
	struct intake intake = {.purpose = purpose_named(query->purpose),
	    .claim = claimed(type),
	    .name = header_name(req),
	    .waveform = query->waveform,
	    .placeholder = query->placeholder};
	struct media_item item;
	struct staged staged;

	TRY(intake_check_waveform(req, intake.waveform));
	TRY(intake_check_placeholder(req, intake.placeholder));
	TRY(file_count_upload(req));
	if (upload_wanted(req))
		return upload_create(req, &intake);
	if (boundary != NULL)
		TRY(receive_form(req, boundary, &intake, &staged));
	else
		TRY(receive_bytes(req, &intake, &staged));
	if (staged.size == 0)
		return FAIL(BAD_MEDIA);
	TRY(intake_accept(req, &intake, &staged, &item));
	return file_answer(req, 201, &item);
}

const struct error *file_show(struct request *req)
{
	struct media_item item;

	TRY(media_item_visible(req, path_id(req, "media"), &item));
	return file_answer(req, 200, &item);
}

struct deleting {
	struct request *req;
	int64_t id;
};

static const struct error *remove_item(struct db *db, void *context)
{
	const struct deleting *deleting = context;
	struct media_item item;
	bool used;

	TRY(media_item_lock(db, deleting->req->arena, deleting->id, &item));
	TRY(media_item_in_use(db, deleting->id, &used));
	if (used)
		return FAIL(CONFLICT);
	TRY(media_content_drop(db, item.original));
	TRY(media_content_drop(db, item.thumbnail));
	TRY(media_content_drop(db, item.preview));
	return media_item_delete(db, item.id);
}

const struct error *file_delete(struct request *req)
{
	struct media_item item;

	TRY(media_item_own(req, path_id(req, "media"), &item));
	TRY(db_transaction(req->db, false, remove_item, &(struct deleting){req, item.id}));
	return respond_empty(req);
}

static const struct error *set_variant(struct request *req, const char *variant)
{
	struct media_item item;
	struct staged staged;
	int64_t length;

	TRY(media_item_own(req, path_id(req, "media"), &item));
	TRY(file_count_upload(req));
	TRY(body_length(req, req->config->media.piece_size, &length));
	TRY(staging_new(req, &staged));
	TRY(staging_receive(req, &staged, length));
	TRY(intake_accept_variant(req, variant, PREVIEW_SIDE, &staged, &item));
	return file_answer(req, 200, &item);
}

const struct error *file_set_thumbnail(struct request *req)
{
	return set_variant(req, "thumbnail");
}

const struct error *file_set_preview(struct request *req)
{
	return set_variant(req, "preview");
}
