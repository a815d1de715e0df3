/* Fuzzes one reader of an uploaded format: FORMAT_READER, which the makefile names for each.  What
 * it accepts it accepts again as it is stored, and finds the same in it. */
#include "arena.h"
#include "format.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *read_file(
    int file, int64_t size, struct format_facts *facts, struct rewrite *kept)
{
	static struct source source;

	*facts = (struct format_facts){.duration_ms = -1};
	source_open(&source, file, size);
	return FORMAT_READER(&source, facts, kept);
}

static void check_again(
    struct arena *arena, int file, const struct rewrite *kept, const struct format_facts *facts)
{
	int stored = memfd_create("stored", MFD_CLOEXEC);
	struct rewrite *again = rewrite_new(arena);
	struct format_facts found;

	if (stored < 0 || !rewrite_write(kept, file, stored))
		abort();
	if (read_file(stored, rewrite_length(kept), &found, again) != NULL ||
	    rewrite_length(again) != rewrite_length(kept) || found.width != facts->width ||
	    found.height != facts->height || found.duration_ms != facts->duration_ms)
		__builtin_trap();
	close(stored);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	int file = memfd_create("upload", MFD_CLOEXEC);
	struct rewrite *kept = rewrite_new(arena);
	struct format_facts facts;

	if (file < 0 || write(file, bytes, size) != (ssize_t)size)
		abort();
	if (read_file(file, (int64_t)size, &facts, kept) == NULL)
		check_again(arena, file, kept, &facts);
	close(file);
	arena_free(&arena);
	return 0;
}
