/* SQL of members of groups. */
#include "group_member_store.h"
#include "conversation.h"

static const struct field group_member_fields[] = {
    HIDDEN(struct group_member, user_id),
    OUTPUT(struct group_member, role),
    OUTPUT(struct group_member, nickname),
    OUTPUT(struct group_member, joined_at),
    OUTPUT(struct group_member, muted_until),
};
const struct record group_member_record = RECORD(struct group_member, group_member_fields);

static const struct field group_ranks_fields[] = {
    OUTPUT(struct group_ranks, owners),
    OUTPUT(struct group_ranks, admins),
};
static const struct record group_ranks_record = RECORD(struct group_ranks, group_ranks_fields);

#define WANTED "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
#define COLUMNS                                                           \
	"member.user_id, member.role, member.nickname, member.joined_at," \
	" member.muted_until"

static const char SQL_LOAD[] =
    "SELECT " COLUMNS " FROM member WHERE conversation_id = ? AND user_id = ?";

static const char SQL_ACTS[] = "SELECT 1 FROM user WHERE id = ? AND suspended_at IS NULL"
			       " AND deleted_at IS NULL LOCK IN SHARE MODE";

static const char SQL_PAGE[] = "SELECT " COLUMNS " FROM member"
			       " WHERE conversation_id = ? AND user_id > ?"
			       " ORDER BY user_id LIMIT ?";

static const char SQL_PAGE_OF_ROLE[] = "SELECT " COLUMNS " FROM member"
				       " WHERE conversation_id = ? AND role = ? AND user_id > ?"
				       " ORDER BY user_id LIMIT ?";

static const char SQL_FIND[] =
    "SELECT " COLUMNS " FROM (SELECT DISTINCT id FROM " WANTED ") wanted STRAIGHT_JOIN member"
    " ON member.conversation_id = ? AND member.user_id = wanted.id"
    " WHERE member.user_id > ? ORDER BY member.user_id LIMIT ?";

static const char SQL_RANKS[] =
    "SELECT COUNT(CASE WHEN member.role = 'owner' THEN 1 END) AS owners,"
    " COUNT(CASE WHEN member.role = 'admin' THEN 1 END) AS admins"
    " FROM " WANTED " STRAIGHT_JOIN member"
    " ON member.conversation_id = ? AND member.user_id = wanted.id";

static const char SQL_SET_ROLE[] =
    "UPDATE member SET role = ? WHERE conversation_id = ? AND user_id = ?";
static const char SQL_SET_NICKNAME[] =
    "UPDATE member SET nickname = ? WHERE conversation_id = ? AND user_id = ?";
static const char SQL_SET_MUTED[] =
    "UPDATE member SET muted_until = ? WHERE conversation_id = ? AND user_id = ?";

const struct error *group_member_load(struct db *db, struct arena *arena, int64_t group_id,
    int64_t user_id, struct group_member *member)
{
	return db_one(
	    db, arena, &group_member_record, member, SQL_LOAD, PARAMS(P(group_id), P(user_id)));
}

const struct error *group_member_acts(struct db *db, int64_t user_id, bool *acts)
{
	return db_exists(db, acts, SQL_ACTS, PARAMS(P(user_id)));
}

const struct error *group_member_page(
    struct request *req, int64_t group_id, int64_t after, int64_t limit, struct rows *page)
{
	return db_rows(req->db, req->arena, &group_member_record, page, SQL_PAGE,
	    PARAMS(P(group_id), P(after), P(limit)));
}

const struct error *group_member_page_of_role(struct request *req, int64_t group_id,
    const char *role, int64_t after, int64_t limit, struct rows *page)
{
	return db_rows(req->db, req->arena, &group_member_record, page, SQL_PAGE_OF_ROLE,
	    PARAMS(P(group_id), P(role), P(after), P(limit)));
}

const struct error *group_member_find(struct request *req, int64_t group_id, struct id_list ids,
    int64_t after, int64_t limit, struct rows *found)
{
	return db_rows(req->db, req->arena, &group_member_record, found, SQL_FIND,
	    PARAMS(P(json_ids(req->arena, ids.ids, ids.count)), P(group_id), P(after), P(limit)));
}

const struct error *group_member_ranks(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list users, struct group_ranks *ranks)
{
	return db_one(db, arena, &group_ranks_record, ranks, SQL_RANKS,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(group_id)));
}

const struct error *group_member_set_role(
    struct db *db, int64_t group_id, int64_t user_id, const char *role)
{
	TRY(db_exec(db, SQL_SET_ROLE, PARAMS(P(role), P(group_id), P(user_id))));
	return conversation_change_members(db, group_id);
}

const struct error *group_member_set_nickname(
    struct db *db, int64_t group_id, int64_t user_id, const char *nickname)
{
	return db_exec(db, SQL_SET_NICKNAME, PARAMS(P(nickname), P(group_id), P(user_id)));
}

const struct error *group_member_set_muted(
    struct db *db, int64_t group_id, int64_t user_id, int64_t until)
{
	TRY(db_exec(db, SQL_SET_MUTED, PARAMS(P(until), P(group_id), P(user_id))));
	return conversation_change_members(db, group_id);
}
