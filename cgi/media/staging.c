/* Staged files of requests. */
#include "staging.h"

#include "body.h"
#include "media_store.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)

struct leftover {
	const struct config *config;
	const char *name; /* NULL: it stays */
	int file;
};

static void let_go(void *object)
{
	const struct leftover *leftover = object;
	struct arena *arena;

	close(leftover->file);
	if (leftover->name == NULL)
		return;
	arena = arena_new();
	media_unstage(leftover->config, arena, leftover->name);
	arena_free(&arena);
}

const struct error *staging_failure(const char *what)
{
	const struct error *error =
	    errno == ENOSPC || errno == EDQUOT ? FAIL(QUOTA) : FAIL(INTERNAL);

	LOG(ERROR, what, LOG_FIELD("reason", strerror(errno)));
	return error;
}

static const struct error *open_staged(
    struct request *req, const char *name, bool stays, struct staged *staged)
{
	struct leftover *leftover = arena_alloc(req->arena, sizeof(*leftover));
	struct stat state;

	*staged = (struct staged){name, media_stage(req->config, req->arena, name, true), 0};
	if (staged->file < 0)
		return errno == ENOSPC || errno == EDQUOT ? FAIL(QUOTA) : FAIL(INTERNAL);
	*leftover = (struct leftover){req->config, stays ? NULL : name, staged->file};
	arena_defer(req->arena, let_go, leftover);
	if (fstat(staged->file, &state) != 0)
		return staging_failure("a staged file cannot be looked at");
	staged->size = state.st_size;
	return NULL;
}

const struct error *staging_new(struct request *req, struct staged *staged)
{
	const char *name = arena_printf(req->arena, "new-%s", token_random(req->arena));

	return open_staged(req, name, false, staged);
}

const struct error *staging_open(struct request *req, const char *name, struct staged *staged)
{
	return open_staged(req, name, true, staged);
}

const struct error *staging_append(struct staged *staged, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = pwrite(staged->file, bytes, length, staged->size);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return staging_failure("an upload cannot be written");
		staged->size += count;
		bytes += count;
		length -= (size_t)count;
	}
	return NULL;
}

const struct error *staging_receive(struct request *req, struct staged *staged, int64_t length)
{
	char *piece = arena_alloc(req->arena, PIECE);

	while (length > 0) {
		size_t count = length < (int64_t)PIECE ? (size_t)length : PIECE;

		TRY(body_read(req, piece, count));
		TRY(staging_append(staged, piece, count));
		length -= (int64_t)count;
	}
	return NULL;
}
