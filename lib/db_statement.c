/* Prepared statements: kept per connection, found by the address of their SQL, with the memory
 * that results are bound to. */
#include "db_statement.h"

#include "arena.h"
#include "db_column.h"
#include "json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TABLE_FIRST 64
#define TABLE_LAST 1024
#define PARAMS_MAX 64

/* my_bool in one library, bool in the other. */
typedef __typeof__(*((MYSQL_BIND *)NULL)->is_null) db_flag;

struct cell {
	int64_t integer;
	unsigned long length;
	db_flag null, truncated;
};

struct statement {
	const char *address;
	char *sql; /* a copy: the same address may hold another text one day */
	MYSQL_STMT *handle;
	unsigned columns;
	struct cell *cells;
	const struct field **fields;
	const struct record *record; /* what the result is bound for */
	bool bound;
};

static void *must(void *memory)
{
	if (memory == NULL) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return memory;
}

/* Connector/C leaves an error that comes instead of a row with the connection. */
static const struct error *statement_failed(
    struct db *db, enum db_stage stage, struct statement *statement)
{
	if (mysql_stmt_errno(statement->handle) == 0)
		return db_failed_link(db, stage, statement->address);
	return db_failed(db, stage, mysql_stmt_errno(statement->handle),
	    mysql_stmt_error(statement->handle), statement->address);
}

static void statement_close(struct statement *statement)
{
	mysql_stmt_close(statement->handle);
	free(statement->sql);
	free(statement->cells);
	free(statement->fields);
	free(statement);
}

void statements_close(struct statement_table *table)
{
	for (size_t i = 0; i < table->size; i++) {
		if (table->slots[i] != NULL)
			statement_close(table->slots[i]);
	}
	free(table->slots);
	*table = (struct statement_table){NULL, 0, 0};
}

static struct statement **find_slot(const struct statement_table *table, const char *sql)
{
	size_t place = (size_t)((uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15) >> 32);

	for (;; place++) {
		struct statement **slot = &table->slots[place & (table->size - 1)];

		if (*slot == NULL || (*slot)->address == sql)
			return slot;
	}
}

static void table_grow(struct statement_table *table)
{
	struct statement_table larger = {
	    NULL, table->size == 0 ? TABLE_FIRST : table->size * 2, table->count};

	larger.slots = must(calloc(larger.size, sizeof(struct statement *)));
	for (size_t i = 0; i < table->size; i++) {
		if (table->slots[i] != NULL)
			*find_slot(&larger, table->slots[i]->address) = table->slots[i];
	}
	free(table->slots);
	*table = larger;
}

static const struct error *statement_prepare(struct db *db, struct statement *statement)
{
	if (mysql_stmt_prepare(statement->handle, statement->sql, strlen(statement->sql)) != 0)
		return statement_failed(db, DB_PREPARING, statement);
	statement->columns = mysql_stmt_field_count(statement->handle);
	statement->cells = must(calloc(statement->columns + 1, sizeof(struct cell)));
	statement->fields = must(calloc(statement->columns + 1, sizeof(struct field *)));
	return NULL;
}

const struct error *statement_find(struct db *db, const char *sql, struct statement **statement)
{
	struct statement_table *table = &db->statements;
	struct statement **slot;
	const struct error *error;

	if (table->count >= TABLE_LAST) /* made up at run time, it seems: start anew */
		statements_close(table);
	if (table->count * 2 >= table->size)
		table_grow(table);
	slot = find_slot(table, sql);
	if (*slot != NULL && strcmp((*slot)->sql, sql) == 0) {
		*statement = *slot;
		return NULL;
	}
	*statement = must(calloc(1, sizeof(**statement)));
	(*statement)->address = sql;
	(*statement)->sql = must(strdup(sql));
	(*statement)->handle = must(mysql_stmt_init(db->link));
	error = statement_prepare(db, *statement);
	if (error != NULL) {
		statement_close(*statement);
		return error;
	}
	if (*slot == NULL)
		table->count++;
	else
		statement_close(*slot);
	*slot = *statement;
	return NULL;
}

static void bind_param(MYSQL_BIND *bind, const struct param *param)
{
	if (param->kind == PARAM_INT && param->integer != ABSENT) {
		bind->buffer_type = MYSQL_TYPE_LONGLONG;
		bind->buffer = (void *)&param->integer;
	} else if (param->kind == PARAM_TEXT && param->text != NULL) {
		bind->buffer_type = MYSQL_TYPE_STRING;
		bind->buffer = (void *)param->text;
		bind->buffer_length = strlen(param->text);
	} else {
		bind->buffer_type = MYSQL_TYPE_NULL;
	}
}

const struct error *statement_run(struct db *db, struct statement *statement, struct params params)
{
	MYSQL_BIND binds[PARAMS_MAX];

	if (params.count > PARAMS_MAX || mysql_stmt_param_count(statement->handle) != params.count)
		return db_bug(db, statement->address, "not as many parameters as placeholders");
	memset(binds, 0, sizeof(binds[0]) * params.count);
	for (size_t i = 0; i < params.count; i++) {
		const struct param *param = &params.items[i];

		if (param->kind == PARAM_ROWS)
			return db_bug(db, statement->address, "rows are for db_run() only");
		if (param->kind == PARAM_TEXT && param->text != NULL &&
		    !json_utf8_valid(param->text, strlen(param->text)))
			return db_bug(db, statement->address, "a parameter is not UTF-8");
		bind_param(&binds[i], param);
	}
	if (params.count > 0 && mysql_stmt_bind_param(statement->handle, binds) != 0)
		return statement_failed(db, DB_PREPARING, statement);
	if (mysql_stmt_execute(statement->handle) != 0)
		return statement_failed(db, DB_RUNNING, statement);
	return NULL;
}

static void bind_cell(MYSQL_BIND *bind, struct cell *cell, bool integer)
{
	if (integer) {
		bind->buffer_type = MYSQL_TYPE_LONGLONG;
		bind->buffer = &cell->integer;
	} else {
		/* No room: only the length arrives, then statement_text() fetches the value
		 * into memory of that size. */
		bind->buffer_type = MYSQL_TYPE_STRING;
		bind->buffer = &cell->integer;
		bind->buffer_length = 0;
	}
	bind->length = &cell->length;
	bind->is_null = &cell->null;
	bind->error = &cell->truncated;
}

static const struct error *match_record(
    struct db *db, struct statement *statement, const struct record *record)
{
	MYSQL_RES *metadata = mysql_stmt_result_metadata(statement->handle);
	const struct error *error;

	if (metadata == NULL)
		return db_bug(db, statement->address, "a statement without rows");
	error = columns_match(db, statement->address, record, metadata, statement->fields);
	mysql_free_result(metadata);
	return error;
}

const struct error *statement_expect(
    struct db *db, struct statement *statement, const struct record *record)
{
	MYSQL_BIND *binds;
	bool bound;

	if (statement->bound && statement->record == record)
		return NULL;
	if (statement->columns == 0)
		return db_bug(db, statement->address, "a statement without rows");
	if (record != NULL)
		TRY(match_record(db, statement, record));
	binds = must(calloc(statement->columns, sizeof(*binds)));
	for (unsigned i = 0; i < statement->columns; i++) {
		bool integer = record == NULL ? i == 0 : column_is_integer(statement->fields[i]);

		bind_cell(&binds[i], &statement->cells[i], integer);
	}
	bound = mysql_stmt_bind_result(statement->handle, binds) == 0;
	free(binds);
	if (!bound)
		return statement_failed(db, DB_RUNNING, statement);
	statement->record = record;
	statement->bound = true;
	return NULL;
}

const struct error *statement_fetch(struct db *db, struct statement *statement, bool *row)
{
	int status = mysql_stmt_fetch(statement->handle);

	*row = status == 0 || status == MYSQL_DATA_TRUNCATED;
	if (*row || status == MYSQL_NO_DATA)
		return NULL;
	return statement_failed(db, DB_RUNNING, statement);
}

static const struct error *statement_text(
    struct db *db, struct arena *arena, struct statement *statement, unsigned column, char **text)
{
	unsigned long length = statement->cells[column].length;
	db_flag null, truncated;
	MYSQL_BIND bind;

	*text = arena_alloc(arena, length + 1);
	if (length == 0)
		return NULL;
	memset(&bind, 0, sizeof(bind));
	bind.buffer_type = MYSQL_TYPE_STRING;
	bind.buffer = *text;
	bind.buffer_length = length;
	bind.length = &length;
	bind.is_null = &null;
	bind.error = &truncated;
	if (mysql_stmt_fetch_column(statement->handle, &bind, column, 0) != 0)
		return statement_failed(db, DB_RUNNING, statement);
	return NULL;
}

const struct error *statement_row(
    struct db *db, struct arena *arena, struct statement *statement, void *object)
{
	for (unsigned i = 0; i < statement->columns; i++) {
		const struct cell *cell = &statement->cells[i];
		const struct field *field = statement->fields[i];
		char *text;

		if (cell->null)
			continue;
		if (column_is_integer(field)) {
			if (cell->truncated)
				return db_bug(db, statement->address, "a column is not an integer");
			column_set_integer(field, object, cell->integer);
			continue;
		}
		TRY(statement_text(db, arena, statement, i, &text));
		column_set_text(field, object, text);
	}
	return NULL;
}

void statement_changes(const struct statement *statement, int64_t *affected, int64_t *insert_id)
{
	*affected = (int64_t)mysql_stmt_affected_rows(statement->handle);
	*insert_id = (int64_t)mysql_stmt_insert_id(statement->handle);
}

int64_t statement_int(const struct statement *statement)
{
	return statement->cells[0].null ? ABSENT : statement->cells[0].integer;
}

void statement_finish(struct statement *statement)
{
	mysql_stmt_free_result(statement->handle);
}
