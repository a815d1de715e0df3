/* Migrations: the numbered files of a directory, and what a database has had of them. */
#ifndef HICHAT_MIGRATION_H
#define HICHAT_MIGRATION_H

#include "db.h"
#include "sql_script.h"
#include <stdio.h>

#define MIGRATION_DIRECTORY HICHAT_DATA_DIR "/sql"

struct migration {
	int64_t version;      /* 3 */
	const char *name;     /* "0003_conversations.sql" */
	const char *checksum; /* SHA-256 of the file */
	struct sql_script script;
};

struct migrations {
	const struct migration *items; /* items[i].version is i + 1 */
	size_t count;
};

/* Reads all of them; false with the reason on `mistakes`. */
bool migrations_read(
    struct arena *arena, const char *directory, FILE *mistakes, struct migrations *migrations);

/* A row of schema_migration. */
struct migration_applied {
	int64_t version;
	const char *name;
	const char *checksum;
	int64_t applied_at;
};

/* The row of schema_unfinished: a migration that was cut, or is running now. */
struct migration_unfinished {
	int64_t version;      /* ABSENT: there is none */
	int64_t statements;   /* so many of them are done */
	const char *checksum; /* of those */
};

/* Makes the two tables when they are missing. */
const struct error *migration_prepare(struct db *db);
/* False when schema_migration does not exist yet. */
const struct error *migration_prepared(struct db *db, bool *prepared);
/* Ascending by version. */
const struct error *migration_list(struct db *db, struct arena *arena, struct rows *applied);
const struct error *migration_load_unfinished(
    struct db *db, struct arena *arena, struct migration_unfinished *unfinished);
/* So many statements of this migration are done. */
const struct error *migration_note(struct db *db, const struct migration_unfinished *unfinished);
/* All of them are. */
const struct error *migration_finish(struct db *db, const struct migration *migration);

/* One migrating process a database at a time; the lock goes with the connection. */
const struct error *migration_lock(struct db *db, int64_t wait_seconds, bool *locked);
const struct error *migration_locked(struct db *db, bool *locked);
const struct error *migration_unlock(struct db *db);

/* What keeps these files from being the continuation of what was applied, in a sentence; or NULL.
 */
const char *migration_contradiction(
    struct arena *arena, const struct migrations *migrations, const struct rows *applied);

#endif
