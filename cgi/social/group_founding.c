/* Making a group, with its first members. */
#include "group_founding.h"
#include "group_change.h"
#include "group_profile.h"
#include "group_store.h"
#include "limit.h"
#include "membership.h"
#include "notification.h"
#include "respond.h"

#define FIRST_MEMBERS_MAX 1000
#define HOUR 3600

static const struct field group_draft_fields[] = {
    REQUIRED(struct group_draft, name, 1, GROUP_TEXT_MAX),
    OPTIONAL(struct group_draft, avatar, 0, GROUP_TEXT_MAX),
    OPTIONAL(struct group_draft, description, 0, GROUP_DESCRIPTION_MAX),
    CHOICE(struct group_draft, join_policy, FIELD_OPTIONAL, GROUP_JOIN_POLICIES),
    OPTIONAL(struct group_draft, member_ids, 0, FIRST_MEMBERS_MAX),
};
const struct record group_draft_record = RECORD(struct group_draft, group_draft_fields);

struct founding {
	struct request *req;
	struct group_birth birth;
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

static const struct error *found(struct db *db, void *context)
{
	struct founding *founding = context;
	struct arena *arena = founding->req->arena;
	const struct group_draft *draft = founding->req->input;
	int64_t owner_id = founding->birth.owner_id, id;
	struct json_object *body = group_change_body(arena, "group_created");
	struct id_list added;
	struct group group;

	TRY(group_check_friends(db, arena, owner_id, draft->member_ids, "member_ids"));
	TRY(group_insert(db, &founding->birth, &id));
	TRY(group_lock(db, arena, id, owner_id, &group));
	TRY(membership_add(db, arena, &group, owner_id, draft->member_ids, &added));
	json_set_text(body, "name", group.name);
	group_change_name(body, added);
	TRY(tell_members(db, founding, &group, added));
	return group_change_record(
	    db, arena, id, owner_id, body, STREAM_COUNTED, &founding->change);
}

const struct error *group_create(struct request *req)
{
	const struct group_draft *draft = req->input;
	const char *user = arena_printf(req->arena, "%lld", (long long)req->user_id);
	struct json_object *answer = json_new(req->arena);
	struct founding founding = {.req = req};
	struct group_birth *birth = &founding.birth;

	birth->owner_id = req->user_id;
	birth->member_limit = req->config->social.group_size;
	birth->description = draft->description != NULL ? draft->description : "";
	birth->join_policy = draft->join_policy != NULL ? draft->join_policy : "approval";
	TRY(identity_group_name(req->arena, draft->name, &birth->name));
	TRY(group_read_avatar(req, draft->avatar, &birth->avatar));
	TRY(limit_count(req, "groups", user, req->config->limits.groups, HOUR));
	TRY(db_transaction(req->db, false, found, &founding));
	group_change_announce(req, &founding.change);
	/* It is done: a database that fails now must not keep the members from hearing of it. */
	(void)notification_deliver_many(req, founding.notifications);
	json_set(answer, "group", group_json(&founding.change.group));
	return respond(req, 201, answer);
}
