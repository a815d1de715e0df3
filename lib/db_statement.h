/* Inside of db: prepared statements of one connection.  Only db*.c includes this. */
#ifndef HICHAT_DB_STATEMENT_H
#define HICHAT_DB_STATEMENT_H

#include "db_link.h"

struct arena;
struct statement;

/* Prepared now or before. */
const struct error *statement_find(struct db *db, const char *sql, struct statement **statement);
const struct error *statement_run(struct db *db, struct statement *statement, struct params params);
/* Rows are to be read as this record; NULL: the first column, as an integer. */
const struct error *statement_expect(
    struct db *db, struct statement *statement, const struct record *record);
const struct error *statement_fetch(struct db *db, struct statement *statement, bool *row);
/* The row that was fetched. */
const struct error *statement_row(
    struct db *db, struct arena *arena, struct statement *statement, void *object);
/* Of a statement that changes rows. */
void statement_changes(const struct statement *statement, int64_t *affected, int64_t *insert_id);
int64_t statement_int(const struct statement *statement);
/* Gives up rows that were not fetched. */
void statement_finish(struct statement *statement);

void statements_close(struct statement_table *table);

#endif
