/* Friendships as other parts of the system ask for them. */
#include "friendship.h"

static const char SQL_EXISTS[] = "SELECT 1 FROM friendship WHERE user_id = ? AND friend_id = ?";

static const char SQL_IDS[] =
    "SELECT friend_id FROM friendship WHERE user_id = ? ORDER BY friend_id";

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
