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

#define COLUMNS "id, from_id, to_id, message, remark, status, created_at, answered_at"

static const char SQL_LOAD[] = "SELECT " COLUMNS " FROM friend_request"
			       " WHERE id = ? AND ? IN (from_id, to_id)";

static const char SQL_PENDING[] = "SELECT " COLUMNS " FROM friend_request"
				  " WHERE from_id = ? AND to_id = ? AND pending = 1";

static const char SQL_INSERT[] =
    "INSERT INTO friend_request (from_id, to_id, message, remark, status, pending, created_at)"
    " VALUES (?, ?, ?, ?, 'pending', 1, ?)";

static const char SQL_SET_STATUS[] =
    "UPDATE friend_request SET status = ?, pending = NULL, answered_at = ? WHERE id = ?";

static const char SQL_INBOX[] =
    "SELECT " COLUMNS " FROM friend_request"
    " WHERE to_id = ? AND id < ? AND (? IS NULL OR status = ?) ORDER BY id DESC LIMIT ?";

static const char SQL_OUTBOX[] =
    "SELECT " COLUMNS " FROM friend_request"
    " WHERE from_id = ? AND id < ? AND (? IS NULL OR status = ?) ORDER BY id DESC LIMIT ?";

const struct error *friend_request_load(
    struct db *db, struct arena *arena, int64_t id, int64_t user_id, struct friend_request *request)
{
	return db_one(
	    db, arena, &friend_request_record, request, SQL_LOAD, PARAMS(P(id), P(user_id)));
}

const struct error *friend_request_pending(struct db *db, struct arena *arena, int64_t from_id,
    int64_t to_id, struct friend_request *request)
{
	return db_one(
	    db, arena, &friend_request_record, request, SQL_PENDING, PARAMS(P(from_id), P(to_id)));
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

const struct error *friend_request_set_status(struct db *db, int64_t id, const char *status)
{
	return db_exec(db, SQL_SET_STATUS, PARAMS(P(status), P(clock_wall_ms()), P(id)));
}

const struct error *friend_request_page(
    struct request *req, const struct friend_request_query *query, int64_t limit, struct rows *page)
{
	bool out = query->box != NULL && strcmp(query->box, "out") == 0;
	int64_t before = query->before != ABSENT ? query->before : INT64_MAX;

	return db_rows(req->db, req->arena, &friend_request_record, page,
	    out ? SQL_OUTBOX : SQL_INBOX,
	    PARAMS(P(req->user_id), P(before), P(query->status), P(query->status), P(limit)));
}
