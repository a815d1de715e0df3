/* SQL of migrations: the tables that remember them, and the lock. */
#include "clock.h"
#include "migration.h"

static const struct field applied_fields[] = {
    HIDDEN(struct migration_applied, version),
    HIDDEN(struct migration_applied, name),
    HIDDEN(struct migration_applied, checksum),
    HIDDEN(struct migration_applied, applied_at),
};
static const struct record applied_record = RECORD(struct migration_applied, applied_fields);

static const struct field unfinished_fields[] = {
    HIDDEN(struct migration_unfinished, version),
    HIDDEN(struct migration_unfinished, statements),
    HIDDEN(struct migration_unfinished, checksum),
};
static const struct record unfinished_record =
    RECORD(struct migration_unfinished, unfinished_fields);

static const char SQL_MIGRATION_TABLE[] =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " version BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL,"
    " checksum CHAR(64) CHARACTER SET ascii NOT NULL, applied_at BIGINT NOT NULL"
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci";

static const char SQL_UNFINISHED_TABLE[] =
    "CREATE TABLE IF NOT EXISTS schema_unfinished ("
    " version BIGINT NOT NULL PRIMARY KEY, statements BIGINT NOT NULL,"
    " checksum CHAR(64) CHARACTER SET ascii NOT NULL, noted_at BIGINT NOT NULL"
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci";

static const char SQL_PREPARED[] =
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE()"
    " AND table_name = 'schema_unfinished'";

static const char SQL_LIST[] =
    "SELECT version, name, checksum, applied_at FROM schema_migration ORDER BY version";

static const char SQL_LOAD_UNFINISHED[] =
    "SELECT version, statements, checksum FROM schema_unfinished ORDER BY version LIMIT 1";

static const char SQL_NOTE[] =
    "REPLACE INTO schema_unfinished (version, statements, checksum, noted_at) VALUES (?, ?, ?, ?)";

static const char SQL_FINISH[] =
    "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)";

static const char SQL_FORGET[] = "DELETE FROM schema_unfinished WHERE version = ?";

/* Names of locks are the whole server's. */
#define LOCK_NAME "CONCAT('hichat:', MD5(DATABASE()))"

static const char SQL_LOCK[] = "SELECT GET_LOCK(" LOCK_NAME ", ?)";
static const char SQL_LOCKED[] = "SELECT IS_USED_LOCK(" LOCK_NAME ") = CONNECTION_ID()";
static const char SQL_UNLOCK[] = "SELECT RELEASE_LOCK(" LOCK_NAME ")";

const struct error *migration_prepare(struct db *db)
{
	TRY(db_exec(db, SQL_MIGRATION_TABLE, NO_PARAMS));
	return db_exec(db, SQL_UNFINISHED_TABLE, NO_PARAMS);
}

const struct error *migration_prepared(struct db *db, bool *prepared)
{
	return db_exists(db, prepared, SQL_PREPARED, NO_PARAMS);
}

const struct error *migration_list(struct db *db, struct arena *arena, struct rows *applied)
{
	return db_rows(db, arena, &applied_record, applied, SQL_LIST, NO_PARAMS);
}

const struct error *migration_load_unfinished(
    struct db *db, struct arena *arena, struct migration_unfinished *unfinished)
{
	const struct error *error =
	    db_one(db, arena, &unfinished_record, unfinished, SQL_LOAD_UNFINISHED, NO_PARAMS);

	if (!error_is(error, FAIL(NOT_FOUND)))
		return error;
	*unfinished = (struct migration_unfinished){ABSENT, 0, NULL};
	return NULL;
}

const struct error *migration_note(struct db *db, const struct migration_unfinished *unfinished)
{
	return db_exec(db, SQL_NOTE,
	    PARAMS(P(unfinished->version), P(unfinished->statements), P(unfinished->checksum),
		P(clock_wall_ms())));
}

static const struct error *finish(struct db *db, void *context)
{
	const struct migration *migration = context;

	TRY(db_exec(db, SQL_FINISH,
	    PARAMS(P(migration->version), P(migration->name), P(migration->checksum),
		P(clock_wall_ms()))));
	return db_exec(db, SQL_FORGET, PARAMS(P(migration->version)));
}

const struct error *migration_finish(struct db *db, const struct migration *migration)
{
	return db_transaction(db, false, finish, (void *)migration);
}

static const struct error *ask(struct db *db, const char *sql, struct params params, bool *yes)
{
	int64_t answer;

	TRY(db_int(db, &answer, sql, params));
	*yes = answer == 1;
	return NULL;
}

const struct error *migration_lock(struct db *db, int64_t wait_seconds, bool *locked)
{
	return ask(db, SQL_LOCK, PARAMS(P(wait_seconds)), locked);
}

const struct error *migration_locked(struct db *db, bool *locked)
{
	return ask(db, SQL_LOCKED, NO_PARAMS, locked);
}

const struct error *migration_unlock(struct db *db)
{
	bool unlocked;

	return ask(db, SQL_UNLOCK, NO_PARAMS, &unlocked);
}
