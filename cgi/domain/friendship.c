/* Friendships as other parts of the system ask for them. */
#include "friendship.h"

static const char SQL_EXISTS[] = "SELECT 1 FROM friendship WHERE user_id = ? AND friend_id = ?";

static const char SQL_IDS[] =
    "SELECT friend_id FROM friendship WHERE user_id = ? ORDER BY friend_id";

static const char SQL_NEAR_IDS[] =
    "SELECT friend_id FROM friendship"
    " LEFT JOIN block own ON own.user_id = friendship.user_id"
    " AND own.blocked_id = friendship.friend_id"
    " LEFT JOIN block theirs ON theirs.user_id = friendship.friend_id"
    " AND theirs.blocked_id = friendship.user_id"
    " WHERE friendship.user_id = ? AND own.user_id IS NULL AND theirs.user_id IS NULL"
    " ORDER BY friend_id";

const struct error *friendship_exists(
    struct db *db, int64_t user_id, int64_t friend_id, bool *exists)
{
	return db_exists(db, exists, SQL_EXISTS, PARAMS(P(user_id), P(friend_id)));
}

const struct error *friendship_ids(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends)
{
	return db_ids(db, arena, friends, SQL_IDS, PARAMS(P(user_id)));
}

const struct error *friendship_near_ids(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends)
{
	return db_ids(db, arena, friends, SQL_NEAR_IDS, PARAMS(P(user_id)));
}
