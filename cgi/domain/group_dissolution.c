/* SQL of the end of groups. */
#include "group_dissolution.h"
#include "clock.h"

static const char SQL_DISSOLVE[] =
    "UPDATE chat_group STRAIGHT_JOIN conversation ON conversation.id = chat_group.id"
    " SET chat_group.dissolved_at = ?, conversation.dissolved = 1 WHERE chat_group.id = ?";
static const char SQL_DECLINE_ALL[] =
    "UPDATE group_request SET status = 'declined', pending = NULL, answered_at = ?"
    " WHERE group_id = ? AND pending = 1";
static const char SQL_REVOKE_ALL[] =
    "UPDATE group_link SET revoked_at = ? WHERE group_id = ? AND revoked_at IS NULL";

const struct error *group_set_dissolved(struct db *db, int64_t group_id)
{
	int64_t now = clock_wall_ms();

	TRY(db_exec(db, SQL_DISSOLVE, PARAMS(P(now), P(group_id))));
	TRY(db_exec(db, SQL_DECLINE_ALL, PARAMS(P(now), P(group_id))));
	return db_exec(db, SQL_REVOKE_ALL, PARAMS(P(now), P(group_id)));
}
