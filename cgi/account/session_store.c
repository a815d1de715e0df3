/* SQL of sessions. */
#include "session_store.h"
#include "clock.h"

static const struct field session_fields[] = {
    OUTPUT(struct session, id),
    OUTPUT(struct session, device),
    OUTPUT(struct session, address),
    OUTPUT(struct session, created_at),
    OUTPUT(struct session, last_used_at),
    OUTPUT(struct session, current),
};
const struct record session_record = RECORD(struct session, session_fields);

static const struct field session_state_fields[] = {
    HIDDEN(struct session_state, user_id),
    HIDDEN(struct session_state, token_hash),
    HIDDEN(struct session_state, previous_hash),
    HIDDEN(struct session_state, rotated_at),
    HIDDEN(struct session_state, ended),
    HIDDEN(struct session_state, suspended),
    HIDDEN(struct session_state, deleted),
};
static const struct record session_state_record =
    RECORD(struct session_state, session_state_fields);

static const char SQL_USER_HOLDS[] =
    "SELECT 1 FROM user WHERE id = ? AND password = ? AND suspended_at IS NULL"
    " AND deleted_at IS NULL LOCK IN SHARE MODE";

/* The token names the session, so its hash can only follow in a second statement. */
static const char SQL_INSERT[] =
    "INSERT INTO session (user_id, token_hash, rotated_at, device, address, created_at,"
    " last_used_at, expires_at) VALUES (?, '', ?, ?, ?, ?, ?, ?)";

static const char SQL_SET_TOKEN[] = "UPDATE session SET token_hash = ? WHERE id = ?";

static const char SQL_FORGET_OLD[] =
    "DELETE FROM session WHERE user_id = ? AND (expires_at < ? OR revoked_at < ?)";

static const char SQL_ADDRESS_FAMILIAR[] =
    "SELECT 1 FROM session WHERE user_id = ? AND address = ? LIMIT 1";

static const char SQL_LOAD[] =
    "SELECT session.user_id, session.token_hash, session.previous_hash, session.rotated_at,"
    " session.revoked_at IS NOT NULL OR session.expires_at <= ? AS ended,"
    " user.suspended_at IS NOT NULL AS suspended, user.deleted_at IS NOT NULL AS deleted"
    " FROM session JOIN user ON user.id = session.user_id WHERE session.id = ?";

static const char SQL_ROTATE[] =
    "UPDATE session SET token_hash = ?, previous_hash = ?, rotated_at = ?, last_used_at = ?,"
    " expires_at = ?, address = ? WHERE id = ? AND token_hash = ? AND revoked_at IS NULL";

#define OWN                                                                                    \
	"SELECT id, device, address, created_at, last_used_at, id = ? AS current FROM session" \
	" WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ?"

static const char SQL_PAGE[] = OWN " AND id < ? ORDER BY id DESC LIMIT ?";
static const char SQL_OWN[] = OWN " AND id = ?";

static const char SQL_SET_DEVICE[] =
    "UPDATE session SET device = ? WHERE id = ? AND user_id = ? AND revoked_at IS NULL";

const char *session_address(struct request *req)
{
	return arena_printf(req->arena, "%.45s", req->address);
}

const struct error *session_user_holds(
    struct db *db, int64_t user_id, const char *password, bool *holds)
{
	return db_exists(db, holds, SQL_USER_HOLDS, PARAMS(P(user_id), P(password)));
}

const struct error *session_insert(
    struct db *db, const struct session_draft *draft, int64_t *session_id)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(draft->user_id), P(draft->now), P(draft->device), P(draft->address),
		P(draft->now), P(draft->now), P(draft->expires_at))));
	*session_id = db_insert_id(db);
	return NULL;
}

const struct error *session_set_token(struct db *db, int64_t session_id, const char *hash)
{
	return db_exec(db, SQL_SET_TOKEN, PARAMS(P(hash), P(session_id)));
}

const struct error *session_forget_old(struct db *db, int64_t user_id, int64_t since)
{
	return db_exec(db, SQL_FORGET_OLD, PARAMS(P(user_id), P(since), P(since)));
}

const struct error *session_address_familiar(struct request *req, int64_t user_id, bool *familiar)
{
	return db_exists(
	    req->db, familiar, SQL_ADDRESS_FAMILIAR, PARAMS(P(user_id), P(session_address(req))));
}

const struct error *session_load(
    struct request *req, int64_t session_id, int64_t now, struct session_state *state)
{
	return db_one(req->db, req->arena, &session_state_record, state, SQL_LOAD,
	    PARAMS(P(now), P(session_id)));
}

const struct error *session_rotate(
    struct request *req, const struct session_rotation *rotation, bool *rotated)
{
	TRY(db_exec(req->db, SQL_ROTATE,
	    PARAMS(P(rotation->to), P(rotation->from), P(rotation->now), P(rotation->now),
		P(rotation->expires_at), P(session_address(req)), P(rotation->session_id),
		P(rotation->from))));
	*rotated = db_affected(req->db) > 0;
	return NULL;
}

const struct error *session_page(
    struct request *req, int64_t before, int64_t limit, struct rows *page)
{
	return db_rows(req->db, req->arena, &session_record, page, SQL_PAGE,
	    PARAMS(P(req->session_id), P(req->user_id), P(clock_wall_ms()), P(before), P(limit)));
}

const struct error *session_own(struct request *req, int64_t session_id, struct session *session)
{
	return db_one(req->db, req->arena, &session_record, session, SQL_OWN,
	    PARAMS(P(req->session_id), P(req->user_id), P(clock_wall_ms()), P(session_id)));
}

const struct error *session_set_device(struct request *req, int64_t session_id, const char *device)
{
	return db_exec(req->db, SQL_SET_DEVICE, PARAMS(P(device), P(session_id), P(req->user_id)));
}
