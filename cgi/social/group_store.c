/* SQL of groups. */
#include "group_store.h"
#include "clock.h"
#include "conversation.h"

#define WANTED "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"

static const char SQL_ADD_CONVERSATION[] =
    "INSERT INTO conversation (kind, created_at, updated_at) VALUES ('group', ?, ?)";

static const char SQL_ADD_GROUP[] =
    "INSERT INTO chat_group (id, name, name_key, avatar, description, owner_id, join_policy,"
    " member_count, member_limit, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)";

static const char SQL_ADD_OWNER[] =
    "INSERT INTO member (conversation_id, user_id, role, joined_at) VALUES (?, ?, 'owner', ?)";

/* Their rows are locked by whoever changes what two people are to each other. */
static const char SQL_HOLD_PEOPLE[] =
    "SELECT user.id FROM (SELECT DISTINCT id FROM " WANTED " ORDER BY id) wanted"
    " STRAIGHT_JOIN user ON user.id = wanted.id LOCK IN SHARE MODE";

static const char SQL_NO_FRIEND[] =
    "SELECT 1 FROM " WANTED
    " LEFT JOIN friendship ON friendship.user_id = ? AND friendship.friend_id = wanted.id"
    " LEFT JOIN block mine ON mine.user_id = ? AND mine.blocked_id = wanted.id"
    " LEFT JOIN block theirs ON theirs.user_id = wanted.id AND theirs.blocked_id = ?"
    " WHERE wanted.id <> ? AND (friendship.friend_id IS NULL OR mine.user_id IS NOT NULL"
    " OR theirs.user_id IS NOT NULL) LIMIT 1";

static const char SQL_PAGE_OF[] =
    "SELECT " GROUP_COLUMNS " FROM member"
    " STRAIGHT_JOIN chat_group ON chat_group.id = member.conversation_id"
    " AND chat_group.dissolved_at IS NULL"
    " STRAIGHT_JOIN conversation ON conversation.id = chat_group.id"
    " WHERE member.user_id = ? AND member.conversation_id > ?"
    " ORDER BY member.conversation_id LIMIT ?";

#define FOUND                                                            \
	"SELECT " GROUP_COLUMNS " FROM chat_group"                       \
	" STRAIGHT_JOIN conversation ON conversation.id = chat_group.id" \
	" LEFT JOIN member ON member.conversation_id = chat_group.id"    \
	" AND member.user_id = ?"                                        \
	" WHERE chat_group.findable = 1 AND chat_group.dissolved_at IS NULL"

static const char SQL_FIND_NUMBER[] = FOUND " AND chat_group.id = ?";

struct edge {
	const char *name_key;
};

static const struct field edge_fields[] = {OUTPUT(struct edge, name_key)};
static const struct record edge_record = RECORD(struct edge, edge_fields);

/* Only of what may be found: where a page begins would tell the name of any other. */
static const char SQL_EDGE[] =
    "SELECT name_key FROM chat_group WHERE id = ? AND findable = 1 AND dissolved_at IS NULL";

/* In the order of the index, so that a short prefix reads no more rows than it shows. */
static const char SQL_FIND_PREFIX[] = FOUND " AND chat_group.name_key LIKE ? ESCAPE '|'"
					    " AND chat_group.id <> ?"
					    " AND chat_group.name_key >= ?"
					    " AND (chat_group.name_key > ?"
					    " OR chat_group.id > ?)"
					    " ORDER BY chat_group.name_key, chat_group.id LIMIT ?";

static const char SQL_SET_NAME[] = "UPDATE chat_group SET name = ?, name_key = ? WHERE id = ?";
static const char SQL_SET_AVATAR[] = "UPDATE chat_group SET avatar = ? WHERE id = ?";
static const char SQL_SET_DESCRIPTION[] = "UPDATE chat_group SET description = ? WHERE id = ?";
static const char SQL_SET_POLICY[] =
    "UPDATE chat_group SET join_policy = ?, findable = ?, shares_history = ? WHERE id = ?";
static const char SQL_SET_MUTE_ALL[] = "UPDATE conversation SET mute_all = ? WHERE id = ?";

static const char SQL_ANNOUNCE[] =
    "UPDATE chat_group SET announcement = ?, announced_by = ?, announced_at = ? WHERE id = ?";
static const char SQL_HEARERS[] =
    "SELECT member.user_id FROM member"
    " LEFT JOIN block theirs ON theirs.user_id = member.user_id AND theirs.blocked_id = ?"
    " LEFT JOIN block own ON own.user_id = ? AND own.blocked_id = member.user_id"
    " WHERE member.conversation_id = ? AND member.user_id > ? AND member.user_id <> ?"
    " AND theirs.user_id IS NULL AND own.user_id IS NULL ORDER BY member.user_id LIMIT ?";
static const char SQL_MARK_ANNOUNCEMENT[] =
    "UPDATE member SET announcement_read = GREATEST(announcement_read, ?)"
    " WHERE conversation_id = ? AND user_id = ?";

const struct error *group_insert(struct db *db, const struct group_birth *birth, int64_t *id)
{
	int64_t now = clock_wall_ms();

	TRY(db_exec(db, SQL_ADD_CONVERSATION, PARAMS(P(now), P(now))));
	*id = db_insert_id(db);
	TRY(db_exec(db, SQL_ADD_GROUP,
	    PARAMS(P(*id), P(birth->name.shown), P(birth->name.key), P(birth->avatar),
		P(birth->description), P(birth->owner_id), P(birth->join_policy),
		P(birth->member_limit), P(now))));
	return db_exec(db, SQL_ADD_OWNER, PARAMS(P(*id), P(birth->owner_id), P(now)));
}

const struct error *group_hold_people(struct db *db, struct arena *arena, struct id_list users)
{
	struct id_list held;

	return db_ids(
	    db, arena, &held, SQL_HOLD_PEOPLE, PARAMS(P(json_ids(arena, users.ids, users.count))));
}

const struct error *group_check_friends(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list users, const char *field)
{
	bool stranger;

	if (users.count == 0)
		return NULL;
	TRY(group_hold_people(db, arena, users));
	TRY(db_exists(db, &stranger, SQL_NO_FRIEND,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(user_id), P(user_id), P(user_id),
		P(user_id))));
	return stranger ? error_field(arena, FAIL(NOT_FRIENDS), field) : NULL;
}

const struct error *group_page_of(
    struct request *req, int64_t after, int64_t limit, struct rows *page)
{
	return db_rows(req->db, req->arena, &group_record, page, SQL_PAGE_OF,
	    PARAMS(P(req->user_id), P(after), P(limit)));
}

const struct error *group_find_number(struct request *req, int64_t id, struct rows *found)
{
	return db_rows(req->db, req->arena, &group_record, found, SQL_FIND_NUMBER,
	    PARAMS(P(req->user_id), P(id)));
}

const struct error *group_find_prefix(struct request *req, const char *name_key, int64_t but,
    int64_t after, int64_t limit, struct rows *found)
{
	struct edge edge = {""};

	if (after != 0 && after != but)
		TRY(db_one(req->db, req->arena, &edge_record, &edge, SQL_EDGE, PARAMS(P(after))));
	else
		after = 0;
	return db_rows(req->db, req->arena, &group_record, found, SQL_FIND_PREFIX,
	    PARAMS(P(req->user_id), P(identity_pattern(req->arena, name_key)), P(but),
		P(edge.name_key), P(edge.name_key), P(after), P(limit)));
}

const struct error *group_set_name(
    struct db *db, int64_t group_id, const struct identity_name *name)
{
	return db_exec(db, SQL_SET_NAME, PARAMS(P(name->shown), P(name->key), P(group_id)));
}

const struct error *group_set_avatar(struct db *db, int64_t group_id, const char *avatar)
{
	return db_exec(db, SQL_SET_AVATAR, PARAMS(P(avatar), P(group_id)));
}

const struct error *group_set_description(struct db *db, int64_t group_id, const char *description)
{
	return db_exec(db, SQL_SET_DESCRIPTION, PARAMS(P(description), P(group_id)));
}

const struct error *group_set_policy(
    struct db *db, int64_t group_id, const char *join_policy, bool findable, bool shares_history)
{
	return db_exec(db, SQL_SET_POLICY,
	    PARAMS(P(join_policy), P(findable), P(shares_history), P(group_id)));
}

const struct error *group_set_mute_all(struct db *db, int64_t group_id, bool on)
{
	return db_exec(db, SQL_SET_MUTE_ALL, PARAMS(P(on), P(group_id)));
}

const struct error *group_set_announcement(
    struct db *db, int64_t group_id, int64_t author_id, const char *text, int64_t at)
{
	TRY(db_exec(db, SQL_ANNOUNCE, PARAMS(P(text), P(author_id), P(at), P(group_id))));
	return group_mark_announcement(db, group_id, author_id, at);
}

const struct error *group_hearers(struct db *db, struct arena *arena, int64_t group_id,
    int64_t author_id, int64_t after, int64_t limit, struct id_list *hearers)
{
	return db_ids(db, arena, hearers, SQL_HEARERS,
	    PARAMS(P(author_id), P(author_id), P(group_id), P(after), P(author_id), P(limit)));
}

const struct error *group_mark_announcement(
    struct db *db, int64_t group_id, int64_t user_id, int64_t up_to)
{
	return db_exec(db, SQL_MARK_ANNOUNCEMENT, PARAMS(P(up_to), P(group_id), P(user_id)));
}
