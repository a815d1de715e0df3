/* Poll files: their names, and what changes about them. */
#include "poll_file.h"
#include "arena.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE_MAX_BYTES 2000

static const char *name_of(const struct token_keys *keys, struct arena *arena, int64_t user)
{
	return token_derive(keys, arena, "poll file", arena_printf(arena, "%" PRId64, user));
}

/* One byte longer each time, or shorter again: web servers make ETags of size and time, and many
 * count the time in seconds. */
static bool grow(int file)
{
	struct stat now;

	if (fstat(file, &now) != 0)
		return false;
	if (now.st_size >= SIZE_MAX_BYTES && ftruncate(file, 0) != 0)
		return false;
	return write(file, ".", 1) == 1;
}

static bool touch(const struct config *config, struct arena *arena, const char *name)
{
	const char *path = arena_printf(arena, "%s/%s", config->live.poll_directory, name);
	int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0644);
	bool done = file >= 0 && grow(file);

	if (!done)
		LOG(WARNING, "a poll file cannot be touched",
		    LOG_FIELD("directory", config->live.poll_directory),
		    LOG_FIELD("reason", strerror(errno)));
	if (file >= 0)
		close(file);
	return done;
}

void poll_files_touch(const struct config *config, const struct token_keys *keys,
    struct arena *arena, const int64_t *users, size_t count)
{
	if (!config->live.poll_files)
		return;
	for (size_t i = 0; i < count; i++) {
		/* One line in the log is enough for what all of them would meet. */
		if (!touch(config, arena, name_of(keys, arena, users[i])))
			return;
	}
}

const char *poll_file_url(
    const struct config *config, const struct token_keys *keys, struct arena *arena, int64_t user)
{
	const char *name, *path;

	if (!config->live.poll_files)
		return NULL;
	name = name_of(keys, arena, user);
	path = arena_printf(arena, "%s/%s", config->live.poll_directory, name);
	if (access(path, F_OK) != 0 && !touch(config, arena, name))
		return NULL;
	return arena_printf(arena, "%s/%s", config->live.poll_url, name);
}
