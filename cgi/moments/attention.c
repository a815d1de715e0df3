/* Handlers of muting and reporting a post. */
#include "attention.h"
#include "attention_store.h"
#include "moment_limit.h"
#include "post_store.h"
#include "respond.h"

#define NOTE_MAX 500

static const struct field report_draft_fields[] = {
    CHOICE(struct report_draft, reason, FIELD_REQUIRED, "spam abuse sexual violence fraud other"),
    OPTIONAL(struct report_draft, note, 0, NOTE_MAX),
};
const struct record report_draft_record = RECORD(struct report_draft, report_draft_fields);

static const struct error *set_muted(struct request *req, bool muted)
{
	struct post post;

	TRY(post_load(req, path_id(req, "post"), &post));
	TRY(attention_set_muted(req->db, req->user_id, post.id, muted));
	return respond_empty(req);
}

const struct error *attention_mute(struct request *req)
{
	return set_muted(req, true);
}

const struct error *attention_unmute(struct request *req)
{
	return set_muted(req, false);
}

/* Once is enough: the first report of a person stays as it was made. */
const struct error *attention_report(struct request *req)
{
	const struct report_draft *draft = req->input;
	struct json_object *answer = json_new(req->arena), *object = json_child();
	struct post post;
	bool added;

	json_set(answer, "report", object);
	TRY(moment_limit_interaction(req));
	TRY(post_load(req, path_id(req, "post"), &post));
	if (post.author_id == req->user_id)
		return FAIL(FORBIDDEN);
	TRY(attention_add_report(req->db, req->user_id, &post, draft, &added));
	json_set_int(object, "post_id", post.id);
	return respond(req, added ? 201 : 200, answer);
}
