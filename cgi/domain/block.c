/* Blocks as other parts of the system ask for them. */
#include "block.h"

static const char SQL_BETWEEN[] = "SELECT 1 FROM block WHERE user_id = ? AND blocked_id = ?"
				  " UNION ALL"
				  " SELECT 1 FROM block WHERE user_id = ? AND blocked_id = ?";

static const char SQL_APART[] =
    "SELECT DISTINCT wanted.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
    " LEFT JOIN block theirs ON theirs.user_id = wanted.id AND theirs.blocked_id = ?"
    " LEFT JOIN block own ON own.user_id = ? AND own.blocked_id = wanted.id"
    " WHERE theirs.user_id IS NOT NULL OR own.user_id IS NOT NULL ORDER BY wanted.id";

const struct error *block_between(struct db *db, int64_t one, int64_t other, bool *blocked)
{
	return db_exists(db, blocked, SQL_BETWEEN, PARAMS(P(one), P(other), P(other), P(one)));
}

const struct error *block_apart(struct db *db, struct arena *arena, int64_t user_id,
    struct id_list users, struct id_list *apart)
{
	return db_ids(db, arena, apart, SQL_APART,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(user_id), P(user_id)));
}

bool block_has(const struct id_list *list, int64_t id)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->ids[middle] == id)
			return true;
		if (list->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
