/* SQL of second factors. */
#include "second_factor_store.h"
#include "clock.h"

static const struct field factor_fields[] = {
    HIDDEN(struct second_factor, secret),
    HIDDEN(struct second_factor, confirmed_at),
    HIDDEN(struct second_factor, last_step),
};
static const struct record factor_record = RECORD(struct second_factor, factor_fields);

static const char SQL_HOLD[] =
    "SELECT secret, confirmed_at, last_step FROM second_factor WHERE user_id = ? FOR UPDATE";

static const struct field state_fields[] = {
    OUTPUT(struct second_factor_state, enabled),
    OUTPUT(struct second_factor_state, recovery_codes),
};
static const struct record state_record = RECORD(struct second_factor_state, state_fields);

/* One in use stays as it is: then no row changes. */
static const char SQL_BEGIN[] =
    "INSERT INTO second_factor (user_id, secret) VALUES (?, ?)"
    " ON DUPLICATE KEY UPDATE secret = IF(confirmed_at IS NULL, VALUES(secret), secret)";

static const char SQL_CONFIRM[] =
    "UPDATE second_factor SET confirmed_at = ?, last_step = ? WHERE user_id = ?";

static const char SQL_USE[] = "UPDATE second_factor SET last_step = ? WHERE user_id = ?";

static const char SQL_FORGET_CODES[] = "DELETE FROM recovery_code WHERE user_id = ?";

static const char SQL_ADD_CODE[] = "INSERT INTO recovery_code (user_id, hash) VALUES (?, ?)";

static const char SQL_USE_CODE[] = "DELETE FROM recovery_code WHERE user_id = ? AND hash = ?";

static const char SQL_STATE[] =
    "SELECT EXISTS (SELECT 1 FROM second_factor WHERE second_factor.user_id = user.id"
    " AND confirmed_at IS NOT NULL) AS enabled,"
    " (SELECT COUNT(*) FROM recovery_code WHERE recovery_code.user_id = user.id)"
    " AS recovery_codes FROM user WHERE id = ? AND deleted_at IS NULL";

const struct error *second_factor_hold(
    struct db *db, struct arena *arena, int64_t user_id, struct second_factor *factor)
{
	const struct error *error =
	    db_one(db, arena, &factor_record, factor, SQL_HOLD, PARAMS(P(user_id)));

	if (!error_is(error, FAIL(NOT_FOUND)))
		return error;
	*factor = (struct second_factor){.secret = NULL, .confirmed_at = ABSENT};
	return NULL;
}

const struct error *second_factor_begin(struct db *db, int64_t user_id, const char *secret)
{
	TRY(db_exec(db, SQL_BEGIN, PARAMS(P(user_id), P(secret))));
	return db_affected(db) > 0 ? NULL : FAIL(CONFLICT);
}

const struct error *second_factor_confirm(struct db *db, int64_t user_id, int64_t step)
{
	return db_exec(db, SQL_CONFIRM, PARAMS(P(clock_wall_ms()), P(step), P(user_id)));
}

const struct error *second_factor_use(struct db *db, int64_t user_id, int64_t step)
{
	return db_exec(db, SQL_USE, PARAMS(P(step), P(user_id)));
}

const struct error *recovery_codes_replace(
    struct db *db, int64_t user_id, const char *const *hashes, size_t count)
{
	TRY(db_exec(db, SQL_FORGET_CODES, PARAMS(P(user_id))));
	for (size_t i = 0; i < count; i++)
		TRY(db_exec(db, SQL_ADD_CODE, PARAMS(P(user_id), P(hashes[i]))));
	return NULL;
}

const struct error *recovery_code_use(struct db *db, int64_t user_id, const char *hash, bool *used)
{
	TRY(db_exec(db, SQL_USE_CODE, PARAMS(P(user_id), P(hash))));
	*used = db_affected(db) > 0;
	return NULL;
}

const struct error *second_factor_state(struct request *req, struct second_factor_state *state)
{
	return db_one(
	    req->db, req->arena, &state_record, state, SQL_STATE, PARAMS(P(req->user_id)));
}
