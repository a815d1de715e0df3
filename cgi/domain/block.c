/* Blocks as other parts of the system ask for them. */
#include "block.h"

static const char SQL_BETWEEN[] = "SELECT 1 FROM block WHERE user_id = ? AND blocked_id = ?"
				  " UNION ALL"
				  " SELECT 1 FROM block WHERE user_id = ? AND blocked_id = ?";

const struct error *block_between(struct db *db, int64_t one, int64_t other, bool *blocked)
{
	return db_exists(db, blocked, SQL_BETWEEN, PARAMS(P(one), P(other), P(other), P(one)));
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
