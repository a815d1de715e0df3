/* The verbs: one statement each, tried again when that is safe. */
#include "db.h"

#include "arena.h"
#include "db_column.h"
#include "db_statement.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Takes what it wants from a statement that has run. */
typedef const struct error *reader(struct db *db, struct statement *statement, void *context);

struct param param_int(int64_t value)
{
	return (struct param){.kind = PARAM_INT, .integer = value};
}

struct param param_bool(bool value)
{
	return (struct param){.kind = PARAM_INT, .integer = value};
}

struct param param_text(const char *text)
{
	return (struct param){.kind = PARAM_TEXT, .text = text};
}

struct param param_json(struct json_text raw)
{
	return (struct param){.kind = PARAM_TEXT, .text = raw.text};
}

struct param param_rows(const struct rows *rows)
{
	return (struct param){.kind = PARAM_ROWS, .rows = rows};
}

struct db *db_new(const struct config *config)
{
	struct db *db = calloc(1, sizeof(*db));

	if (db == NULL) {
		fputs("out of memory\n", stderr);
		abort();
	}
	db->config = config;
	return db;
}

void db_free(struct db **db)
{
	if (*db == NULL)
		return;
	db_link_close(*db);
	free((*db)->text.bytes);
	free(*db);
	*db = NULL;
}

const char *db_reason(const struct db *db)
{
	return db->reason;
}

int64_t db_affected(const struct db *db)
{
	return db->affected;
}

int64_t db_insert_id(const struct db *db)
{
	return db->insert_id;
}

const char *db_violated_key(const struct db *db)
{
	return db->violated_key[0] == '\0' ? NULL : db->violated_key;
}

static bool only_reads(const char *sql)
{
	sql += strspn(sql, " \t\n(");
	return strncasecmp(sql, "SELECT", 6) == 0 || strncasecmp(sql, "WITH", 4) == 0 ||
	       strncasecmp(sql, "SHOW", 4) == 0;
}

/* In a transaction a statement alone is never repeated: what came before it is gone. */
static bool repeatable(const struct db *db, const char *sql)
{
	if (db->transaction != DB_OUTSIDE)
		return false;
	return db->failure == DB_AGAIN || db->failure == DB_UNSENT ||
	       (db->failure == DB_LOST && only_reads(sql));
}

static const struct error *call_once(
    struct db *db, const char *sql, struct params params, reader *read, void *context)
{
	struct statement *statement;
	const struct error *error;

	TRY(db_link_ready(db));
	TRY(statement_find(db, sql, &statement));
	TRY(statement_run(db, statement, params));
	error = read(db, statement, context);
	/* A failure may have closed the connection, and the statement with it. */
	if (db->link != NULL)
		statement_finish(statement);
	return error;
}

static const struct error *call(
    struct db *db, const char *sql, struct params params, reader *read, void *context)
{
	const struct error *error = NULL;

	for (int attempt = 0; attempt < DB_ATTEMPTS; attempt++) {
		error = call_once(db, sql, params, read, context);
		if (error == NULL || !repeatable(db, sql))
			break;
	}
	return error;
}

static const struct error *read_changes(struct db *db, struct statement *statement, void *context)
{
	(void)context;
	statement_changes(statement, &db->affected, &db->insert_id);
	return NULL;
}

const struct error *db_exec(struct db *db, const char *sql, struct params params)
{
	return call(db, sql, params, read_changes, NULL);
}

struct one_wanted {
	struct arena *arena;
	const struct record *record;
	void *object;
};

static const struct error *read_one(struct db *db, struct statement *statement, void *context)
{
	const struct one_wanted *wanted = context;
	bool row;

	record_clear(wanted->record, wanted->object);
	TRY(statement_expect(db, statement, wanted->record));
	TRY(statement_fetch(db, statement, &row));
	if (!row)
		return FAIL(NOT_FOUND);
	return statement_row(db, wanted->arena, statement, wanted->object);
}

const struct error *db_one(struct db *db, struct arena *arena, const struct record *record,
    void *object, const char *sql, struct params params)
{
	struct one_wanted wanted = {arena, record, object};

	return call(db, sql, params, read_one, &wanted);
}

struct rows_wanted {
	struct arena *arena;
	struct rows *rows;
};

static const struct error *read_rows(struct db *db, struct statement *statement, void *context)
{
	const struct rows_wanted *wanted = context;
	size_t capacity = 0;
	bool row;

	wanted->rows->count = 0;
	TRY(statement_expect(db, statement, wanted->rows->record));
	for (;;) {
		TRY(statement_fetch(db, statement, &row));
		if (!row)
			return NULL;
		TRY(statement_row(db, wanted->arena, statement,
		    rows_add(wanted->arena, wanted->rows, &capacity)));
	}
}

const struct error *db_rows(struct db *db, struct arena *arena, const struct record *record,
    struct rows *rows, const char *sql, struct params params)
{
	struct rows_wanted wanted = {arena, rows};

	*rows = (struct rows){record, NULL, 0};
	return call(db, sql, params, read_rows, &wanted);
}

static const struct error *read_exists(struct db *db, struct statement *statement, void *context)
{
	TRY(statement_expect(db, statement, NULL));
	return statement_fetch(db, statement, context);
}

const struct error *db_exists(struct db *db, bool *exists, const char *sql, struct params params)
{
	*exists = false;
	return call(db, sql, params, read_exists, exists);
}

static const struct error *read_int(struct db *db, struct statement *statement, void *context)
{
	int64_t *value = context;
	bool row;

	TRY(statement_expect(db, statement, NULL));
	TRY(statement_fetch(db, statement, &row));
	*value = row ? statement_int(statement) : ABSENT;
	return NULL;
}

const struct error *db_int(struct db *db, int64_t *value, const char *sql, struct params params)
{
	*value = ABSENT;
	return call(db, sql, params, read_int, value);
}

struct ids_wanted {
	struct arena *arena;
	int64_t *ids;
	size_t count;
	size_t capacity;
};

static void ids_add(struct ids_wanted *wanted, int64_t id)
{
	if (wanted->count == wanted->capacity) {
		size_t capacity = wanted->capacity == 0 ? 64 : 2 * wanted->capacity;
		int64_t *ids = arena_array(wanted->arena, capacity, sizeof(*ids));

		if (wanted->count > 0)
			memcpy(ids, wanted->ids, wanted->count * sizeof(*ids));
		wanted->ids = ids;
		wanted->capacity = capacity;
	}
	wanted->ids[wanted->count++] = id;
}

static const struct error *read_ids(struct db *db, struct statement *statement, void *context)
{
	struct ids_wanted *wanted = context;
	bool row;

	wanted->count = 0;
	TRY(statement_expect(db, statement, NULL));
	for (;;) {
		TRY(statement_fetch(db, statement, &row));
		if (!row)
			return NULL;
		ids_add(wanted, statement_int(statement));
	}
}

const struct error *db_ids(
    struct db *db, struct arena *arena, struct id_list *ids, const char *sql, struct params params)
{
	struct ids_wanted wanted = {.arena = arena};
	const struct error *error = call(db, sql, params, read_ids, &wanted);

	*ids =
	    error == NULL ? (struct id_list){wanted.ids, wanted.count} : (struct id_list){NULL, 0};
	return error;
}

const struct error *db_ping(struct db *db)
{
	const struct error *error = NULL;

	for (int attempt = 0; attempt < 2; attempt++) {
		TRY(db_link_ready(db));
		if (mysql_ping(db->link) == 0)
			return NULL;
		error = db_failed_link(db, DB_PREPARING, NULL);
	}
	return error;
}
