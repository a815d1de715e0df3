/* SQL of friend requests. */
#include "friend_request_store.h"
#include "clock.h"
#include <string.h>

static const struct field friend_request_fields[] = {
    OUTPUT(struct friend_request, id),
    HIDDEN(struct friend_request, from_id),
    HIDDEN(struct friend_request, to_id),
    OUTPUT(struct friend_request, message),
    HIDDEN(struct friend_request, remark),
    OUTPUT(struct friend_request, status),
    OUTPUT(struct friend_request, created_at),
    OUTPUT(struct friend_request, answered_at),
};
const struct record friend_request_record = RECORD(struct friend_request, friend_request_fields);

/* An open request that nobody answered for 30 days is as good as answered.  Its row says so once
 * the two meet again: until then only the clock knows. */
#define LIFE_MS (INT64_C(30) * 24 * 3600 * 1000)

static int64_t oldest_open(void)
{
	return clock_wall_ms() - LIFE_MS;
}

/* Takes oldest_open() as a parameter. */
#define STATUS "CASE WHEN pending = 1 AND created_at < ? THEN 'expired' ELSE status END"
#define SELECT                                                             \
	"SELECT id, from_id, to_id, message, remark, " STATUS " AS status" \
	", created_at, answered_at FROM friend_request"

static const char SQL_LOAD[] = SELECT " WHERE id = ? AND ? IN (from_id, to_id)";

static const char SQL_LATEST[] = SELECT " WHERE from_id = ? AND to_id = ? ORDER BY id DESC LIMIT 1";

static const char SQL_INSERT[] =
    "INSERT INTO friend_request (from_id, to_id, message, remark, status, pending, created_at)"
    " VALUES (?, ?, ?, ?, 'pending', 1, ?)";

static const char SQL_SET_STATUS[] =
    "UPDATE friend_request SET status = ?, pending = NULL, answered_at = ? WHERE id = ?";

static const char SQL_REWORD[] = "UPDATE friend_request SET message = COALESCE(?, message),"
				 " remark = COALESCE(?, remark) WHERE id = ?";

static const char SQL_EXPIRE[] =
    "UPDATE friend_request SET status = 'expired', pending = NULL"
    " WHERE pending = 1 AND created_at < ?"
    " AND ((from_id = ? AND to_id = ?) OR (from_id = ? AND to_id = ?))";

static const char SQL_DECLINE[] =
    "UPDATE friend_request SET status = 'declined', pending = NULL, answered_at = ?"
    " WHERE from_id = ? AND to_id = ? AND pending = 1";

static const char SQL_WITHDRAW[] =
    "UPDATE friend_request SET status = 'withdrawn', pending = NULL, answered_at = ?"
    " WHERE from_id = ? AND to_id = ? AND pending = 1";

static const char SQL_WELCOME[] = "SELECT takes_requests FROM user WHERE id = ?";

static const char SQL_INBOX[] =
    SELECT " WHERE to_id = ? AND id < ? AND (? IS NULL OR " STATUS " = ?)"
	   " ORDER BY id DESC LIMIT ?";

static const char SQL_OUTBOX[] =
    SELECT " WHERE from_id = ? AND id < ? AND (? IS NULL OR " STATUS " = ?)"
	   " ORDER BY id DESC LIMIT ?";

const struct error *friend_request_load(
    struct db *db, struct arena *arena, int64_t id, int64_t user_id, struct friend_request *request)
{
	return db_one(db, arena, &friend_request_record, request, SQL_LOAD,
	    PARAMS(P(oldest_open()), P(id), P(user_id)));
}

const struct error *friend_request_latest(struct db *db, struct arena *arena, int64_t from_id,
    int64_t to_id, struct friend_request *request)
{
	const struct error *error = db_one(db, arena, &friend_request_record, request, SQL_LATEST,
	    PARAMS(P(oldest_open()), P(from_id), P(to_id)));

	if (!error_is(error, FAIL(NOT_FOUND)))
		return error;
	*request = (struct friend_request){.status = NULL};
	return NULL;
}

static const char *text_or_empty(const char *text)
{
	return text != NULL ? text : "";
}

const struct error *friend_request_insert(
    struct db *db, int64_t from_id, const struct friend_request_draft *draft, int64_t *id)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(from_id), P(draft->user_id), P(text_or_empty(draft->message)),
		P(text_or_empty(draft->remark)), P(clock_wall_ms()))));
	*id = db_insert_id(db);
	return NULL;
}

const struct error *friend_request_reword(
    struct db *db, int64_t id, const char *message, const char *remark, bool *changed)
{
	TRY(db_exec(db, SQL_REWORD, PARAMS(P(message), P(remark), P(id))));
	*changed = db_affected(db) > 0;
	return NULL;
}

const struct error *friend_request_expire(struct db *db, int64_t one, int64_t other)
{
	return db_exec(
	    db, SQL_EXPIRE, PARAMS(P(oldest_open()), P(one), P(other), P(other), P(one)));
}

const struct error *friend_request_decline(struct db *db, int64_t from_id, int64_t to_id)
{
	return db_exec(db, SQL_DECLINE, PARAMS(P(clock_wall_ms()), P(from_id), P(to_id)));
}

const struct error *friend_request_withdraw(
    struct db *db, int64_t from_id, int64_t to_id, bool *withdrawn)
{
	TRY(db_exec(db, SQL_WITHDRAW, PARAMS(P(clock_wall_ms()), P(from_id), P(to_id))));
	*withdrawn = db_affected(db) > 0;
	return NULL;
}

const struct error *friend_request_welcome(struct db *db, int64_t to_id, bool *welcome)
{
	int64_t takes_requests;

	TRY(db_int(db, &takes_requests, SQL_WELCOME, PARAMS(P(to_id))));
	*welcome = takes_requests == 1;
	return NULL;
}

const struct error *friend_request_set_status(struct db *db, int64_t id, const char *status)
{
	return db_exec(db, SQL_SET_STATUS, PARAMS(P(status), P(clock_wall_ms()), P(id)));
}

const struct error *friend_request_page(
    struct request *req, const struct friend_request_query *query, int64_t limit, struct rows *page)
{
	bool out = query->box != NULL && strcmp(query->box, "out") == 0;
	int64_t oldest = oldest_open();
	int64_t before = query->before != ABSENT ? query->before : INT64_MAX;

	return db_rows(req->db, req->arena, &friend_request_record, page,
	    out ? SQL_OUTBOX : SQL_INBOX,
	    PARAMS(P(oldest), P(req->user_id), P(before), P(query->status), P(oldest),
		P(query->status), P(limit)));
}
