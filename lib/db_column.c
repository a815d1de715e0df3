/* Where a column's value goes: shared by prepared and by text results, so that both read alike. */
#include "db_column.h"

#include "arena.h"

#include <stdio.h>
#include <string.h>

#define ROWS_FIRST 16

const struct error *columns_match(struct db *db, const char *sql, const struct record *record,
    MYSQL_RES *result, const struct field **fields)
{
	unsigned count = mysql_num_fields(result);

	for (unsigned i = 0; i < count; i++) {
		const char *name = mysql_fetch_field_direct(result, i)->name;
		char reason[128];

		fields[i] = record_field(record, name);
		if (fields[i] != NULL && fields[i]->kind != FIELD_IDS &&
		    fields[i]->kind != FIELD_TEXTS && fields[i]->kind != FIELD_ROWS)
			continue;
		snprintf(reason, sizeof(reason), "the record has no field for column %s", name);
		return db_bug(db, sql, reason);
	}
	return NULL;
}

bool column_is_integer(const struct field *field)
{
	return field->kind == FIELD_INT || field->kind == FIELD_BOOL || field->kind == FIELD_FLAG;
}

void column_set_integer(const struct field *field, void *object, int64_t value)
{
	void *member = (char *)object + field->offset;

	if (field->kind == FIELD_BOOL)
		*(bool *)member = value != 0;
	else
		*(int64_t *)member = value;
}

void column_set_text(const struct field *field, void *object, const char *text)
{
	void *member = (char *)object + field->offset;

	if (field->kind == FIELD_JSON)
		((struct json_text *)member)->text = text;
	else
		*(const char **)member = text;
}

void *rows_add(struct arena *arena, struct rows *rows, size_t *capacity)
{
	size_t size = rows->record->size;
	char *object;

	if (rows->count == *capacity) {
		size_t more = *capacity == 0 ? ROWS_FIRST : *capacity * 2;
		void *items = arena_array(arena, more, size);

		if (rows->count > 0)
			memcpy(items, rows->items, rows->count * size);
		rows->items = items;
		*capacity = more;
	}
	object = (char *)rows->items + rows->count++ * size;
	record_clear(rows->record, object);
	return object;
}
