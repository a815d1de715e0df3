/* Transactions: begun, repeated when the server undid them, and never called committed unless
 * the server said so. */
#include "db_link.h"

#include <assert.h>
#include <string.h>

static const struct error *say(struct db *db, const char *sql)
{
	size_t done;

	return db_link_run(db, DB_RUNNING, sql, sql, &done);
}

void db_rollback(struct db *db)
{
	enum db_transaction_state was = db->transaction;

	assert(!db->working);
	db->transaction = DB_OUTSIDE;
	if (db->link == NULL)
		return;
	if (was == DB_OUTSIDE && (db->link->server_status & SERVER_STATUS_IN_TRANS) == 0)
		return;
	/* The failure that brought us here stays the last one. */
	if (mysql_real_query(db->link, "ROLLBACK", strlen("ROLLBACK")) != 0)
		db_link_close(db);
}

static const struct error *begin(struct db *db, bool *again)
{
	const struct error *error = db_link_ready(db);

	if (error != NULL)
		return error;
	error = say(db, "START TRANSACTION");
	*again = error != NULL && db->failure != DB_BUG;
	return error;
}

static const struct error *commit(struct db *db, bool idempotent, bool *again)
{
	const struct error *error = db_link_ready(db);

	if (error == NULL)
		error = say(db, "COMMIT");
	if (error == NULL) {
		db->transaction = DB_OUTSIDE;
		return NULL;
	}
	*again = db->failure == DB_AGAIN || db->failure == DB_UNSENT ||
		 (db->failure == DB_LOST && idempotent);
	db_rollback(db);
	return FAIL(UNAVAILABLE);
}

static const struct error *attempt(struct db *db, bool idempotent,
    const struct error *(*work)(struct db *db, void *context), void *context, bool *again)
{
	const struct error *error = begin(db, again);

	if (error != NULL)
		return error;
	db->transaction = DB_INSIDE;
	db->working = true;
	error = work(db, context);
	db->working = false;
	if (db->transaction == DB_DOOMED) {
		/* Whatever work() made of the failure, it saw half of what it asked for. */
		*again = true;
		db_rollback(db);
		return FAIL(UNAVAILABLE);
	}
	if (error == NULL)
		return commit(db, idempotent, again);
	db_rollback(db);
	return error;
}

const struct error *db_transaction(struct db *db, bool idempotent,
    const struct error *(*work)(struct db *db, void *context), void *context)
{
	const struct error *error = NULL;

	assert(!db->working && db->transaction == DB_OUTSIDE);
	for (int tries = 0; tries < DB_ATTEMPTS; tries++) {
		bool again = false;

		error = attempt(db, idempotent, work, context, &again);
		if (!again)
			break;
	}
	return error;
}
