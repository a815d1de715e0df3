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

struct judge {
	int64_t group_id;
	int64_t user_id;
};

static const struct field judge_fields[] = {
    OUTPUT(struct judge, group_id),
    OUTPUT(struct judge, user_id),
};
static const struct record judge_record = RECORD(struct judge, judge_fields);

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

#define BETWEEN                                                              \
	" WHERE group_request.pending = 1 AND group_request.own_wish = 0"    \
	" AND ((group_request.user_id = ? AND group_request.inviter_id = ?)" \
	" OR (group_request.user_id = ? AND group_request.inviter_id = ?))"

static const char SQL_INVITED_BETWEEN[] =
    "SELECT DISTINCT group_request.user_id FROM group_request" BETWEEN
    " AND group_request.awaits = 'user' ORDER BY group_request.user_id";

static const char SQL_JUDGES_BETWEEN[] =
    "SELECT DISTINCT group_request.group_id, member.user_id FROM group_request"
    " STRAIGHT_JOIN member ON member.conversation_id = group_request.group_id"
    " AND member.role IN ('admin', 'owner') AND member.user_id <> ?" BETWEEN
    " AND group_request.awaits = 'admins' ORDER BY group_request.group_id, member.user_id";

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

const struct error *group_waiting_between(struct db *db, struct arena *arena, int64_t one,
    int64_t other, struct group_waiting_between *waiting)
{
	TRY(db_ids(db, arena, &waiting->invited, SQL_INVITED_BETWEEN,
	    PARAMS(P(one), P(other), P(other), P(one))));
	return db_rows(db, arena, &judge_record, &waiting->judges, SQL_JUDGES_BETWEEN,
	    PARAMS(P(other), P(one), P(other), P(other), P(one)));
}

void group_waiting_tell(struct request *req, int64_t group_id, const struct group_waiting *waiting)
{
	waiting_list_tell_judges(req, group_id, waiting->judges);
	waiting_list_tell_invited(req, waiting->invited);
}

void group_waiting_between_tell(struct request *req, const struct group_waiting_between *waiting)
{
	const struct rows *judges = &waiting->judges;
	int64_t *ids = arena_array(req->arena, judges->count, sizeof(*ids));
	size_t first = 0;

	for (size_t i = 0; i < judges->count; i++) {
		int64_t group_id = ROW(struct judge, judges, i)->group_id;

		ids[i] = ROW(struct judge, judges, i)->user_id;
		if (i + 1 < judges->count && ROW(struct judge, judges, i + 1)->group_id == group_id)
			continue;
		waiting_list_tell_judges(
		    req, group_id, (struct id_list){ids + first, i + 1 - first});
		first = i + 1;
	}
	waiting_list_tell_invited(req, waiting->invited);
}
