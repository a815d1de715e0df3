/* Roles, mutes and nicknames of members.  Each change that was really made is a row of its own. */
#include "group_member.h"
#include "clock.h"
#include "conversation.h"
#include "group_change.h"
#include "group_limit.h"
#include "group_member_json.h"
#include "group_member_store.h"
#include "group_waiting.h"
#include "identity.h"
#include "membership.h"
#include "notification.h"
#include "respond.h"
#include <string.h>

#define TEXT_MAX 320 /* the exact bounds of nicknames are judged elsewhere */

static const struct field group_member_change_fields[] = {
    CHOICE(struct group_member_change, role, FIELD_OPTIONAL, "admin member"),
    OPTIONAL(struct group_member_change, muted_until, 0, INT64_C(1) << 53),
    OPTIONAL(struct group_member_change, nickname, 0, TEXT_MAX),
};
const struct record group_member_change_record =
    RECORD(struct group_member_change, group_member_change_fields);

struct member_change {
	struct request *req;
	const struct group_member_change *input;
	struct identity_name nickname; /* when input has one */
	struct group group;
	struct group_member member; /* as it was */
	struct group_changes changes;
	int64_t notification;	    /* ABSENT: none */
	struct group_waiting ended; /* invitations by somebody who is trusted no longer */
};

static const struct error *record(
    struct db *db, struct member_change *change, struct json_object *body)
{
	struct request *req = change->req;

	return group_changes_record(
	    db, req->arena, change->group.id, req->user_id, body, &change->changes);
}

static struct json_object *body_about(const struct member_change *change, const char *event)
{
	struct json_object *body = group_change_body(change->req->arena, event);

	json_set_int(body, "user_id", change->member.user_id);
	return body;
}

static bool is_owner(const struct group_member *member)
{
	return strcmp(member->role, "owner") == 0;
}

static const struct error *tell_role(struct db *db, struct member_change *change)
{
	struct request *req = change->req;
	struct json_object *subject = group_subject(req->arena, &change->group);

	json_set_text(subject, "role", change->input->role);
	return notification_add(db, change->member.user_id, "group_role", req->user_id,
	    (struct json_text){json_write(subject)}, &change->notification);
}

static const struct error *end_offers(struct db *db, struct member_change *change)
{
	struct arena *arena = change->req->arena;
	struct id_list member = {&change->member.user_id, 1};

	TRY(group_waiting_by(db, arena, change->group.id, member, &change->ended));
	return membership_end_offers(db, arena, change->group.id, member);
}

static const struct error *set_role(struct db *db, struct member_change *change)
{
	const char *role = change->input->role;
	struct json_object *body = body_about(change, "role");

	if (role == NULL)
		return NULL;
	TRY(group_allow(&change->group, GROUP_SET_ROLE));
	if (is_owner(&change->member))
		return FAIL(FORBIDDEN);
	if (strcmp(role, change->member.role) == 0)
		return NULL;
	TRY(group_member_set_role(db, change->group.id, change->member.user_id, role));
	/* Whoever is trusted no longer keeps no way in for others. */
	if (strcmp(role, "member") == 0)
		TRY(end_offers(db, change));
	TRY(tell_role(db, change));
	json_set_text(body, "role", role);
	return record(db, change, body);
}

static const struct error *allow_muting(const struct member_change *change)
{
	TRY(group_allow(&change->group, GROUP_MUTE_MEMBER));
	if (is_owner(&change->member))
		return FAIL(FORBIDDEN);
	return strcmp(change->member.role, "admin") == 0
		   ? group_allow(&change->group, GROUP_MUTE_ADMIN)
		   : NULL;
}

/* A time that has passed mutes nobody. */
static int64_t still(int64_t until)
{
	return until > clock_wall_ms() ? until : 0;
}

static const struct error *set_muted(struct db *db, struct member_change *change)
{
	int64_t until;
	struct json_object *body = body_about(change, "muted");

	if (change->input->muted_until == ABSENT)
		return NULL;
	TRY(allow_muting(change));
	until = still(change->input->muted_until);
	if (until == still(change->member.muted_until))
		return NULL;
	TRY(group_member_set_muted(db, change->group.id, change->member.user_id, until));
	json_set_int(body, "until", until);
	return record(db, change, body);
}

static const struct error *set_nickname(struct db *db, struct member_change *change)
{
	const char *nickname = change->nickname.shown;
	struct json_object *body = body_about(change, "nickname");

	if (change->input->nickname == NULL)
		return NULL;
	if (change->member.user_id != change->req->user_id)
		return FAIL(FORBIDDEN);
	if (change->group.dissolved_at != ABSENT)
		return FAIL(DISSOLVED);
	if (strcmp(nickname, change->member.nickname) == 0)
		return NULL;
	TRY(group_allow_voice(change->req->arena, &change->group));
	TRY(group_member_set_nickname(db, change->group.id, change->member.user_id, nickname));
	json_set_text(body, "nickname", nickname);
	return record(db, change, body);
}

static const struct error *apply(struct db *db, void *context)
{
	struct member_change *change = context;
	struct request *req = change->req;
	int64_t group_id = path_id(req, "group"), user_id = path_id(req, "user");

	change->changes.count = 0;
	change->notification = ABSENT;
	change->ended = (struct group_waiting){.judges = {NULL, 0}};
	TRY(group_lock(db, req->arena, group_id, req->user_id, &change->group));
	TRY(group_allow(&change->group, GROUP_READ));
	TRY(group_member_load(db, req->arena, group_id, user_id, &change->member));
	TRY(set_role(db, change));
	TRY(set_muted(db, change));
	return set_nickname(db, change);
}

/* After the commit, and done whatever fails now. */
static void tell(struct request *req, const struct member_change *change)
{
	group_changes_announce(req, &change->changes);
	if (change->changes.count > 0)
		(void)conversation_deliver(req, change->group.id, &change->member.user_id, 1);
	group_waiting_tell(req, change->group.id, &change->ended);
	if (change->notification != ABSENT)
		(void)notification_deliver(req, change->notification);
}

static const struct error *respond_member(
    struct request *req, const struct group *group, int64_t user_id)
{
	struct json_object *answer = json_new(req->arena), *list = json_array(req->arena);
	struct group_member member;
	struct rows rows = {&group_member_record, &member, 1};

	TRY(group_member_load(req->db, req->arena, group->id, user_id, &member));
	TRY(group_member_append_json(req, group, &rows, list));
	if (json_count(list) == 0)
		return FAIL(NOT_FOUND);
	json_set(answer, "member", json_share(json_at(list, 0)));
	return respond(req, 200, answer);
}

const struct error *group_member_patch(struct request *req)
{
	struct member_change change = {.req = req, .input = req->input};

	change.nickname.shown = "";
	if (change.input->nickname != NULL && *change.input->nickname != '\0')
		TRY(identity_nickname(req->arena, change.input->nickname, &change.nickname));
	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, apply, &change));
	tell(req, &change);
	return respond_member(req, &change.group, change.member.user_id);
}
