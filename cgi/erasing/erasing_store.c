/* SQL of the progress of erasing. */
#include "erasing_store.h"

static const struct field erasing_fields[] = {
    HIDDEN(struct erasing, step),
    HIDDEN(struct erasing, again),
    HIDDEN(struct erasing, started_at),
};
static const struct record erasing_record = RECORD(struct erasing, erasing_fields);

static const char SQL_PERSON_LOCK[] =
    "SELECT id FROM user WHERE id = ? AND deleted_at IS NULL"
    " AND (? IS NULL OR (erase_at <= ? AND suspended_at IS NULL)) FOR UPDATE";

static const char SQL_NAME_KEEP[] =
    "INSERT INTO erased_name (hash) SELECT UNHEX(SHA2(username_key, 256)) FROM user WHERE id = ?"
    " ON DUPLICATE KEY UPDATE erased_name.hash = erased_name.hash";

/* The key is of a form that no name has, so that it is in nobody's way. */
static const char SQL_PERSON_SCRUB[] =
    "UPDATE user SET username = '', username_key = CONCAT('~', id), nickname = '',"
    " nickname_key = '', phone = NULL, email = NULL, email_key = NULL, password = '',"
    " avatar = NULL, bio = '', gender = '', birthday = NULL, region = '', settings = NULL,"
    " last_seen_at = NULL, suspended_at = NULL, erase_at = NULL, shows_presence = 0,"
    " deleted_at = ? WHERE id = ?";

static const char SQL_INSERT[] =
    "INSERT INTO erasing (user_id, step, again, started_at, due_at) VALUES (?, ?, 0, ?, ?)";
static const char SQL_EXISTS[] = "SELECT 1 FROM erasing WHERE user_id = ?";
static const char SQL_HOLD[] = "SELECT step, again, started_at FROM erasing"
			       " WHERE user_id = ? AND due_at <= ? FOR UPDATE SKIP LOCKED";
static const char SQL_IS_DUE[] = "SELECT 1 FROM erasing WHERE user_id = ? AND due_at <= ?";
static const char SQL_ADVANCE[] = "UPDATE erasing SET step = ? WHERE user_id = ?";
static const char SQL_REPEAT[] =
    "UPDATE erasing SET step = ?, again = 1, due_at = ? WHERE user_id = ?";
static const char SQL_POSTPONE[] = "UPDATE erasing SET due_at = ? WHERE user_id = ?";
static const char SQL_DELETE[] = "DELETE FROM erasing WHERE user_id = ?";

static const char SQL_NEXT[] =
    "SELECT user_id FROM erasing WHERE due_at <= ? ORDER BY due_at LIMIT 1";
static const char SQL_NEXT_PERSON[] =
    "SELECT id FROM user WHERE erase_at <= ? AND suspended_at IS NULL AND deleted_at IS NULL"
    " ORDER BY erase_at LIMIT 1";

const struct error *erasing_person_lock(struct db *db, int64_t user_id, int64_t due_at, bool *there)
{
	return db_exists(db, there, SQL_PERSON_LOCK, PARAMS(P(user_id), P(due_at), P(due_at)));
}

const struct error *erasing_name_keep(struct db *db, int64_t user_id)
{
	return db_exec(db, SQL_NAME_KEEP, PARAMS(P(user_id)));
}

const struct error *erasing_person_scrub(struct db *db, int64_t user_id, int64_t now)
{
	return db_exec(db, SQL_PERSON_SCRUB, PARAMS(P(now), P(user_id)));
}

const struct error *erasing_insert(struct db *db, int64_t user_id, const char *step, int64_t now)
{
	return db_exec(db, SQL_INSERT, PARAMS(P(user_id), P(step), P(now), P(now)));
}

const struct error *erasing_exists(struct db *db, int64_t user_id, bool *exists)
{
	return db_exists(db, exists, SQL_EXISTS, PARAMS(P(user_id)));
}

const struct error *erasing_hold(
    struct db *db, struct arena *arena, int64_t user_id, int64_t now, struct erasing *erasing)
{
	return db_one(db, arena, &erasing_record, erasing, SQL_HOLD, PARAMS(P(user_id), P(now)));
}

const struct error *erasing_is_due(struct db *db, int64_t user_id, int64_t now, bool *due)
{
	return db_exists(db, due, SQL_IS_DUE, PARAMS(P(user_id), P(now)));
}

const struct error *erasing_advance(struct db *db, int64_t user_id, const char *step)
{
	return db_exec(db, SQL_ADVANCE, PARAMS(P(step), P(user_id)));
}

const struct error *erasing_repeat(struct db *db, int64_t user_id, const char *step, int64_t due_at)
{
	return db_exec(db, SQL_REPEAT, PARAMS(P(step), P(due_at), P(user_id)));
}

const struct error *erasing_postpone(struct db *db, int64_t user_id, int64_t due_at)
{
	return db_exec(db, SQL_POSTPONE, PARAMS(P(due_at), P(user_id)));
}

const struct error *erasing_delete(struct db *db, int64_t user_id)
{
	return db_exec(db, SQL_DELETE, PARAMS(P(user_id)));
}

const struct error *erasing_next(struct db *db, int64_t now, int64_t *user_id)
{
	return db_int(db, user_id, SQL_NEXT, PARAMS(P(now)));
}

const struct error *erasing_next_person(struct db *db, int64_t now, int64_t *user_id)
{
	return db_int(db, user_id, SQL_NEXT_PERSON, PARAMS(P(now)));
}
