/* The limits, for clients that want to know before they send. */
#include "allowance.h"

#include "media_item.h"
#include "purpose.h"
#include "respond.h"

static struct json_object *purpose_json(const struct request *req, const struct purpose *purpose)
{
	const char *const *types = purpose_types(purpose);
	struct json_object *json = json_child();
	struct json_object *list = types != NULL ? json_child_list() : NULL;

	json_set_int(json, "max_size", purpose_limit(purpose, req->config));
	json_set(json, "types", list);
	for (; types != NULL && *types != NULL; types++)
		json_append_text(list, *types);
	return json;
}

const struct error *allowance_show(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct json_object *quota = json_child();
	struct json_object *purposes = json_child();
	const struct purpose *purpose;
	int64_t used;

	TRY(media_used(req->db, req->user_id, 0, &used));
	json_set_int(answer, "piece_size", req->config->media.piece_size);
	json_set_int(answer, "upload_lifetime", req->config->media.keep_unused);
	json_set_int(answer, "max_pixels", req->config->media.max_pixels);
	json_set(answer, "quota", quota);
	json_set_int(quota, "used", used);
	json_set_int(quota, "limit", req->config->media.quota);
	json_set(answer, "purposes", purposes);
	for (size_t i = 0; (purpose = purpose_at(i)) != NULL; i++)
		json_set(purposes, purpose_name(purpose), purpose_json(req, purpose));
	return respond(req, 200, answer);
}
