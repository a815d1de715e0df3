/* Handlers of covers. */
#include "cover.h"
#include "cover_store.h"
#include "moment_limit.h"
#include "respond.h"

static const struct field cover_choice_fields[] = {
    REQUIRED(struct cover_choice, media_id, 1, INT64_C(1) << 53),
};
const struct record cover_choice_record = RECORD(struct cover_choice, cover_choice_fields);

const struct error *cover_view(struct request *req, int64_t user_id, struct json_object **cover)
{
	struct rows found;

	TRY(cover_load(req, user_id, &found));
	*cover = found.count > 0
		     ? json_record(&post_media_record, ROW(struct post_media, &found, 0))
		     : NULL;
	return NULL;
}

static const struct error *choose(struct db *db, void *context)
{
	struct request *req = context;
	const struct cover_choice *choice = req->input;
	bool own;

	TRY(cover_hold(db, req->user_id, choice->media_id, &own));
	if (!own)
		return error_field(req->arena, FAIL(INVALID), "media_id");
	return cover_set(db, req->user_id, choice->media_id);
}

const struct error *cover_put(struct request *req)
{
	struct json_object *answer = json_new(req->arena), *cover;

	TRY(moment_limit_interaction(req));
	TRY(db_transaction(req->db, true, choose, req));
	TRY(cover_view(req, req->user_id, &cover));
	json_set(answer, "cover", cover);
	return respond(req, 200, answer);
}

const struct error *cover_delete(struct request *req)
{
	TRY(cover_remove(req->db, req->user_id));
	return respond_empty(req);
}
