/* The rows of membership, with everything that has to stay in step with them.
 *
 * A mute would be worth nothing if leaving ended it, so what has to outlive a member's row goes
 * into one of former_member, until they are back. */
#include "membership.h"
#include "clock.h"
#include "conversation.h"

#define WANTED "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"

static const char SQL_STRANGERS[] =
    "SELECT DISTINCT user.id AS user_id FROM " WANTED
    " STRAIGHT_JOIN user ON user.id = wanted.id AND user.deleted_at IS NULL"
    " AND user.suspended_at IS NULL"
    " LEFT JOIN member ON member.conversation_id = ? AND member.user_id = user.id"
    " WHERE member.user_id IS NULL ORDER BY user.id";

static const char SQL_MEMBERS[] =
    "SELECT DISTINCT member.user_id FROM " WANTED
    " STRAIGHT_JOIN member ON member.conversation_id = ? AND member.user_id = wanted.id"
    " ORDER BY member.user_id";

static const char SQL_ADD[] =
    "INSERT INTO member (conversation_id, user_id, join_seq, read_seq, read_ordinal,"
    " delivered_seq, muted_until, cleared_seq, joined_at)"
    " SELECT ?, wanted.id, ?, ?, ?, ?, COALESCE(former_member.muted_until, 0),"
    " COALESCE(former_member.cleared_seq, 0), ? FROM " WANTED
    " LEFT JOIN former_member ON former_member.conversation_id = ?"
    " AND former_member.user_id = wanted.id";

static const char SQL_FORGET[] = "DELETE former_member FROM " WANTED " STRAIGHT_JOIN former_member"
				 " ON former_member.conversation_id = ?"
				 " AND former_member.user_id = wanted.id";

static const char SQL_REMEMBER[] =
    "INSERT INTO former_member (conversation_id, user_id, muted_until, cleared_seq)"
    " SELECT member.conversation_id, member.user_id, member.muted_until, member.cleared_seq"
    " FROM " WANTED
    " STRAIGHT_JOIN member ON member.conversation_id = ? AND member.user_id = wanted.id"
    " WHERE member.muted_until > ? OR member.cleared_seq > 0";

static const char SQL_REMOVE[] = "DELETE member FROM " WANTED " STRAIGHT_JOIN member"
				 " ON member.conversation_id = ? AND member.user_id = wanted.id";

static const char SQL_ACCEPT_PENDING[] =
    "UPDATE " WANTED " STRAIGHT_JOIN group_request ON group_request.group_id = ?"
    " AND group_request.user_id = wanted.id AND group_request.pending = 1"
    " SET group_request.status = 'accepted', group_request.pending = NULL,"
    " group_request.answered_at = ?, group_request.answered_by = ?";

static const char SQL_END_LINKS[] =
    "UPDATE " WANTED " STRAIGHT_JOIN group_link ON group_link.group_id = ?"
    " AND group_link.creator_id = wanted.id SET group_link.revoked_at = ?"
    " WHERE group_link.revoked_at IS NULL";

static const char SQL_END_INVITATIONS[] =
    "UPDATE " WANTED " STRAIGHT_JOIN group_request ON group_request.group_id = ?"
    " AND group_request.inviter_id = wanted.id AND group_request.pending = 1"
    " AND group_request.awaits = 'user'"
    " SET group_request.status = 'expired', group_request.pending = NULL";

static const char SQL_COUNT[] =
    "UPDATE chat_group SET member_count = member_count + ? WHERE id = ?";

/* `sql` asks for those of `users` who are, or are not, members of the group. */
static const struct error *select_people(struct db *db, struct arena *arena, const char *sql,
    const struct group *group, struct id_list users, struct id_list *found)
{
	return db_ids(db, arena, found, sql,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(group->id)));
}

static const struct error *count_members(struct db *db, struct group *group, int64_t change)
{
	group->member_count += change;
	TRY(db_exec(db, SQL_COUNT, PARAMS(P(change), P(group->id))));
	return conversation_change_members(db, group->id);
}

const struct error *membership_add(struct db *db, struct arena *arena, struct group *group,
    int64_t actor_id, struct id_list users, struct id_list *added)
{
	int64_t join_seq = group->shares_history ? 0 : group->last_seq;
	int64_t now = clock_wall_ms();
	const char *ids;

	TRY(select_people(db, arena, SQL_STRANGERS, group, users, added));
	if (added->count == 0)
		return NULL;
	if (group->member_count + (int64_t)added->count > group->member_limit)
		return FAIL(GROUP_FULL);
	ids = json_ids(arena, added->ids, added->count);
	TRY(db_exec(db, SQL_ADD,
	    PARAMS(P(group->id), P(join_seq), P(group->last_seq), P(group->last_ordinal),
		P(group->last_seq), P(now), P(ids), P(group->id))));
	TRY(db_exec(db, SQL_FORGET, PARAMS(P(ids), P(group->id))));
	TRY(db_exec(db, SQL_ACCEPT_PENDING, PARAMS(P(ids), P(group->id), P(now), P(actor_id))));
	return count_members(db, group, (int64_t)added->count);
}

const struct error *membership_end_offers(
    struct db *db, struct arena *arena, int64_t group_id, struct id_list users)
{
	const char *ids = json_ids(arena, users.ids, users.count);

	TRY(db_exec(db, SQL_END_LINKS, PARAMS(P(ids), P(group_id), P(clock_wall_ms()))));
	return db_exec(db, SQL_END_INVITATIONS, PARAMS(P(ids), P(group_id)));
}

const struct error *membership_remove(struct db *db, struct arena *arena, struct group *group,
    struct id_list users, struct id_list *removed)
{
	const char *ids;

	TRY(select_people(db, arena, SQL_MEMBERS, group, users, removed));
	if (removed->count == 0)
		return NULL;
	ids = json_ids(arena, removed->ids, removed->count);
	TRY(db_exec(db, SQL_REMEMBER, PARAMS(P(ids), P(group->id), P(clock_wall_ms()))));
	TRY(db_exec(db, SQL_REMOVE, PARAMS(P(ids), P(group->id))));
	TRY(membership_end_offers(db, arena, group->id, *removed));
	return count_members(db, group, -(int64_t)removed->count);
}
