/* The table of failures, and copies of its rows with a detail filled in. */
#include "error.h"

#include "arena.h"

#include <string.h>

const struct error error_table[ERROR_COUNT] = {
#define X(id, status, code, title) {status, code, title, NULL, 0},
    ERROR_TABLE(X)
#undef X
};

const struct error *error_field(struct arena *arena, const struct error *error, const char *field)
{
	struct error *copy = arena_copy(arena, error, sizeof(*error));

	copy->field = arena_text(arena, field);
	return copy;
}

const struct error *error_retry(struct arena *arena, const struct error *error, int seconds)
{
	struct error *copy = arena_copy(arena, error, sizeof(*error));

	copy->retry_after = seconds;
	return copy;
}

int error_is(const struct error *error, const struct error *kind)
{
	if (error == NULL || kind == NULL)
		return error == kind;
	return strcmp(error->code, kind->code) == 0;
}
