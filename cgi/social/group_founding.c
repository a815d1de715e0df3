/* Making a group, with its first members.  Whoever gives a key may ask again when they have heard
 * no answer: they get the group that they made with it. */
#include "group_founding.h"
#include "client_key.h"
#include "group_change.h"
#include "group_founding_store.h"
#include "group_profile.h"
#include "group_store.h"
#include "limit.h"
#include "membership.h"
#include "notification.h"
#include "respond.h"
#include "token.h"
#include <string.h>

#define FIRST_MEMBERS_MAX 1000
#define HOUR 3600

static const struct field group_draft_fields[] = {
    REQUIRED(struct group_draft, name, 1, GROUP_TEXT_MAX),
    OPTIONAL(struct group_draft, avatar, 0, GROUP_TEXT_MAX),
    OPTIONAL(struct group_draft, description, 0, GROUP_DESCRIPTION_MAX),
    CHOICE(struct group_draft, join_policy, FIELD_OPTIONAL, GROUP_JOIN_POLICIES),
    OPTIONAL(struct group_draft, member_ids, 0, FIRST_MEMBERS_MAX),
    OPTIONAL(struct group_draft, client_key, 1, CLIENT_KEY_MAX),
};
const struct record group_draft_record = RECORD(struct group_draft, group_draft_fields);

struct founding {
	struct request *req;
	struct group_birth birth;
	struct group_founding made; /* group_id is ABSENT: nothing yet with this key */
	struct group_change change;
	struct id_list notifications;
};

static const struct error *tell_members(
    struct db *db, struct founding *founding, const struct group *group, struct id_list members)
{
	struct arena *arena = founding->req->arena;
	struct json_text subject = {json_write(group_subject(arena, group))};

	return notification_add_many(db, arena, members, "group_invitation",
	    founding->birth.owner_id, subject, &founding->notifications);
}

/* Two drafts are the same when these texts are. */
static const char *hash_draft(const struct founding *founding)
{
	struct arena *arena = founding->req->arena;
	const struct group_draft *draft = founding->req->input;
	const struct group_birth *birth = &founding->birth;
	struct json_object *object = json_new(arena);

	json_set_text(object, "name", birth->name.shown);
	json_set_text(object, "avatar", birth->avatar);
	json_set_text(object, "description", birth->description);
	json_set_text(object, "join_policy", birth->join_policy);
	json_set_text(
	    object, "member_ids", json_ids(arena, draft->member_ids.ids, draft->member_ids.count));
	return token_hash(arena, json_write(object));
}

/* Whether something was made with this key already, and if so, whether it was the same. */
static const struct error *look_back(struct db *db, struct founding *founding)
{
	struct request *req = founding->req;
	const struct group_draft *draft = req->input;
	struct group_founding earlier;
	const struct error *error;

	founding->made.group_id = ABSENT;
	if (draft->client_key == NULL)
		return NULL;
	error = group_founding_load(db, req->arena, req->user_id, draft->client_key, &earlier);
	if (error != NULL)
		return error_is(error, FAIL(NOT_FOUND)) ? NULL : error;
	if (strcmp(earlier.draft, founding->made.draft) != 0)
		return error_field(req->arena, FAIL(CONFLICT), "client_key");
	founding->made = earlier;
	return NULL;
}

static const struct error *insert(struct db *db, struct founding *founding, struct group *group)
{
	struct request *req = founding->req;
	const struct group_draft *draft = req->input;
	struct group_founding made = {.draft = founding->made.draft};

	TRY(group_insert(db, &founding->birth, &made.group_id));
	if (draft->client_key != NULL)
		TRY(group_founding_insert(db, req->user_id, draft->client_key, &made));
	return group_lock(db, req->arena, made.group_id, req->user_id, group);
}

static const struct error *found(struct db *db, void *context)
{
	struct founding *founding = context;
	struct arena *arena = founding->req->arena;
	const struct group_draft *draft = founding->req->input;
	int64_t owner_id = founding->birth.owner_id;
	struct json_object *body = group_change_body(arena, "group_created");
	struct id_list added;
	struct group group;

	TRY(look_back(db, founding));
	if (founding->made.group_id != ABSENT)
		return NULL;
	TRY(group_check_friends(db, arena, owner_id, draft->member_ids, "member_ids"));
	TRY(insert(db, founding, &group));
	TRY(membership_add(db, arena, &group, owner_id, draft->member_ids, &added));
	json_set_text(body, "name", group.name);
	group_change_name(body, added);
	TRY(tell_members(db, founding, &group, added));
	return group_change_record(
	    db, arena, group.id, owner_id, body, STREAM_COUNTED, &founding->change);
}

static const struct error *found_once(struct request *req, struct founding *founding)
{
	const struct group_draft *draft = req->input;
	const char *user = arena_printf(req->arena, "%lld", (long long)req->user_id);
	const struct error *error;

	TRY(look_back(req->db, founding));
	if (founding->made.group_id != ABSENT)
		return NULL;
	TRY(limit_count(req, "groups", user, req->config->limits.groups, HOUR));
	error = db_transaction(req->db, draft->client_key != NULL, found, founding);
	/* The same was asked twice at once, and the other was faster. */
	if (error_is(error, FAIL(CONFLICT)) && draft->client_key != NULL)
		return look_back(req->db, founding);
	return error;
}

/* As it is now: it may have changed since, and its founder may have left it. */
static const struct error *respond_made(struct request *req, const struct founding *founding)
{
	struct json_object *answer = json_new(req->arena);
	struct group group;

	TRY(group_load(req->db, req->arena, founding->made.group_id, req->user_id, &group));
	if (!group.known)
		return FAIL(NOT_FOUND);
	json_set(answer, "group", group_json(&group));
	return respond(req, 200, answer);
}

const struct error *group_create(struct request *req)
{
	const struct group_draft *draft = req->input;
	struct json_object *answer = json_new(req->arena);
	struct founding founding = {.req = req};
	struct group_birth *birth = &founding.birth;

	if (draft->client_key != NULL)
		TRY(client_key_check(req, draft->client_key));
	birth->owner_id = req->user_id;
	birth->member_limit = req->config->social.group_size;
	birth->description = draft->description != NULL ? draft->description : "";
	birth->join_policy = draft->join_policy != NULL ? draft->join_policy : "approval";
	TRY(identity_group_name(req->arena, draft->name, &birth->name));
	TRY(group_read_avatar(req, draft->avatar, &birth->avatar));
	founding.made.draft = hash_draft(&founding);
	TRY(found_once(req, &founding));
	if (founding.made.group_id != ABSENT)
		return respond_made(req, &founding);
	group_change_announce(req, &founding.change);
	/* It is done: a database that fails now must not keep the members from hearing of it. */
	(void)notification_deliver_many(req, founding.notifications);
	json_set(answer, "group", group_json(&founding.change.group));
	return respond(req, 201, answer);
}
