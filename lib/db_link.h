/* Inside of db: the connection, and what its failures mean.  Only db*.c includes this. */
#ifndef HICHAT_DB_LINK_H
#define HICHAT_DB_LINK_H

#include "db.h"

#include <mysql.h>

/* How often a thing that may safely be repeated is tried in all. */
#define DB_ATTEMPTS 3

enum db_failure {
	DB_FINE,
	DB_CONFLICT, /* against a key or a foreign key */
	DB_AGAIN,    /* deadlock or lock time-out: nothing happened, repeating is the cure */
	DB_UNSENT,   /* the connection is gone, and the server has not run the statement */
	DB_LOST,     /* the connection is gone, and nobody knows whether it ran */
	DB_AWAY,     /* the server cannot serve us now */
	DB_BUG	     /* ours */
};

/* What was under way, which decides what a failure means and what of it may be logged. */
enum db_stage {
	DB_CONNECTING,
	DB_PREPARING, /* the server knows the statement, but no parameter */
	DB_RUNNING
};

enum db_transaction_state {
	DB_OUTSIDE,
	DB_INSIDE,
	DB_DOOMED /* it is rolled back by now, or must be: nothing is sent until that is settled */
};

struct statement_table {
	struct statement **slots; /* open addressing, by the address of the SQL */
	size_t size;		  /* a power of two, or 0 */
	size_t count;
};

#define NAMED_MAX 32

struct named_statement {
	const char *address;
	char *sql; /* a copy: the same address may hold another text one day */
	char name[8];
};

struct named_table {
	struct named_statement statements[NAMED_MAX];
	size_t count;
};

struct db_text {
	char *bytes;
	size_t length, size;
};

struct db {
	const struct config *config;
	MYSQL *link; /* NULL: not connected */
	struct statement_table statements;
	bool names; /* the server runs statements by name with any parameters */
	struct named_table named;
	enum db_transaction_state transaction;
	bool working;		 /* between the start of db_transaction()'s work and its end */
	enum db_failure failure; /* of the last call */
	bool retryable;
	int64_t affected, insert_id;
	char violated_key[65];
	char reason[512];
	struct db_text text; /* of db_run(), kept for the next one */
};

/* A connection that looks alive, or why there is none.  Forgets the last call's failure. */
const struct error *db_link_ready(struct db *db);
void db_link_close(struct db *db);
/* Runs a text without parameters, wanting no rows of it.  *done: how many statements of it
 * succeeded. */
const struct error *db_link_run(
    struct db *db, enum db_stage stage, const char *text, const char *sql, size_t *done);

/* Classifies, remembers and logs a failure of the client library; closes a connection that is
 * beyond use.  `sql` never holds parameters; NULL when no statement is to blame. */
const struct error *db_failed(
    struct db *db, enum db_stage stage, unsigned number, const char *message, const char *sql);
const struct error *db_failed_link(struct db *db, enum db_stage stage, const char *sql);
/* The same for a mistake in our own statements and records. */
const struct error *db_bug(struct db *db, const char *sql, const char *reason);

#endif
