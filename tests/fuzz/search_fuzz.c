/* Fuzzes how texts are split for searching: whatever a text is made of, each of its own words and
 * all of it together are found in it, and pass its filter. */
#include "arena.h"
#include "json.h"
#include "search_filter.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_passes(const char *filter, const struct search_text *wanted)
{
	struct search_probe probes[SEARCH_PROBES];
	size_t length = strlen(filter) / 2;

	search_probes_of(wanted, probes);
	for (size_t i = 0; i < SEARCH_PROBES; i++) {
		size_t place = (size_t)probes[i].place % length;
		const char digits[] = {filter[2 * place], filter[2 * place + 1], '\0'};

		if ((strtol(digits, NULL, 16) & probes[i].mask) == 0)
			__builtin_trap();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	const char *given = arena_text_n(arena, (const char *)bytes, size);
	struct search_text text;

	if (json_utf8_valid(given, strlen(given))) {
		struct search_filter *filter = search_filter_new(arena);
		const char *written;

		text = search_text_read(arena, given);
		search_filter_add(filter, &text);
		written = search_filter_write(arena, filter);
		if (!search_text_contains(&text, &text))
			__builtin_trap();
		if (text.count > 0)
			check_passes(written, &text);
		for (size_t i = 0; i < text.count; i++)
			check_passes(written, &(struct search_text){&text.runs[i], 1, 0});
	}
	arena_free(&arena);
	return 0;
}
