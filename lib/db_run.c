/* Several statements in one round trip, and scripts: the two ways that are not prepared. */
#include "arena.h"
#include "db_column.h"
#include "db_literal.h"
#include "db_named.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool starts_with(const char *sql, const char *word)
{
	sql += strspn(sql, " \t\n");
	return strncasecmp(sql, word, strlen(word)) == 0;
}

static const struct error *read_integer(
    struct db *db, const char *sql, const struct field *field, const char *cell, void *object)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(cell, &end, 10);
	if (errno != 0 || end == cell || *end != '\0')
		return db_bug(db, sql, "a column is not an integer");
	column_set_integer(field, object, value);
	return NULL;
}

static const struct error *read_row(struct db *db, struct arena *arena, MYSQL_RES *result,
    const struct db_step *step, const struct field **fields, MYSQL_ROW row, void *object)
{
	const unsigned long *lengths = mysql_fetch_lengths(result);

	for (unsigned i = 0; i < mysql_num_fields(result); i++) {
		if (row[i] == NULL)
			continue;
		if (column_is_integer(fields[i]))
			TRY(read_integer(db, step->sql, fields[i], row[i], object));
		else
			column_set_text(fields[i], object, arena_text_n(arena, row[i], lengths[i]));
	}
	return NULL;
}

static const struct error *read_rows(
    struct db *db, struct arena *arena, MYSQL_RES *result, const struct db_step *step)
{
	const struct field **fields =
	    arena_array(arena, mysql_num_fields(result), sizeof(struct field *));
	size_t capacity = 0;
	MYSQL_ROW row;

	TRY(columns_match(db, step->sql, step->record, result, fields));
	*step->rows = (struct rows){step->record, NULL, 0};
	while ((row = mysql_fetch_row(result)) != NULL) {
		void *object = rows_add(arena, step->rows, &capacity);

		TRY(read_row(db, arena, result, step, fields, row, object));
	}
	return NULL;
}

static const struct error *read_result(
    struct db *db, struct arena *arena, const struct db_step *step)
{
	MYSQL_RES *result = mysql_use_result(db->link);
	const struct error *error = NULL;

	if (result == NULL && mysql_errno(db->link) != 0)
		return db_failed_link(db, DB_RUNNING, step->sql);
	if (step->record != NULL)
		error = result == NULL ? db_bug(db, step->sql, "a statement without rows")
				       : read_rows(db, arena, result, step);
	if (result != NULL)
		mysql_free_result(result);
	if (error == NULL && mysql_errno(db->link) != 0)
		error = db_failed_link(db, DB_RUNNING, step->sql);
	return error;
}

static const struct error *read_results(
    struct db *db, struct arena *arena, const struct db_step *steps, size_t count)
{
	int status = mysql_real_query(db->link, db->text.bytes, (unsigned long)db->text.length);

	for (size_t i = 0; i < count; i++) {
		/* MariaDB Connector/C answers -1, which should mean "no more", to a connection that
		 * ends within the description of the columns. */
		if (status > 0 || mysql_errno(db->link) != 0)
			return db_failed_link(db, DB_RUNNING, steps[i].sql);
		if (status < 0)
			return db_bug(db, steps[i].sql, "a step without a statement");
		TRY(read_result(db, arena, &steps[i]));
		status = mysql_next_result(db->link);
	}
	return status < 0 ? NULL : db_bug(db, steps[0].sql, "a step of several statements");
}

/* With the connection its open transaction is gone, but a COMMIT among the steps, or a step
 * outside of a transaction, may have been done. */
static bool loss_undoes(const struct db *db, const struct db_step *steps, size_t count)
{
	bool inside =
	    db->transaction == DB_INSIDE || starts_with(steps[0].sql, "START TRANSACTION");

	for (size_t i = 0; i < count; i++) {
		if (starts_with(steps[i].sql, "COMMIT"))
			return false;
	}
	return inside;
}

/* Before the text is made: what has to be prepared takes the same room. */
static const struct error *name_steps(
    struct db *db, const struct db_step *steps, size_t count, const char **names)
{
	for (size_t i = 0; i < count; i++)
		TRY(named_find(db, &steps[i], &names[i]));
	return NULL;
}

static const struct error *send_steps(
    struct db *db, struct arena *arena, const struct db_step *steps, size_t count)
{
	const char **names = arena_array(arena, count, sizeof(*names));

	TRY(db_link_ready(db));
	TRY(name_steps(db, steps, count, names));
	literal_clear(&db->text);
	for (size_t i = 0; i < count; i++) {
		const struct db_step *step = &steps[i];

		if (i > 0)
			literal_separate(&db->text);
		if (!(names[i] != NULL ? literal_execute(&db->text, names[i], step->params)
				       : literal_append(&db->text, step->sql, step->params)))
			return db_bug(db, step->sql, "parameters do not fit the placeholders");
	}
	return read_results(db, arena, steps, count);
}

const struct error *db_run(
    struct db *db, struct arena *arena, const struct db_step *steps, size_t count)
{
	bool undone = count > 0 && loss_undoes(db, steps, count);
	const struct error *error = count == 0 ? NULL : send_steps(db, arena, steps, count);

	if (error == NULL) {
		if (!db->working && db->link != NULL)
			db->transaction = (db->link->server_status & SERVER_STATUS_IN_TRANS) != 0
					      ? DB_INSIDE
					      : DB_OUTSIDE;
		return NULL;
	}
	db->retryable = db->failure == DB_AGAIN || db->failure == DB_UNSENT ||
			(db->failure == DB_LOST && undone);
	if (db->failure == DB_BUG) /* results may be left unread */
		db_link_close(db);
	/* A transaction that these or earlier steps began must not be committed by the START
	 * TRANSACTION of the next try. */
	if (!db->working)
		db_rollback(db);
	return error;
}

bool db_retryable(const struct db *db)
{
	return db->retryable;
}

const struct error *db_script(struct db *db, const char *script)
{
	const struct error *error;
	size_t done, length;

	TRY(db_link_ready(db));
	error = db_link_run(db, DB_PREPARING, script, NULL, &done);
	length = strlen(db->reason);
	if (error != NULL && done > 0) /* the first needs no telling, and may be the only one */
		snprintf(db->reason + length, sizeof(db->reason) - length,
		    " in statement %zu of the script", done + 1);
	return error;
}
