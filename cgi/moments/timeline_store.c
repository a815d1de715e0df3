/* SQL of how far somebody has seen their feed. */
#include "timeline_store.h"

static const char SQL_SEE[] =
    "UPDATE user SET moment_seen = GREATEST(moment_seen,"
    " LEAST(?, (SELECT COALESCE(MAX(moment_id), 0) FROM moment_feed WHERE user_id = ?)))"
    " WHERE id = ?";

const struct error *timeline_see(struct db *db, int64_t user_id, int64_t up_to)
{
	return db_exec(db, SQL_SEE, PARAMS(P(up_to), P(user_id), P(user_id)));
}
