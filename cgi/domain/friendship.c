/* Friendships as other parts of the system ask for them. */
#include "friendship.h"

struct friend_row {
	int64_t friend_id;
};

static const struct field friend_row_fields[] = {OUTPUT(struct friend_row, friend_id)};
static const struct record friend_row_record = RECORD(struct friend_row, friend_row_fields);

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
	struct rows rows;
	int64_t *ids;

	TRY(db_rows(db, arena, &friend_row_record, &rows, SQL_IDS, PARAMS(P(user_id))));
	ids = arena_array(arena, rows.count, sizeof(*ids));
	for (size_t i = 0; i < rows.count; i++)
		ids[i] = ROW(struct friend_row, &rows, i)->friend_id;
	*friends = (struct id_list){ids, rows.count};
	return NULL;
}
