/* Handlers of uploads in pieces. */
#include "upload.h"

#include "body.h"
#include "clock.h"
#include "file.h"
#include "media_store.h"
#include "respond.h"
#include "structured_field.h"
#include <inttypes.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNFINISHED_MAX 20 /* of one person */

static const char OFFSET[] = "Upload-Offset";
static const char LENGTH[] = "Upload-Length";
static const char COMPLETE[] = "Upload-Complete";

static const struct error *read_flag(const struct request *req, const char *name, bool *flag)
{
	if (structured_flag(request_header(req, name), flag))
		return NULL;
	return error_field(req->arena, FAIL(INVALID), name);
}

static const struct error *read_count(const struct request *req, const char *name, int64_t *count)
{
	if (structured_count(request_header(req, name), count))
		return NULL;
	return error_field(req->arena, FAIL(INVALID), name);
}

bool upload_wanted(const struct request *req)
{
	bool last;

	return structured_flag(request_header(req, COMPLETE), &last) && !last;
}

static const char *staged_name(struct request *req, int64_t id)
{
	return arena_printf(req->arena, "upload-%" PRId64, id);
}

static int64_t expiry(const struct request *req, const struct upload *upload)
{
	return upload->created_at + req->config->media.keep_unused * 1000;
}

static int64_t offset_of(struct request *req, const struct upload *upload)
{
	int file = media_stage(req->config, req->arena, staged_name(req, upload->id), false);
	struct stat state = {.st_size = 0};

	if (upload->media_id != ABSENT)
		state.st_size = upload->size;
	else if (file >= 0 && fstat(file, &state) != 0)
		state.st_size = 0;
	if (file >= 0)
		close(file);
	return state.st_size;
}

static void tell_state(struct request *req, const struct upload *upload, int64_t offset)
{
	int64_t left = (expiry(req, upload) - clock_wall_ms()) / 1000;

	respond_header(req, OFFSET, arena_printf(req->arena, "%" PRId64, offset));
	respond_header(req, COMPLETE, upload->media_id != ABSENT ? "?1" : "?0");
	respond_header(req, LENGTH, arena_printf(req->arena, "%" PRId64, upload->size));
	respond_header(req, "Upload-Limit",
	    arena_printf(req->arena, "max-append-size=%" PRId64 ", max-age=%" PRId64,
		req->config->media.piece_size, left > 0 ? left : 0));
}

static struct json_object *as_json(struct request *req, const struct upload *upload, int64_t offset)
{
	struct json_object *json = json_record(&upload_record, upload);

	json_set_int(json, "offset", offset);
	json_set_bool(json, "complete", upload->media_id != ABSENT);
	json_set(json, "media", NULL);
	json_set_int(json, "expires_at", expiry(req, upload));
	return json;
}

/* The answer of what is complete, also when the last piece is sent once more. */
static const struct error *answer_media(
    struct request *req, const struct upload *upload, int status, const struct media_item *item)
{
	TRY(file_answer(req, status, item));
	tell_state(req, upload, upload->size);
	return NULL;
}

static const struct error *answer_repeated(struct request *req, const struct upload *upload)
{
	struct media_item item;

	TRY(media_item_own(req, upload->media_id, &item));
	return answer_media(req, upload, 200, &item);
}

/* What can only fail again is given up, so that nobody sends it again and again. */
static const struct error *give_up(
    struct request *req, const struct upload *upload, const struct error *why)
{
	if (why->status >= 500 && !error_is(why, FAIL(QUOTA)))
		return why;
	TRY(upload_remove(req, upload->id));
	media_unstage(req->config, req->arena, staged_name(req, upload->id));
	return why;
}

static const struct error *complete(
    struct request *req, struct upload *upload, const struct staged *staged)
{
	const struct intake intake = {.purpose = purpose_named(upload->purpose),
	    .claim = upload->claim,
	    .name = upload->name,
	    .waveform = upload->waveform,
	    .placeholder = upload->placeholder,
	    .upload = upload->id};
	struct media_item item;
	const struct error *error = intake_accept(req, &intake, staged, &item);

	if (error != NULL)
		return give_up(req, upload, error);
	media_unstage(req->config, req->arena, staged->name);
	upload->media_id = item.id;
	return answer_media(req, upload, 201, &item);
}

/* How long the request's body is, which goes behind what is there. */
static const struct error *measure_piece(
    struct request *req, const struct upload *upload, int64_t offset, bool last, int64_t *length)
{
	TRY(body_length(req, req->config->media.piece_size, length));
	if (offset + *length > upload->size || (last && offset + *length != upload->size))
		return error_field(req->arena, FAIL(INVALID), LENGTH);
	return NULL;
}

static const struct error *take_piece(struct request *req, struct staged *staged, int64_t length)
{
	TRY(staging_receive(req, staged, length));
	/* What was said to have arrived is there after a power cut, too. */
	return fdatasync(staged->file) == 0 ? NULL : staging_failure("an upload cannot be written");
}

static const struct error *answer_piece(
    struct request *req, const struct upload *upload, const struct staged *staged)
{
	TRY(respond_empty(req));
	tell_state(req, upload, staged->size);
	return NULL;
}

static const struct error *open_exclusively(
    struct request *req, struct upload *upload, struct staged *staged)
{
	TRY(staging_open(req, staged_name(req, upload->id), staged));
	if (flock(staged->file, LOCK_EX | LOCK_NB) != 0)
		return FAIL(UPLOAD_BUSY);
	/* Whoever had it before may have completed it, or given it up. */
	return upload_get(req, upload->id, upload);
}

static const struct error *answer_elsewhere(
    struct request *req, const struct upload *upload, int64_t offset)
{
	TRY(respond_problem(req, FAIL(UPLOAD_OFFSET)));
	tell_state(req, upload, offset);
	return NULL;
}

static bool is_partial_upload(const struct request *req)
{
	const char *type = request_header(req, "Content-Type");

	return type != NULL && strcasecmp(type, "application/partial-upload") == 0;
}

const struct error *upload_append(struct request *req)
{
	struct upload upload;
	struct staged staged;
	int64_t offset, length;
	bool last;

	TRY(upload_get(req, path_id(req, "upload"), &upload));
	if (!is_partial_upload(req))
		return FAIL(UNSUPPORTED_TYPE);
	TRY(read_count(req, OFFSET, &offset));
	TRY(read_flag(req, COMPLETE, &last));
	if (upload.media_id != ABSENT)
		return answer_repeated(req, &upload);
	TRY(open_exclusively(req, &upload, &staged));
	if (upload.media_id != ABSENT) {
		media_unstage(req->config, req->arena, staged.name);
		return answer_repeated(req, &upload);
	}
	if (offset != staged.size)
		return answer_elsewhere(req, &upload, staged.size);
	TRY(measure_piece(req, &upload, offset, last, &length));
	TRY(take_piece(req, &staged, length));
	return last ? complete(req, &upload, &staged) : answer_piece(req, &upload, &staged);
}

const struct error *upload_create(struct request *req, const struct intake *intake)
{
	struct upload upload = {.owner_id = req->user_id,
	    .purpose = purpose_name(intake->purpose),
	    .claim = intake->claim,
	    .name = intake->name,
	    .waveform = intake->waveform,
	    .placeholder = intake->placeholder,
	    .media_id = ABSENT,
	    .created_at = clock_wall_ms()};
	struct json_object *answer = json_new(req->arena);
	struct staged staged;
	struct rows others;
	int64_t length;

	TRY(read_count(req, LENGTH, &upload.size));
	TRY(measure_piece(req, &upload, 0, false, &length));
	TRY(intake_room(req, intake->purpose, upload.size, 0));
	TRY(upload_unfinished(req, &others));
	if (others.count >= UNFINISHED_MAX)
		return FAIL(TOO_MANY_UPLOADS);
	TRY(upload_insert(req, &upload, &upload.id));
	TRY(staging_open(req, staged_name(req, upload.id), &staged));
	TRY(take_piece(req, &staged, length));
	json_set(answer, "upload", as_json(req, &upload, staged.size));
	TRY(respond(req, 201, answer));
	respond_header(req, "Location",
	    arena_printf(req->arena, "%s/api/v1/media/uploads/%" PRId64, req->prefix, upload.id));
	tell_state(req, &upload, staged.size);
	return NULL;
}

const struct error *upload_show(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct json_object *json;
	struct upload upload;
	struct media_item item;
	int64_t offset;

	TRY(upload_get(req, path_id(req, "upload"), &upload));
	offset = offset_of(req, &upload);
	json = as_json(req, &upload, offset);
	json_set(answer, "upload", json);
	if (upload.media_id != ABSENT) {
		TRY(media_item_own(req, upload.media_id, &item));
		json_set(json, "media", file_json(req, &item));
	}
	TRY(respond(req, 200, answer));
	tell_state(req, &upload, offset);
	return NULL;
}

const struct error *upload_list(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct rows uploads;

	json_set(answer, "uploads", list);
	TRY(upload_unfinished(req, &uploads));
	for (size_t i = 0; i < uploads.count; i++) {
		const struct upload *upload = ROW(struct upload, &uploads, i);

		json_append(list, as_json(req, upload, offset_of(req, upload)));
	}
	return respond(req, 200, answer);
}

const struct error *upload_delete(struct request *req)
{
	struct upload upload;

	TRY(upload_get(req, path_id(req, "upload"), &upload));
	TRY(upload_remove(req, upload.id));
	media_unstage(req->config, req->arena, staged_name(req, upload.id));
	return respond_empty(req);
}
