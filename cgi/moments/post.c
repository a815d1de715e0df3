/* Handlers of posts. */
#include "post.h"
#include "clock.h"
#include "deliver.h"
#include "moment_end.h"
#include "moment_limit.h"
#include "moment_rule.h"
#include "post_entry.h"
#include "post_media.h"
#include "post_view.h"
#include "respond.h"
#include "shown_text.h"
#include <string.h>

#define TEXT_MAX 2000

static const struct field post_draft_fields[] = {
    OPTIONAL(struct post_draft, client_key, 1, 64),
    OPTIONAL(struct post_draft, text, 0, TEXT_MAX),
    OPTIONAL(struct post_draft, media_ids, 0, POST_MEDIA_MAX),
    CHOICE(struct post_draft, audience, FIELD_REQUIRED, AUDIENCES),
    OPTIONAL(struct post_draft, user_ids, 0, AUDIENCE_USERS_MAX),
    OPTIONAL(struct post_draft, tags, 0, AUDIENCE_TAGS_MAX),
};
const struct record post_draft_record = RECORD(struct post_draft, post_draft_fields);

static const struct field post_change_fields[] = {
    CHOICE(struct post_change, audience, FIELD_REQUIRED, AUDIENCES),
    OPTIONAL(struct post_change, user_ids, 0, AUDIENCE_USERS_MAX),
    OPTIONAL(struct post_change, tags, 0, AUDIENCE_TAGS_MAX),
};
const struct record post_change_record = RECORD(struct post_change, post_change_fields);

struct posting {
	struct request *req;
	const char *client_key;
	struct audience audience;
	struct post post;
	struct id_list media;
	bool repeated; /* it was there already */
};

static const struct error *respond_post(struct request *req, int status, int64_t id)
{
	struct json_object *answer = json_new(req->arena), *object;
	struct post post;

	TRY(post_load(req, id, &post));
	TRY(post_view_one(req, &post, &object));
	json_set(answer, "post", object);
	return respond(req, status, answer);
}

/* {"event":"moment","post_id","author_id","deleted"}: there is something new, or gone. */
static void tell(struct request *req, struct id_list users, int64_t post_id, bool deleted)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_MOMENT);
	json_set_int(event, "post_id", post_id);
	json_set_int(event, "author_id", req->user_id);
	json_set_bool(event, "deleted", deleted);
	deliver_to(req, users.ids, users.count, event);
	deliver_to(req, &req->user_id, 1, event);
}

static bool are_same(struct id_list one, struct id_list other)
{
	return one.count == other.count &&
	       (one.count == 0 || memcmp(one.ids, other.ids, one.count * sizeof(*one.ids)) == 0);
}

static const struct error *find_repeated(struct db *db, struct posting *posting)
{
	struct request *req = posting->req;
	struct id_list media;
	struct post stored;
	int64_t id;

	posting->repeated = false;
	if (posting->client_key == NULL)
		return NULL;
	TRY(post_find(db, req->user_id, posting->client_key, &id));
	if (id == ABSENT)
		return NULL;
	TRY(post_lock_own(db, req->arena, req->user_id, id, &stored));
	TRY(post_media_ids(db, req->arena, id, &media));
	if (strcmp(stored.text, posting->post.text) != 0 || !are_same(media, posting->media))
		return error_field(req->arena, FAIL(CONFLICT), "client_key");
	posting->post.id = id;
	posting->repeated = true;
	return NULL;
}

/* Whoever becomes a friend waits for it, or it for them: either finds the other. */
static const struct error *store(struct db *db, void *context)
{
	struct posting *posting = context;
	struct post *post = &posting->post;
	bool shown;

	TRY(post_entry_person(db, post->author_id));
	TRY(find_repeated(db, posting));
	if (posting->repeated)
		return NULL;
	post->created_at = clock_wall_ms();
	TRY(post_insert(db, post, posting->client_key, &post->id));
	TRY(post_media_insert(db, posting->req->arena, post, posting->media, &shown));
	if (!shown)
		return error_field(posting->req->arena, FAIL(INVALID), "media_ids");
	TRY(audience_store(db, posting->req, post->id, &posting->audience));
	return post_spread(db, post);
}

static const struct error *read_draft(struct request *req, struct posting *posting)
{
	const struct post_draft *draft = req->input;
	const char *text =
	    draft->text != NULL && shown_text_visible(draft->text) ? draft->text : "";

	*posting = (struct posting){
	    .req = req,
	    .client_key = draft->client_key,
	    .audience = {draft->audience, draft->user_ids, draft->tags},
	    .post = {.author_id = req->user_id, .audience = draft->audience, .text = text},
	    .media = draft->media_ids,
	};
	if (*text == '\0' && posting->media.count == 0)
		return error_field(req->arena, FAIL(INVALID), "text");
	return audience_check(req, &posting->audience);
}

const struct error *post_create(struct request *req)
{
	struct posting posting;
	struct id_list viewers;

	TRY(read_draft(req, &posting));
	TRY(moment_limit_post(req));
	TRY(post_entry_once(req->db, posting.client_key, store, &posting));
	if (posting.repeated)
		return respond_post(req, 200, posting.post.id);
	/* It is posted: who is told of it must not decide over the answer. */
	if (moment_viewers(req->db, req->arena, posting.post.id, &viewers) == NULL)
		tell(req, viewers, posting.post.id, false);
	return respond_post(req, 201, posting.post.id);
}

const struct error *post_get(struct request *req)
{
	return respond_post(req, 200, path_id(req, "post"));
}

struct narrowing {
	struct request *req;
	int64_t post_id;
	struct audience audience;
};

static const struct error *narrow(struct db *db, void *context)
{
	struct narrowing *narrowing = context;
	struct request *req = narrowing->req;
	struct post post;

	TRY(post_lock_own(db, req->arena, req->user_id, narrowing->post_id, &post));
	return audience_narrow(db, req, &post, &narrowing->audience);
}

/* Somebody else's is as if it were not there, unless it is seen: then it is not theirs to change.
 */
static const struct error *check_owner(struct request *req, int64_t post_id)
{
	struct post post;

	TRY(post_load(req, post_id, &post));
	return post.author_id == req->user_id ? NULL : FAIL(FORBIDDEN);
}

const struct error *post_patch(struct request *req)
{
	const struct post_change *change = req->input;
	struct narrowing narrowing = {
	    req, path_id(req, "post"), {change->audience, change->user_ids, change->tags}};

	TRY(audience_check(req, &narrowing.audience));
	TRY(check_owner(req, narrowing.post_id));
	TRY(moment_limit_interaction(req));
	TRY(db_transaction(req->db, true, narrow, &narrowing));
	return respond_post(req, 200, narrowing.post_id);
}

struct erasing {
	struct request *req;
	int64_t post_id;
	struct id_list viewers;
};

static const struct error *erase(struct db *db, void *context)
{
	struct erasing *erasing = context;
	struct request *req = erasing->req;
	struct post post;

	TRY(post_lock_own(db, req->arena, req->user_id, erasing->post_id, &post));
	TRY(moment_viewers(db, req->arena, erasing->post_id, &erasing->viewers));
	return moment_erase(db, erasing->post_id);
}

const struct error *post_delete(struct request *req)
{
	struct erasing erasing = {.req = req, .post_id = path_id(req, "post")};

	TRY(check_owner(req, erasing.post_id));
	TRY(db_transaction(req->db, false, erase, &erasing));
	tell(req, erasing.viewers, erasing.post_id, true);
	return respond_empty(req);
}
