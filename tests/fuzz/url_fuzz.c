/* Fuzzes what a client writes into the request line: the address and its query string. */
#include "arena.h"
#include "query.h"
#include "url.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct thing {
	int64_t before;
	const char *query;
	struct id_list ids;
};

static const struct field thing_fields[] = {
    OPTIONAL(struct thing, before, 0, 1000),
    OPTIONAL(struct thing, query, 1, 20),
    OPTIONAL(struct thing, ids, 0, 10),
};
static const struct record thing_record = RECORD(struct thing, thing_fields);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	const char *address = arena_text_n(arena, (const char *)bytes, size);
	struct thing thing;
	struct url url;

	if (url_split(arena, address, "chat", &url) == NULL) {
		if (url.path[0] != '/' || strlen(url.path) > size)
			__builtin_trap();
		query_fill(arena, &thing_record, url.query, &thing);
	}
	arena_free(&arena);
	return 0;
}
