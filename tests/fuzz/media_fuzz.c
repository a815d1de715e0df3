/* Fuzzes the readers of uploaded formats, and of forms.  What a reader accepts it accepts again as
 * it is stored, and finds the same in it. */
#include "arena.h"
#include "format.h"
#include "multipart.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static format_reader *const readers[] = {
    jpeg_read, png_read, gif_read, webp_read, ogg_read, webm_read, mp4_read};
#define READERS (sizeof(readers) / sizeof(readers[0]))

static const char *read_file(
    format_reader *read, int file, int64_t size, struct format_facts *facts, struct rewrite *kept)
{
	static struct source source;

	*facts = (struct format_facts){.duration_ms = -1};
	source_open(&source, file, size);
	return read(&source, facts, kept);
}

static void check_again(struct arena *arena, format_reader *read, int file,
    const struct rewrite *kept, const struct format_facts *facts)
{
	int stored = memfd_create("stored", MFD_CLOEXEC);
	struct rewrite *again = rewrite_new(arena);
	struct format_facts found;

	if (stored < 0 || !rewrite_write(kept, file, stored))
		abort();
	if (read_file(read, stored, rewrite_length(kept), &found, again) != NULL ||
	    rewrite_length(again) != rewrite_length(kept) || found.width != facts->width ||
	    found.height != facts->height || found.duration_ms != facts->duration_ms)
		__builtin_trap();
	close(stored);
}

static void check_format(
    struct arena *arena, format_reader *read, const uint8_t *bytes, size_t size)
{
	int file = memfd_create("upload", MFD_CLOEXEC);
	struct rewrite *kept = rewrite_new(arena);
	struct format_facts facts;

	if (file < 0 || write(file, bytes, size) != (ssize_t)size)
		abort();
	if (read_file(read, file, (int64_t)size, &facts, kept) == NULL)
		check_again(arena, read, file, kept, &facts);
	close(file);
}

static void check_form(struct arena *arena, const char *body, size_t size)
{
	struct multipart_file file;

	(void)multipart_boundary(arena, arena_text_n(arena, body, size));
	if (multipart_find(arena, body, size, "b", &file) &&
	    (file.bytes < body || file.bytes + file.length > body + size))
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena;

	if (size == 0)
		return 0;
	arena = arena_new();
	if (bytes[0] % (READERS + 1) < READERS)
		check_format(arena, readers[bytes[0] % (READERS + 1)], bytes + 1, size - 1);
	else
		check_form(arena, arena_copy(arena, bytes + 1, size - 1), size - 1);
	arena_free(&arena);
	return 0;
}
