/* SQL of who sees whose posts. */
#include "privacy_store.h"

static const struct field privacy_fields[] = {
    HIDDEN(struct privacy, other_id),
    OUTPUT(struct privacy, hide_mine),
    OUTPUT(struct privacy, hide_theirs),
};
const struct record privacy_record = RECORD(struct privacy, privacy_fields);

static const char SQL_DAYS[] = "SELECT moment_days FROM user WHERE id = ?";
static const char SQL_SET_DAYS[] = "UPDATE user SET moment_days = ? WHERE id = ?";

static const char SQL_LOAD[] = "SELECT other_id, hide_mine, hide_theirs FROM moment_privacy"
			       " WHERE user_id = ? AND other_id = ?";

static const char SQL_PAGE[] = "SELECT other_id, hide_mine, hide_theirs FROM moment_privacy"
			       " WHERE user_id = ? AND other_id > ? ORDER BY other_id LIMIT ?";

static const char SQL_LOCK[] = "SELECT id FROM user WHERE id = ? FOR UPDATE";

static const char SQL_CHANGE[] =
    "INSERT INTO moment_privacy (user_id, other_id, hide_mine, hide_theirs)"
    " VALUES (?, ?, COALESCE(?, 0), COALESCE(?, 0)) ON DUPLICATE KEY UPDATE"
    " hide_mine = COALESCE(?, hide_mine), hide_theirs = COALESCE(?, hide_theirs)";

static const char SQL_FORGET[] = "DELETE FROM moment_privacy WHERE user_id = ? AND other_id = ?"
				 " AND hide_mine = 0 AND hide_theirs = 0";

const struct error *privacy_days(struct db *db, int64_t user_id, int64_t *days)
{
	return db_int(db, days, SQL_DAYS, PARAMS(P(user_id)));
}

const struct error *privacy_set_days(struct db *db, int64_t user_id, int64_t days)
{
	return db_exec(db, SQL_SET_DAYS, PARAMS(P(days), P(user_id)));
}

const struct error *privacy_load(struct request *req, int64_t other_id, struct privacy *privacy)
{
	struct rows found;

	*privacy = (struct privacy){other_id, false, false};
	TRY(db_rows(req->db, req->arena, &privacy_record, &found, SQL_LOAD,
	    PARAMS(P(req->user_id), P(other_id))));
	if (found.count > 0)
		*privacy = *ROW(struct privacy, &found, 0);
	return NULL;
}

const struct error *privacy_page(
    struct request *req, int64_t after, int64_t limit, struct rows *people)
{
	return db_rows(req->db, req->arena, &privacy_record, people, SQL_PAGE,
	    PARAMS(P(req->user_id), P(after), P(limit)));
}

const struct error *privacy_lock(struct db *db, int64_t user_id)
{
	bool exists;

	return db_exists(db, &exists, SQL_LOCK, PARAMS(P(user_id)));
}

const struct error *privacy_change(
    struct db *db, int64_t user_id, int64_t other_id, const struct privacy_change *change)
{
	int64_t mine = change->hide_mine, theirs = change->hide_theirs;

	TRY(db_exec(db, SQL_CHANGE,
	    PARAMS(P(user_id), P(other_id), P(mine), P(theirs), P(mine), P(theirs))));
	return db_exec(db, SQL_FORGET, PARAMS(P(user_id), P(other_id)));
}
