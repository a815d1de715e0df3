/* Inside of db: columns of a result and the fields of a record.  Only db*.c includes this. */
#ifndef HICHAT_DB_COLUMN_H
#define HICHAT_DB_COLUMN_H

#include "db_link.h"

struct arena;

/* fields[i] becomes the field that column i of the result fills.  Each column must have one;
 * a field without a column stays absent. */
const struct error *columns_match(struct db *db, const char *sql, const struct record *record,
    MYSQL_RES *result, const struct field **fields);

bool column_is_integer(const struct field *field);
void column_set_integer(const struct field *field, void *object, int64_t value);
/* The text must be in the arena already. */
void column_set_text(const struct field *field, void *object, const char *text);

/* One more row at the end, cleared.  *capacity starts at 0 and is kept by the caller. */
void *rows_add(struct arena *arena, struct rows *rows, size_t *capacity);

#endif
