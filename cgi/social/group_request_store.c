/* SQL of requests to join groups. */
#include "group_request_store.h"
#include "clock.h"
#include <string.h>

static const struct field group_request_fields[] = {
    OUTPUT(struct group_request, id),
    OUTPUT(struct group_request, group_id),
    HIDDEN(struct group_request, user_id),
    HIDDEN(struct group_request, inviter_id),
    HIDDEN(struct group_request, own_wish),
    OUTPUT(struct group_request, awaits),
    OUTPUT(struct group_request, message),
    OUTPUT(struct group_request, status),
    OUTPUT(struct group_request, created_at),
    OUTPUT(struct group_request, answered_at),
    OUTPUT(struct group_request, answered_by),
};
const struct record group_request_record = RECORD(struct group_request, group_request_fields);

/* The first parameter of whatever selects these: what is older than that and pending is expired. */
#define COLUMNS                                                           \
	"id, group_id, user_id, inviter_id, own_wish, awaits, message,"   \
	" CASE WHEN status = 'pending' AND created_at < ? THEN 'expired'" \
	" ELSE status END AS status, created_at, answered_at, answered_by"

static const char SQL_LOAD[] =
    "SELECT " COLUMNS " FROM group_request WHERE id = ? AND group_id = ?";

static const char SQL_PENDING[] =
    "SELECT " COLUMNS " FROM group_request"
    " WHERE group_id = ? AND user_id = ? AND pending = 1 AND created_at >= ?";

static const char SQL_ENDED_AT[] =
    "SELECT MAX(answered_at) FROM group_request WHERE group_id = ? AND user_id = ?"
    " AND awaits = 'admins' AND (inviter_id IS NULL OR own_wish = 1) AND status = ?";

static const char SQL_EXPIRE[] =
    "UPDATE group_request SET status = 'expired', pending = NULL"
    " WHERE group_id = ? AND user_id = ? AND pending = 1 AND created_at < ?";

static const char SQL_INSERT[] =
    "INSERT INTO group_request (group_id, user_id, awaits, message, status, pending, created_at)"
    " VALUES (?, ?, 'admins', COALESCE(?, ''), 'pending', 1, ?)";

static const char SQL_ADOPT[] =
    "UPDATE group_request SET own_wish = 1, message = COALESCE(?, message) WHERE id = ?";

static const char SQL_END[] =
    "UPDATE group_request SET status = ?, pending = NULL, answered_at = ?,"
    " answered_by = ? WHERE id = ?";

#define BETWEEN                                  \
	" WHERE pending = 1 AND own_wish = 0"    \
	" AND ((user_id = ? AND inviter_id = ?)" \
	" OR (user_id = ? AND inviter_id = ?))"

static const char SQL_GROUPS_BETWEEN[] =
    "SELECT DISTINCT group_id FROM group_request" BETWEEN " ORDER BY group_id";

static const char SQL_WITHDRAW_BETWEEN[] =
    "UPDATE group_request SET status = 'expired', pending = NULL" BETWEEN;

static const char SQL_JUDGES[] =
    "SELECT member.user_id FROM member LEFT JOIN block"
    " ON block.user_id = member.user_id AND block.blocked_id = ?"
    " WHERE member.conversation_id = ? AND member.role IN ('admin', 'owner')"
    " AND block.user_id IS NULL ORDER BY member.user_id";

#define PAGE                                                       \
	"SELECT " COLUMNS " FROM group_request WHERE group_id = ?" \
	" AND awaits = 'admins' AND id < ?"

static const char SQL_PAGE[] = PAGE " AND status = ? ORDER BY id DESC LIMIT ?";

static const char SQL_PAGE_PENDING[] =
    PAGE " AND status = 'pending' AND created_at >= ? ORDER BY id DESC LIMIT ?";

/* Those that were found to be, and those that just became too old. */
static const char SQL_PAGE_EXPIRED[] =
    "(" PAGE " AND status = 'expired' ORDER BY id DESC LIMIT ?) UNION ALL"
    " (" PAGE " AND status = 'pending' AND created_at < ? ORDER BY id DESC LIMIT ?)"
    " ORDER BY id DESC LIMIT ?";

static int64_t oldest_alive(void)
{
	return clock_wall_ms() - GROUP_REQUEST_LIFE;
}

const struct error *group_request_load(
    struct db *db, struct arena *arena, int64_t group_id, int64_t id, struct group_request *request)
{
	return db_one(db, arena, &group_request_record, request, SQL_LOAD,
	    PARAMS(P(oldest_alive()), P(id), P(group_id)));
}

const struct error *group_request_pending(struct db *db, struct arena *arena, int64_t group_id,
    int64_t user_id, struct group_request *request)
{
	int64_t oldest = oldest_alive();

	return db_one(db, arena, &group_request_record, request, SQL_PENDING,
	    PARAMS(P(oldest), P(group_id), P(user_id), P(oldest)));
}

const struct error *group_request_ended_at(
    struct db *db, int64_t group_id, int64_t user_id, const char *status, int64_t *ended_at)
{
	return db_int(db, ended_at, SQL_ENDED_AT, PARAMS(P(group_id), P(user_id), P(status)));
}

const struct error *group_request_expire(struct db *db, int64_t group_id, int64_t user_id)
{
	return db_exec(db, SQL_EXPIRE, PARAMS(P(group_id), P(user_id), P(oldest_alive())));
}

const struct error *group_request_insert(
    struct db *db, int64_t group_id, int64_t user_id, const char *message, int64_t *id)
{
	TRY(db_exec(
	    db, SQL_INSERT, PARAMS(P(group_id), P(user_id), P(message), P(clock_wall_ms()))));
	*id = db_insert_id(db);
	return NULL;
}

const struct error *group_request_adopt(struct db *db, int64_t id, const char *message)
{
	return db_exec(db, SQL_ADOPT, PARAMS(P(message), P(id)));
}

const struct error *group_request_end(struct db *db, int64_t id, const char *status, int64_t by)
{
	return db_exec(db, SQL_END, PARAMS(P(status), P(clock_wall_ms()), P(by), P(id)));
}

const struct error *group_request_groups_between(
    struct db *db, struct arena *arena, int64_t one, int64_t other, struct id_list *groups)
{
	return db_ids(
	    db, arena, groups, SQL_GROUPS_BETWEEN, PARAMS(P(one), P(other), P(other), P(one)));
}

const struct error *group_request_withdraw_between(struct db *db, int64_t one, int64_t other)
{
	return db_exec(db, SQL_WITHDRAW_BETWEEN, PARAMS(P(one), P(other), P(other), P(one)));
}

const struct error *group_request_judges(
    struct db *db, struct arena *arena, int64_t group_id, int64_t about, struct id_list *judges)
{
	return db_ids(db, arena, judges, SQL_JUDGES, PARAMS(P(about), P(group_id)));
}

const struct error *group_request_page(struct request *req, int64_t group_id,
    const struct group_request_query *query, int64_t limit, struct rows *page)
{
	const char *status = query->status != NULL ? query->status : "pending";
	int64_t before = query->before != ABSENT ? query->before : INT64_MAX;
	int64_t oldest = oldest_alive();

	if (strcmp(status, "pending") == 0)
		return db_rows(req->db, req->arena, &group_request_record, page, SQL_PAGE_PENDING,
		    PARAMS(P(oldest), P(group_id), P(before), P(oldest), P(limit)));
	if (strcmp(status, "expired") == 0)
		return db_rows(req->db, req->arena, &group_request_record, page, SQL_PAGE_EXPIRED,
		    PARAMS(P(oldest), P(group_id), P(before), P(limit), P(oldest), P(group_id),
			P(before), P(oldest), P(limit), P(limit)));
	return db_rows(req->db, req->arena, &group_request_record, page, SQL_PAGE,
	    PARAMS(P(oldest), P(group_id), P(before), P(status), P(limit)));
}
