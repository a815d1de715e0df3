/* Fuzzes what clients write around what they upload and download: forms, names, ranges, structured
 * fields, hints.  The first byte says which. */
#include "arena.h"
#include "file_name.h"
#include "hint.h"
#include "multipart.h"
#include "respond_file.h"
#include "structured_field.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_boundary(struct arena *arena, const char *text, size_t size)
{
	const char *boundary = multipart_boundary(arena, text);

	if (boundary != NULL && (*boundary == '\0' || strlen(boundary) > size))
		__builtin_trap();
}

/* The boundary is what stands before the first 0. */
static void check_form(struct arena *arena, const char *text, size_t size)
{
	size_t length = strlen(text) < size ? strlen(text) + 1 : size;
	char *body = malloc(size > length ? size - length : 1);
	struct multipart_file file;

	if (body == NULL)
		abort();
	memcpy(body, text + length, size - length);
	if (*text != '\0' && multipart_find(arena, body, size - length, text, &file) &&
	    (file.bytes < body || file.bytes + file.length > body + size - length ||
		file.name == NULL))
		__builtin_trap();
	free(body);
}

/* Whatever somebody calls a file, it is a line of ASCII in which nothing else begins. */
static void check_name(struct arena *arena, const char *text, size_t size)
{
	const char *name = file_name_clean(arena, text);
	const char *header = file_name_disposition(arena, name, (size & 1) != 0);

	if (name != NULL && (*name == '\0' || strpbrk(name, "/\\\r\n") != NULL))
		__builtin_trap();
	for (; *header != '\0'; header++)
		if (*header < ' ' || *header > '~')
			__builtin_trap();
}

static void check_range(struct arena *arena, const char *text, size_t size)
{
	const int64_t whole = (int64_t)(size % 3) * 1000;
	int64_t first = 0, last = 0;

	(void)arena;
	if (byte_range_read(text, whole, &first, &last) == RANGE_PART &&
	    (first < 0 || last < first || last >= whole))
		__builtin_trap();
}

static void check_fields(struct arena *arena, const char *text, size_t size)
{
	int64_t count;
	bool flag;

	(void)arena;
	if (structured_flag(text, &flag) && strlen(text) != 2)
		__builtin_trap();
	if (structured_count(text, &count) && (count < 0 || strlen(text) > size))
		__builtin_trap();
}

static void check_hints(struct arena *arena, const char *text, size_t size)
{
	(void)arena;
	(void)size;
	if ((hint_is_waveform(text) || hint_is_placeholder(text)) &&
	    (*text == '\0' || strlen(text) > 128))
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static void (*const checks[])(struct arena * arena, const char *text, size_t size) = {
	    check_boundary, check_form, check_name, check_range, check_fields, check_hints};
	struct arena *arena;

	if (size == 0)
		return 0;
	arena = arena_new();
	checks[bytes[0] % (sizeof(checks) / sizeof(checks[0]))](
	    arena, arena_text_n(arena, (const char *)bytes + 1, size - 1), size - 1);
	arena_free(&arena);
	return 0;
}
