/* What can be done with any struct that a record describes. */
#include "record.h"

#include <string.h>

void record_clear(const struct record *record, void *object)
{
	memset(object, 0, record->size);
	for (size_t i = 0; i < record->count; i++) {
		const struct field *field = &record->fields[i];

		if (field->kind == FIELD_INT || field->kind == FIELD_FLAG)
			*(int64_t *)((char *)object + field->offset) = ABSENT;
	}
}

const struct field *record_field(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++) {
		if (strcmp(record->fields[i].name, name) == 0)
			return &record->fields[i];
	}
	return NULL;
}
