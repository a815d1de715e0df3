/* MySQL or MariaDB, through MariaDB Connector/C or Oracle's libmysqlclient.
 * Statements are constant texts with `?`, prepared once per connection (found
 * again by address).  A struct db is one connection, for one thread; it opens
 * itself at first use and again after a loss.  Every call may answer
 * 503 unavailable (logged once here); values are bounded by time-outs.
 *
 * Retried here, because it is safe: reading statements after a lost connection;
 * any single statement after a deadlock or lock time-out, or when the loss was
 * noticed before it was sent; whole transactions, see db_transaction(). */
#ifndef HICHAT_DB_H
#define HICHAT_DB_H

#include "error.h"
#include "record.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct config;
struct db;

enum param_kind { PARAM_INT, PARAM_TEXT, PARAM_ROWS };

struct param {
	enum param_kind kind;
	int64_t integer;  /* ABSENT: SQL NULL */
	const char *text; /* NULL: SQL NULL; must outlive the call */
	const struct rows *rows;
};

struct params {
	const struct param *items;
	size_t count;
};

struct param param_int(int64_t value);
struct param param_bool(bool value);
struct param param_text(const char *text);
struct param param_json(struct json_text raw);
/* For db_run() only: `VALUES ?` takes one row or more, with the fields in their record's order. */
struct param param_rows(const struct rows *rows);

#define P(value) \
	_Generic((value), bool                                                                     \
		 : param_bool, int                                                                 \
		 : param_int, unsigned                                                             \
		 : param_int, int64_t                                                              \
		 : param_int, const char *                                                         \
		 : param_text, char *                                                              \
		 : param_text, struct json_text                                                    \
		 : param_json, struct rows *                                                       \
		 : param_rows, const struct rows *                                                 \
		 : param_rows)(value)
#define PARAMS(...)                                           \
	((struct params){(const struct param[]){__VA_ARGS__}, \
	    sizeof((const struct param[]){__VA_ARGS__}) / sizeof(struct param)})
#define NO_PARAMS ((struct params){NULL, 0})

/* Never NULL, does not connect yet.  The configuration must outlive it.  With query_timeout 0
 * nothing has a time limit but connecting: for migrations and other long work. */
struct db *db_new(const struct config *config);
void db_free(struct db **db);

/* Round trip to the server: NULL, or 503. */
const struct error *db_ping(struct db *db);
/* Why the last call failed, in words for an administrator, "" when none did. */
const char *db_reason(const struct db *db);

const struct error *db_exec(struct db *db, const char *sql, struct params params);
/* The first row into *object; 404 not_found without one. */
const struct error *db_one(struct db *db, struct arena *arena, const struct record *record,
    void *object, const char *sql, struct params params);
const struct error *db_rows(struct db *db, struct arena *arena, const struct record *record,
    struct rows *rows, const char *sql, struct params params);
const struct error *db_exists(struct db *db, bool *exists, const char *sql, struct params params);
/* The first column of the first row as an integer; ABSENT without a row or when NULL. */
const struct error *db_int(struct db *db, int64_t *value, const char *sql, struct params params);
/* The first column of all rows as integers, in the arena. */
const struct error *db_ids(
    struct db *db, struct arena *arena, struct id_list *ids, const char *sql, struct params params);

/* Of the last db_exec(): rows really changed, not those that held the new values before. */
int64_t db_affected(const struct db *db);
int64_t db_insert_id(const struct db *db);
/* After 409 conflict by a unique key: the key's name ("username_key"), else NULL. */
const char *db_violated_key(const struct db *db);

/* Runs work(db, context) in one transaction (READ COMMITTED) and commits when it
 * returns NULL; anything else rolls back and is returned.  After a deadlock, a
 * lock time-out or a connection lost before COMMIT was sent, work() runs again from the
 * start (3 times at most), so it must keep nothing from an earlier run.  A connection lost
 * during COMMIT answers 503: the outcome is unknown, unless `idempotent`: then
 * work() runs again, and must find what it did before. */
const struct error *db_transaction(struct db *db, bool idempotent,
    const struct error *(*work)(struct db *db, void *context), void *context);

/* Several statements, one a step, in one round trip (multi-statement query; the
 * parameters travel as literals that only this module writes; MariaDB keeps statements
 * with parameters prepared, as far as rows among those are one each).  Stops at the
 * first that fails.  Steps with a record fill rows.  Never retried here.
 * Steps may begin a transaction and later ones end it; a failure ends it by
 * rolling back, except within db_transaction(), which does that itself. */
struct db_step {
	const char *sql;
	struct params params;
	const struct record *record; /* NULL: no result wanted */
	struct rows *rows;
};
const struct error *db_run(
    struct db *db, struct arena *arena, const struct db_step *steps, size_t count);
/* After a failed db_run(): the whole transaction may safely run again.  False for a failure that
 * would only repeat itself, and when a COMMIT among the steps may have been done. */
bool db_retryable(const struct db *db);
/* Ends whatever transaction is open; never fails (drops the connection instead). */
void db_rollback(struct db *db);

/* One-off text without parameters, several statements allowed: for migrations only.  After a
 * failure db_reason() tells which statement it was. */
const struct error *db_script(struct db *db, const char *script);

#endif
