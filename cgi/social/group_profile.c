/* Changing a group's name, avatar, description, policy, and whether it is silent.  Each kind of
 * change that was really made is a row of its own. */
#include "group_profile.h"
#include "avatar.h"
#include "group_change.h"
#include "group_limit.h"
#include "group_store.h"
#include "respond.h"
#include <string.h>

static const struct field group_profile_change_fields[] = {
    OPTIONAL(struct group_profile_change, name, 0, GROUP_TEXT_MAX),
    OPTIONAL(struct group_profile_change, avatar, 0, GROUP_TEXT_MAX),
    OPTIONAL(struct group_profile_change, description, 0, GROUP_DESCRIPTION_MAX),
    CHOICE(struct group_profile_change, join_policy, FIELD_OPTIONAL, GROUP_JOIN_POLICIES),
    FLAG(struct group_profile_change, findable, FIELD_OPTIONAL),
    FLAG(struct group_profile_change, shares_history, FIELD_OPTIONAL),
    FLAG(struct group_profile_change, mute_all, FIELD_OPTIONAL),
};
const struct record group_profile_change_record =
    RECORD(struct group_profile_change, group_profile_change_fields);

const struct error *group_read_avatar(struct request *req, const char *given, const char **avatar)
{
	*avatar = given != NULL && *given != '\0' ? given : NULL;
	return *avatar != NULL ? avatar_check(req, *avatar) : NULL;
}

struct reshaping {
	struct request *req;
	const struct group_profile_change *input;
	struct identity_name name; /* when input has one */
	const char *avatar;	   /* likewise */
	struct group group;	   /* as it was */
	struct group_changes changes;
};

static const struct error *record(
    struct db *db, struct reshaping *reshaping, struct json_object *body)
{
	struct request *req = reshaping->req;

	return group_changes_record(
	    db, req->arena, reshaping->group.id, req->user_id, body, &reshaping->changes);
}

static const struct error *rename_group(struct db *db, struct reshaping *reshaping)
{
	struct json_object *body = group_change_body(reshaping->req->arena, "renamed");

	if (reshaping->input->name == NULL ||
	    strcmp(reshaping->name.shown, reshaping->group.name) == 0)
		return NULL;
	TRY(group_set_name(db, reshaping->group.id, &reshaping->name));
	json_set_text(body, "name", reshaping->name.shown);
	return record(db, reshaping, body);
}

static bool same_text(const char *one, const char *other)
{
	return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

static const struct error *change_avatar(struct db *db, struct reshaping *reshaping)
{
	struct json_object *body = group_change_body(reshaping->req->arena, "avatar");

	if (reshaping->input->avatar == NULL ||
	    same_text(reshaping->avatar, reshaping->group.avatar))
		return NULL;
	TRY(group_set_avatar(db, reshaping->group.id, reshaping->avatar));
	json_set_text(body, "avatar", reshaping->avatar);
	return record(db, reshaping, body);
}

static const struct error *describe(struct db *db, struct reshaping *reshaping)
{
	const char *description = reshaping->input->description;

	if (description == NULL || strcmp(description, reshaping->group.description) == 0)
		return NULL;
	TRY(group_set_description(db, reshaping->group.id, description));
	return record(db, reshaping, group_change_body(reshaping->req->arena, "description"));
}

static bool flag_or(int64_t flag, bool otherwise)
{
	return flag != ABSENT ? flag != 0 : otherwise;
}

static const struct error *change_policy(struct db *db, struct reshaping *reshaping)
{
	const struct group_profile_change *input = reshaping->input;
	const struct group *group = &reshaping->group;
	const char *join_policy =
	    input->join_policy != NULL ? input->join_policy : group->join_policy;
	bool findable = flag_or(input->findable, group->findable);
	bool shares_history = flag_or(input->shares_history, group->shares_history);
	struct json_object *body = group_change_body(reshaping->req->arena, "policy");

	if (strcmp(join_policy, group->join_policy) == 0 && findable == group->findable &&
	    shares_history == group->shares_history)
		return NULL;
	TRY(group_set_policy(db, group->id, join_policy, findable, shares_history));
	json_set_text(body, "join_policy", join_policy);
	json_set_bool(body, "findable", findable);
	json_set_bool(body, "shares_history", shares_history);
	return record(db, reshaping, body);
}

static const struct error *silence(struct db *db, struct reshaping *reshaping)
{
	bool on = flag_or(reshaping->input->mute_all, reshaping->group.mute_all);
	struct json_object *body = group_change_body(reshaping->req->arena, "mute_all");

	if (on == reshaping->group.mute_all)
		return NULL;
	TRY(group_set_mute_all(db, reshaping->group.id, on));
	json_set_bool(body, "on", on);
	return record(db, reshaping, body);
}

/* Whoever may not change one of the fields changes none. */
static const struct error *allow(const struct reshaping *reshaping)
{
	const struct group *group = &reshaping->group;
	const struct group_profile_change *input = reshaping->input;

	TRY(group_allow(group, GROUP_READ));
	if (input->name != NULL || input->avatar != NULL || input->description != NULL) {
		TRY(group_allow(group, GROUP_CHANGE_PROFILE));
		TRY(group_allow_voice(reshaping->req->arena, group));
	}
	if (input->join_policy != NULL || input->findable != ABSENT ||
	    input->shares_history != ABSENT)
		TRY(group_allow(group, GROUP_CHANGE_POLICY));
	return input->mute_all != ABSENT ? group_allow(group, GROUP_MUTE_ALL) : NULL;
}

static const struct error *reshape(struct db *db, void *context)
{
	struct reshaping *reshaping = context;
	struct request *req = reshaping->req;

	reshaping->changes.count = 0;
	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &reshaping->group));
	TRY(allow(reshaping));
	TRY(rename_group(db, reshaping));
	TRY(change_avatar(db, reshaping));
	TRY(describe(db, reshaping));
	TRY(change_policy(db, reshaping));
	return silence(db, reshaping);
}

const struct error *group_patch(struct request *req)
{
	struct reshaping reshaping = {.req = req, .input = req->input};
	struct json_object *answer = json_new(req->arena);
	const struct group_changes *changes = &reshaping.changes;

	if (reshaping.input->name != NULL)
		TRY(identity_group_name(req->arena, reshaping.input->name, &reshaping.name));
	TRY(group_read_avatar(req, reshaping.input->avatar, &reshaping.avatar));
	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, reshape, &reshaping));
	group_changes_announce(req, changes);
	json_set(answer, "group",
	    group_json(
		changes->count > 0 ? &changes->list[changes->count - 1].group : &reshaping.group));
	return respond(req, 200, answer);
}
