/* SQL of leaving all groups. */
#include "parting_from_groups_store.h"

static const char SQL_NEXT[] = "SELECT chat_group.id FROM member STRAIGHT_JOIN chat_group"
			       " ON chat_group.id = member.conversation_id WHERE member.user_id = ?"
			       " ORDER BY member.conversation_id LIMIT 1";

static const char SQL_NEXT_REQUEST[] = "SELECT group_id FROM group_request WHERE user_id = ?"
				       " ORDER BY group_id LIMIT 1";

static const char SQL_HEIR[] =
    "SELECT member.user_id FROM member STRAIGHT_JOIN user ON user.id = member.user_id"
    " AND user.deleted_at IS NULL WHERE member.conversation_id = ? AND member.user_id <> ?"
    " ORDER BY user.suspended_at IS NOT NULL, member.role <> 'admin', member.joined_at,"
    " member.user_id LIMIT 1";

static const char SQL_HOLD_HEIR[] =
    "SELECT 1 FROM user WHERE id = ? AND deleted_at IS NULL LOCK IN SHARE MODE";

static const char SQL_FORGET_MENTIONS[] =
    "DELETE FROM mention WHERE conversation_id = ? AND user_id = ?";
static const char SQL_FORGET_HIDDEN[] =
    "DELETE FROM hidden_message WHERE conversation_id = ? AND user_id = ?";
static const char SQL_FORGET_REQUESTS[] =
    "DELETE FROM group_request WHERE group_id = ? AND user_id = ?";

static const char SQL_SCRUB[] =
    "UPDATE chat_group SET name = '', name_key = '', avatar = NULL, description = '',"
    " announcement = '', announced_by = NULL, announced_at = NULL WHERE id = ?";

static const char SQL_FORGET_FORMER[] = "DELETE FROM former_member WHERE user_id = ?";
static const char SQL_FORGET_FOUNDINGS[] = "DELETE FROM group_founding WHERE founder_id = ?";

const struct error *parting_next(struct db *db, int64_t user_id, int64_t *group_id)
{
	return db_int(db, group_id, SQL_NEXT, PARAMS(P(user_id)));
}

const struct error *parting_next_request(struct db *db, int64_t user_id, int64_t *group_id)
{
	return db_int(db, group_id, SQL_NEXT_REQUEST, PARAMS(P(user_id)));
}

const struct error *parting_heir(
    struct db *db, int64_t group_id, int64_t user_id, int64_t *heir, bool *again)
{
	bool living;

	*again = false;
	TRY(db_int(db, heir, SQL_HEIR, PARAMS(P(group_id), P(user_id))));
	if (*heir == ABSENT)
		return NULL;
	TRY(db_exists(db, &living, SQL_HOLD_HEIR, PARAMS(P(*heir))));
	*again = !living;
	return NULL;
}

const struct error *parting_forget(struct db *db, int64_t group_id, int64_t user_id)
{
	TRY(db_exec(db, SQL_FORGET_MENTIONS, PARAMS(P(group_id), P(user_id))));
	return db_exec(db, SQL_FORGET_HIDDEN, PARAMS(P(group_id), P(user_id)));
}

const struct error *parting_forget_requests(struct db *db, int64_t group_id, int64_t user_id)
{
	return db_exec(db, SQL_FORGET_REQUESTS, PARAMS(P(group_id), P(user_id)));
}

const struct error *parting_scrub(struct db *db, int64_t group_id)
{
	return db_exec(db, SQL_SCRUB, PARAMS(P(group_id)));
}

const struct error *parting_forget_rest(struct db *db, int64_t user_id)
{
	TRY(db_exec(db, SQL_FORGET_FORMER, PARAMS(P(user_id))));
	return db_exec(db, SQL_FORGET_FOUNDINGS, PARAMS(P(user_id)));
}
