/* Groups: loading, locking, and what is shown of them to whom. */
#include "group.h"
#include "clock.h"

static const struct field group_fields[] = {
    OUTPUT(struct group, id),
    OUTPUT(struct group, name),
    OUTPUT(struct group, avatar),
    OUTPUT(struct group, description),
    OUTPUT(struct group, announcement),
    OUTPUT(struct group, announced_by),
    OUTPUT(struct group, announced_at),
    OUTPUT(struct group, owner_id),
    OUTPUT(struct group, join_policy),
    OUTPUT(struct group, findable),
    OUTPUT(struct group, shares_history),
    OUTPUT(struct group, mute_all),
    OUTPUT(struct group, member_count),
    OUTPUT(struct group, member_limit),
    OUTPUT(struct group, changed_seq),
    OUTPUT(struct group, created_at),
    OUTPUT(struct group, dissolved_at),
    OUTPUT(struct group, role),
    OUTPUT(struct group, nickname),
    OUTPUT(struct group, muted_until),
    OUTPUT(struct group, announcement_unread),
    HIDDEN(struct group, last_seq),
    HIDDEN(struct group, last_ordinal),
};
const struct record group_record = RECORD(struct group, group_fields);

static const struct field shared_fields[] = {
    OUTPUT(struct group, id),
    OUTPUT(struct group, name),
    OUTPUT(struct group, avatar),
    OUTPUT(struct group, description),
    OUTPUT(struct group, announcement),
    OUTPUT(struct group, announced_by),
    OUTPUT(struct group, announced_at),
    OUTPUT(struct group, owner_id),
    OUTPUT(struct group, join_policy),
    OUTPUT(struct group, findable),
    OUTPUT(struct group, shares_history),
    OUTPUT(struct group, mute_all),
    OUTPUT(struct group, member_count),
    OUTPUT(struct group, member_limit),
    OUTPUT(struct group, changed_seq),
    OUTPUT(struct group, created_at),
    OUTPUT(struct group, dissolved_at),
};
static const struct record shared_record = RECORD(struct group, shared_fields);

static const struct field public_fields[] = {
    OUTPUT(struct group, id),
    OUTPUT(struct group, name),
    OUTPUT(struct group, avatar),
    OUTPUT(struct group, description),
    OUTPUT(struct group, owner_id),
    OUTPUT(struct group, join_policy),
    OUTPUT(struct group, member_count),
    OUTPUT(struct group, member_limit),
    OUTPUT(struct group, created_at),
    OUTPUT(struct group, role),
};
static const struct record public_record = RECORD(struct group, public_fields);

/* Conversation first: the order in which sends lock, so that neither waits for the other twice. */
#define LOAD                                                                                   \
	"SELECT " GROUP_COLUMNS                                                                \
	" FROM conversation STRAIGHT_JOIN chat_group ON chat_group.id = conversation.id"       \
	" LEFT JOIN member ON member.conversation_id = conversation.id AND member.user_id = ?" \
	" WHERE conversation.id = ?"

static const char SQL_LOAD[] = LOAD;
static const char SQL_LOCK[] = LOAD " FOR UPDATE";

static const char SQL_INVITED[] =
    "SELECT 1 FROM group_request WHERE group_id = ? AND user_id = ? AND pending = 1"
    " AND awaits = 'user' AND created_at > ?";

static const struct error *find_out_known(struct db *db, int64_t user_id, struct group *group)
{
	group->known = group->role != NULL || (group->findable && group->dissolved_at == ABSENT);
	if (group->known)
		return NULL;
	return db_exists(db, &group->known, SQL_INVITED,
	    PARAMS(P(group->id), P(user_id), P(clock_wall_ms() - GROUP_REQUEST_LIFE)));
}

const struct error *group_load(
    struct db *db, struct arena *arena, int64_t group_id, int64_t user_id, struct group *group)
{
	TRY(db_one(db, arena, &group_record, group, SQL_LOAD, PARAMS(P(user_id), P(group_id))));
	return find_out_known(db, user_id, group);
}

const struct error *group_lock(
    struct db *db, struct arena *arena, int64_t group_id, int64_t user_id, struct group *group)
{
	TRY(db_one(db, arena, &group_record, group, SQL_LOCK, PARAMS(P(user_id), P(group_id))));
	return find_out_known(db, user_id, group);
}

const struct error *group_allow_reading(const struct group *group, enum group_action action)
{
	/* Nobody may find out by what is refused that there is such a group. */
	return group->known ? group_right(group->role, action) : FAIL(NOT_FOUND);
}

const struct error *group_allow(const struct group *group, enum group_action action)
{
	TRY(group_allow_reading(group, action));
	if (group->dissolved_at != ABSENT && action != GROUP_READ && action != GROUP_LEAVE)
		return FAIL(DISSOLVED);
	return NULL;
}

const struct error *group_allow_voice(struct arena *arena, const struct group *group)
{
	return group_voice(
	    arena, group->role, group->muted_until, group->mute_all, clock_wall_ms());
}

static struct json_object *write_group(const struct record *shown, const struct group *group)
{
	struct json_object *object = json_record(shown, group);

	json_set_int(object, "conversation_id", group->id);
	return object;
}

struct json_object *group_json(const struct group *group)
{
	return write_group(group->role != NULL ? &group_record : &public_record, group);
}

struct json_object *group_shared_json(const struct group *group)
{
	return write_group(&shared_record, group);
}

struct json_object *group_public_json(const struct group *group)
{
	return write_group(&public_record, group);
}

struct json_object *group_subject(struct arena *arena, const struct group *group)
{
	struct json_object *subject = json_new(arena);

	json_set_int(subject, "group_id", group->id);
	json_set_text(subject, "name", group->name);
	return subject;
}
