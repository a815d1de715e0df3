/* People and sessions in the tables `user` and `session`. */
#include "account.h"
#include "arena.h"
#include "clock.h"
#include "config.h"
#include "event.h"
#include "redis.h"
#include <string.h>

#define LEEWAY 60 /* s, of clocks */

static const struct field account_fields[] = {
    HIDDEN(struct account, id),
    HIDDEN(struct account, username),
    HIDDEN(struct account, username_key),
    HIDDEN(struct account, password),
    HIDDEN(struct account, suspended_at),
};
static const struct record account_record = RECORD(struct account, account_fields);

static const char SQL_INSERT[] =
    "INSERT INTO user (username, username_key, nickname, nickname_key, phone, email, email_key,"
    " password, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

#define COLUMNS "id, username, username_key, password, suspended_at"

static const char SQL_FIND_USERNAME[] =
    "SELECT " COLUMNS " FROM user WHERE username_key = ? AND deleted_at IS NULL";

static const char SQL_FIND_PHONE[] =
    "SELECT " COLUMNS " FROM user WHERE phone = ? AND deleted_at IS NULL";

static const char SQL_FIND_EMAIL[] =
    "SELECT " COLUMNS " FROM user WHERE email_key = ? AND deleted_at IS NULL";

static const char SQL_LOAD[] = "SELECT " COLUMNS " FROM user WHERE id = ? AND deleted_at IS NULL";

static const char SQL_NAME_ERASED[] = "SELECT 1 FROM erased_name WHERE hash = UNHEX(SHA2(?, 256))";

static const char SQL_ERASE_AT[] =
    "UPDATE user SET erase_at = COALESCE(erase_at, ?) WHERE id = ? AND deleted_at IS NULL";
static const char SQL_ERASED_AT[] = "SELECT erase_at FROM user WHERE id = ?";
static const char SQL_KEEP[] = "UPDATE user SET erase_at = NULL WHERE id = ?"
			       " AND erase_at IS NOT NULL AND deleted_at IS NULL";

static const char SQL_SET_PASSWORD[] =
    "UPDATE user SET password = ? WHERE id = ? AND password = COALESCE(?, password)";

static const char SQL_SUSPEND[] =
    "UPDATE user SET suspended_at = COALESCE(suspended_at, ?) WHERE id = ?";

static const char SQL_UNSUSPEND[] = "UPDATE user SET suspended_at = NULL WHERE id = ?";

static const char SQL_REMOVE_FACTOR[] = "DELETE FROM second_factor WHERE user_id = ?";

static const char SQL_REMOVE_CODES[] = "DELETE FROM recovery_code WHERE user_id = ?";

static const char SQL_END[] =
    "UPDATE session SET revoked_at = ? WHERE user_id = ? AND id = COALESCE(?, id)"
    " AND id <> COALESCE(?, 0) AND revoked_at IS NULL";

/* Found again by the time of the update, which other rows can only share if they ended as well. */
static const char SQL_ENDED[] =
    "SELECT id FROM session WHERE user_id = ? AND id = COALESCE(?, id) AND revoked_at = ?";

const struct error *account_taken(struct db *db, struct arena *arena, const struct error *error)
{
	static const struct {
		const char *key, *field;
		const struct error *error;
	} meanings[] = {
	    {"username_key", "username", FAIL(USERNAME_TAKEN)},
	    {"phone", "phone", FAIL(PHONE_TAKEN)},
	    {"email_key", "email", FAIL(EMAIL_TAKEN)},
	};
	const char *key = db_violated_key(db);

	if (!error_is(error, FAIL(CONFLICT)) || key == NULL)
		return error;
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (strcmp(key, meanings[i].key) == 0)
			return error_field(arena, meanings[i].error, meanings[i].field);
	return error;
}

const struct error *account_insert(
    struct db *db, struct arena *arena, const struct account_draft *draft, int64_t *user_id)
{
	int64_t now = clock_wall_ms();
	const struct error *error = db_exec(db, SQL_INSERT,
	    PARAMS(P(draft->username.shown), P(draft->username.key), P(draft->nickname.shown),
		P(draft->nickname.key), P(draft->phone), P(draft->email.shown), P(draft->email.key),
		P(draft->password), P(now), P(now)));

	bool erased;

	*user_id = error == NULL ? db_insert_id(db) : ABSENT;
	TRY(account_taken(db, arena, error));
	/* Looked at behind the insertion, which waits for whoever just gives the name up. */
	TRY(db_exists(db, &erased, SQL_NAME_ERASED, PARAMS(P(draft->username.key))));
	return erased ? error_field(arena, FAIL(USERNAME_TAKEN), "username") : NULL;
}

const struct error *account_find(
    struct db *db, struct arena *arena, const struct identity_login *login, struct account *account)
{
	if (login->username_key != NULL)
		return db_one(db, arena, &account_record, account, SQL_FIND_USERNAME,
		    PARAMS(P(login->username_key)));
	if (login->phone != NULL)
		return db_one(
		    db, arena, &account_record, account, SQL_FIND_PHONE, PARAMS(P(login->phone)));
	if (login->email_key != NULL)
		return db_one(db, arena, &account_record, account, SQL_FIND_EMAIL,
		    PARAMS(P(login->email_key)));
	return FAIL(NOT_FOUND);
}

const struct error *account_load(
    struct db *db, struct arena *arena, int64_t user_id, struct account *account)
{
	return db_one(db, arena, &account_record, account, SQL_LOAD, PARAMS(P(user_id)));
}

const struct error *account_erase_at(struct db *db, int64_t user_id, int64_t at, int64_t *erase_at)
{
	TRY(db_exec(db, SQL_ERASE_AT, PARAMS(P(at), P(user_id))));
	return db_int(db, erase_at, SQL_ERASED_AT, PARAMS(P(user_id)));
}

const struct error *account_keep(struct db *db, int64_t user_id, bool *kept)
{
	TRY(db_exec(db, SQL_KEEP, PARAMS(P(user_id))));
	*kept = db_affected(db) > 0;
	return NULL;
}

int64_t account_token_life(const struct config *config)
{
	return config->auth.access_ttl + LEEWAY;
}

const struct error *account_set_password(
    struct db *db, int64_t user_id, const char *password, const char *old)
{
	return db_exec(db, SQL_SET_PASSWORD, PARAMS(P(password), P(user_id), P(old)));
}

const struct error *account_set_suspended(struct db *db, int64_t user_id, bool suspended)
{
	if (suspended)
		return db_exec(db, SQL_SUSPEND, PARAMS(P(clock_wall_ms()), P(user_id)));
	return db_exec(db, SQL_UNSUSPEND, PARAMS(P(user_id)));
}

const struct error *account_remove_second_factor(struct db *db, int64_t user_id)
{
	TRY(db_exec(db, SQL_REMOVE_CODES, PARAMS(P(user_id))));
	return db_exec(db, SQL_REMOVE_FACTOR, PARAMS(P(user_id)));
}

const struct error *account_end_sessions(
    struct db *db, struct arena *arena, const struct account_ending *ending, struct id_list *ended)
{
	int64_t now = clock_wall_ms();

	*ended = (struct id_list){NULL, 0};
	TRY(db_exec(
	    db, SQL_END, PARAMS(P(now), P(ending->user_id), P(ending->only), P(ending->kept))));
	if (db_affected(db) == 0)
		return NULL;
	return db_ids(
	    db, arena, ended, SQL_ENDED, PARAMS(P(ending->user_id), P(ending->only), P(now)));
}

void account_announce_ended(
    struct redis *redis, const struct config *config, struct arena *arena, struct id_list ended)
{
	struct event event = {.kind = EVENT_CLOSE, .ids = ended.ids, .count = ended.count};
	int seconds = (int)account_token_life(config);
	const char *envelope;

	if (ended.count == 0)
		return;
	for (size_t i = 0; i < ended.count; i++)
		redis_set(redis,
		    arena_printf(arena, EVENT_REVOKED_KEY "%lld", (long long)ended.ids[i]), "1",
		    seconds);
	envelope = event_write(arena, &event);
	redis_publish(redis, EVENT_CHANNEL, &envelope, 1);
}
