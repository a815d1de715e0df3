/* Looking at pictures of stickers. */
#include "sticker_picture.h"
#include "config.h"
#include "format.h"
#include "token.h"
#include <unistd.h>

static const char UNWRITABLE[] = "cannot be written into the media store, the log says why";

struct staged_file {
	const struct config *config;
	const char *name;
	int file;
};

static void release_staged(void *object)
{
	const struct staged_file *staged = object;
	struct arena *arena = arena_new();

	close(staged->file);
	media_unstage(staged->config, arena, staged->name);
	arena_free(&arena);
}

static struct staged_file *stage(const struct config *config, struct arena *arena)
{
	struct staged_file *staged = arena_alloc(arena, sizeof(*staged));

	staged->config = config;
	staged->name = arena_printf(arena, "pack-%s", token_random(arena));
	staged->file = media_stage(config, arena, staged->name, true);
	if (staged->file < 0)
		return NULL;
	arena_defer(arena, release_staged, staged);
	return staged;
}

static bool write_whole(int file, const struct pack_file *bytes)
{
	size_t done = 0;

	while (done < bytes->length) {
		ssize_t count = write(file, bytes->bytes + done, bytes->length - done);

		if (count <= 0)
			return false;
		done += (size_t)count;
	}
	return true;
}

/* Each reader knows its own kind by the first bytes. */
static struct rewrite *read_picture(
    struct arena *arena, int file, int64_t size, struct format_facts *facts)
{
	static format_reader *const readers[] = {webp_read, png_read, gif_read, jpeg_read};
	struct source *source = arena_alloc(arena, sizeof(*source));

	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		struct rewrite *kept = rewrite_new(arena);

		*facts = (struct format_facts){.duration_ms = -1};
		source_open(source, file, size);
		if (readers[i](source, facts, kept) == NULL)
			return kept;
	}
	return NULL;
}

const char *sticker_picture_stage(const struct config *config, struct arena *arena,
    const struct pack_file *bytes, struct sticker_picture *picture)
{
	const struct staged_file *whole = stage(config, arena), *cleaned = stage(config, arena);
	struct format_facts facts;
	struct rewrite *kept;
	int64_t size;

	if (whole == NULL || cleaned == NULL || !write_whole(whole->file, bytes))
		return UNWRITABLE;
	kept = read_picture(arena, whole->file, (int64_t)bytes->length, &facts);
	if (kept == NULL)
		return "is no WebP, PNG, GIF or JPEG, or is damaged";
	if (facts.width > STICKER_SIDE || facts.height > STICKER_SIDE)
		return arena_printf(
		    arena, "is larger than %d by %d pixels", STICKER_SIDE, STICKER_SIDE);
	if (facts.pixels > config->media.max_pixels)
		return "has too many frames";
	if (!rewrite_write(kept, whole->file, cleaned->file))
		return UNWRITABLE;
	size = rewrite_length(kept);
	*picture = (struct sticker_picture){.type = facts.type,
	    .width = facts.width,
	    .height = facts.height,
	    .animated = facts.animated,
	    .content = {.name = cleaned->name,
		.file = cleaned->file,
		.size = size,
		.hash = media_hash(arena, byte_source_of_file(arena, cleaned->file, 0, size))}};
	return picture->content.hash != NULL ? NULL : UNWRITABLE;
}
