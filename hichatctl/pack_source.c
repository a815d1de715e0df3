/* Directories and archives. */
#include "pack_source.h"
#include "arena.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

struct pack_source {
	int directory; /* -1: it is an archive */
	zip_t *archive;
};

static void release_source(void *object)
{
	struct pack_source *source = object;

	if (source->directory >= 0)
		close(source->directory);
	if (source->archive != NULL)
		zip_discard(source->archive);
}

static zip_t *open_archive(struct arena *arena, const char *path, const char **why)
{
	int code = 0;
	zip_t *archive = zip_open(path, ZIP_RDONLY, &code);
	zip_error_t error;

	if (archive != NULL)
		return archive;
	zip_error_init_with_code(&error, code);
	*why = arena_text(arena, zip_error_strerror(&error));
	zip_error_fini(&error);
	return NULL;
}

struct pack_source *pack_source_open(struct arena *arena, const char *path, const char **why)
{
	struct pack_source *source = arena_alloc(arena, sizeof(*source));

	source->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (source->directory < 0 && errno == ENOTDIR)
		source->archive = open_archive(arena, path, why);
	else if (source->directory < 0)
		*why = arena_text(arena, strerror(errno));
	if (source->directory < 0 && source->archive == NULL)
		return NULL;
	arena_defer(arena, release_source, source);
	return source;
}

static const char *too_large(struct arena *arena, size_t most)
{
	return arena_printf(arena, "is larger than %zu bytes", most);
}

static const char *read_entry(int entry, struct arena *arena, size_t most, struct pack_file *file)
{
	char *bytes = arena_alloc(arena, most + 1);
	ssize_t count;

	file->length = 0;
	while ((count = read(entry, bytes + file->length, most + 1 - file->length)) > 0)
		file->length += (size_t)count;
	file->bytes = bytes;
	if (count < 0)
		return arena_printf(arena, "cannot be read: %s", strerror(errno));
	return file->length > most ? too_large(arena, most) : NULL;
}

static const char *read_from_directory(
    int directory, struct arena *arena, const char *name, size_t most, struct pack_file *file)
{
	int entry = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat state;
	const char *wrong;

	if (entry < 0 && errno == ENOENT)
		return "is missing";
	if (entry < 0)
		return arena_printf(arena, "cannot be read: %s", strerror(errno));
	if (fstat(entry, &state) != 0 || !S_ISREG(state.st_mode))
		wrong = "is no file";
	else if ((uintmax_t)state.st_size > most)
		wrong = too_large(arena, most);
	else
		wrong = read_entry(entry, arena, (size_t)state.st_size, file);
	close(entry);
	return wrong;
}

/* The size that the archive tells is checked first, and what really comes out counted. */
static const char *read_from_archive(
    zip_t *archive, struct arena *arena, const char *name, size_t most, struct pack_file *file)
{
	zip_stat_t state;
	zip_file_t *entry;
	zip_int64_t count = -1;
	char *bytes;

	if (zip_stat(archive, name, 0, &state) != 0)
		return "is missing";
	if ((state.valid & ZIP_STAT_SIZE) == 0 || state.size > most)
		return too_large(arena, most);
	entry = zip_fopen(archive, name, 0);
	if (entry == NULL)
		return arena_printf(arena, "cannot be read: %s", zip_strerror(archive));
	bytes = arena_alloc(arena, (size_t)state.size + 1);
	file->bytes = bytes;
	file->length = 0;
	while ((count = zip_fread(entry, bytes + file->length, state.size + 1 - file->length)) > 0)
		file->length += (size_t)count;
	zip_fclose(entry);
	return count == 0 && file->length == state.size ? NULL : "is damaged";
}

const char *pack_source_read(struct pack_source *source, struct arena *arena, const char *name,
    size_t most, struct pack_file *file)
{
	if (source->directory >= 0)
		return read_from_directory(source->directory, arena, name, most, file);
	return read_from_archive(source->archive, arena, name, most, file);
}
