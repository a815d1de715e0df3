/* Whose lists change when something in a group waits for an answer no longer. */
#include "group_waiting.h"
#include "waiting_list.h"
#include <string.h>

struct waiting {
	int64_t user_id;
	const char *awaits;
};

static const struct field waiting_fields[] = {
    OUTPUT(struct waiting, user_id),
    OUTPUT(struct waiting, awaits),
};
static const struct record waiting_record = RECORD(struct waiting, waiting_fields);

#define WANTED "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"

static const char SQL_ABOUT[] =
    "SELECT group_request.user_id, group_request.awaits FROM " WANTED
    " STRAIGHT_JOIN group_request ON group_request.group_id = ?"
    " AND group_request.user_id = wanted.id AND group_request.pending = 1"
    " ORDER BY group_request.user_id";

static const char SQL_BY[] =
    "SELECT group_request.user_id, group_request.awaits FROM " WANTED
    " STRAIGHT_JOIN group_request ON group_request.group_id = ?"
    " AND group_request.inviter_id = wanted.id AND group_request.pending = 1"
    " WHERE group_request.awaits = 'user' ORDER BY group_request.user_id";

static const char SQL_ALL[] =
    "SELECT user_id, awaits FROM group_request WHERE group_id = ? AND awaits = 'user'"
    " AND status = 'pending' ORDER BY user_id";

static const char SQL_JUDGES[] = "SELECT user_id FROM member WHERE conversation_id = ?"
				 " AND role IN ('admin', 'owner') ORDER BY user_id";

static const struct error *sort_waiting(struct db *db, struct arena *arena, int64_t group_id,
    const struct rows *rows, struct group_waiting *waiting)
{
	int64_t *invited = arena_array(arena, rows->count, sizeof(*invited));
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct waiting *one = ROW(struct waiting, rows, i);

		if (strcmp(one->awaits, "user") == 0)
			invited[count++] = one->user_id;
	}
	*waiting = (struct group_waiting){.invited = {invited, count}};
	return count < rows->count
		   ? db_ids(db, arena, &waiting->judges, SQL_JUDGES, PARAMS(P(group_id)))
		   : NULL;
}

const struct error *group_waiting_about(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list users, struct group_waiting *waiting)
{
	struct rows rows;

	TRY(db_rows(db, arena, &waiting_record, &rows, SQL_ABOUT,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(group_id))));
	return sort_waiting(db, arena, group_id, &rows, waiting);
}

const struct error *group_waiting_by(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list inviters, struct group_waiting *waiting)
{
	struct rows rows;

	TRY(db_rows(db, arena, &waiting_record, &rows, SQL_BY,
	    PARAMS(P(json_ids(arena, inviters.ids, inviters.count)), P(group_id))));
	return sort_waiting(db, arena, group_id, &rows, waiting);
}

const struct error *group_waiting_all(
    struct db *db, struct arena *arena, int64_t group_id, struct group_waiting *waiting)
{
	struct rows rows;

	TRY(db_rows(db, arena, &waiting_record, &rows, SQL_ALL, PARAMS(P(group_id))));
	return sort_waiting(db, arena, group_id, &rows, waiting);
}

void group_waiting_tell(struct request *req, int64_t group_id, const struct group_waiting *waiting)
{
	waiting_list_tell_judges(req, group_id, waiting->judges);
	waiting_list_tell_invited(req, waiting->invited);
}
