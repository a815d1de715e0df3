/* The media store as a directory. */
#include "arena.h"
#include "config.h"
#include "media_store_kind.h"
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <libgen.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAGING "staging"
#define DIRECTORY_MODE 0750 /* see media_staging.c */

static const struct error *fail(struct media_store *store, const char *what, const char *path)
{
	const struct error *error =
	    errno == ENOSPC || errno == EDQUOT ? FAIL(QUOTA) : FAIL(INTERNAL);

	return media_store_fail(store, error, what, path, strerror(errno));
}

static const char *path_of(struct media_store *store, struct arena *arena, const char *hash)
{
	return arena_printf(arena, "%s/%s", store->config->media.path, media_place(arena, hash));
}

/* A name is on the disk once its directory is. */
static const struct error *sync_directory(struct media_store *store, const char *path)
{
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct error *error = NULL;

	if (directory < 0 || fsync(directory) != 0)
		error = fail(store, "a directory of the media store cannot be written", path);
	if (directory >= 0)
		close(directory);
	return error;
}

static const struct error *make_directory(
    struct media_store *store, const char *path, const char *parent)
{
	if (mkdir(path, DIRECTORY_MODE) == 0)
		return sync_directory(store, parent);
	if (errno == EEXIST)
		return NULL;
	return fail(store, "a directory of the media store cannot be made", path);
}

static const struct error *make_place(
    struct media_store *store, struct arena *arena, const char *hash)
{
	const char *root = store->config->media.path;
	const char *outer = arena_printf(arena, "%s/%.2s", root, hash);
	const char *inner = arena_printf(arena, "%s/%.2s", outer, hash + 2);

	TRY(make_directory(store, outer, root));
	return make_directory(store, inner, outer);
}

static const struct error *bring(
    struct media_store *store, struct arena *arena, const struct media_staged *staged)
{
	(void)arena;
	if (fsync(staged->file) == 0)
		return NULL;
	return fail(store, "a file of the media store cannot be written", staged->name);
}

static const struct error *keep(
    struct media_store *store, struct arena *arena, const struct media_staged *staged)
{
	const char *path = path_of(store, arena, staged->hash);
	const char *from =
	    arena_printf(arena, "%s/" STAGING "/%s", store->config->media.path, staged->name);

	TRY(make_place(store, arena, staged->hash));
	if (link(from, path) != 0 && errno != EEXIST)
		return fail(store, "a file of the media store cannot be given its name", path);
	return sync_directory(store, dirname(arena_text(arena, path)));
}

static const struct error *delete (struct media_store *store, struct arena *arena, const char *hash)
{
	const char *path = path_of(store, arena, hash);

	if (unlink(path) == 0 || errno == ENOENT)
		return NULL;
	return fail(store, "a file of the media store cannot be removed", path);
}

static const struct error *measure(
    struct media_store *store, struct arena *arena, const char *hash, int64_t *size)
{
	const char *path = path_of(store, arena, hash);
	struct stat state;

	if (lstat(path, &state) == 0) {
		*size = state.st_size;
		return NULL;
	}
	if (errno == ENOENT || errno == ENOTDIR)
		return FAIL(NOT_FOUND);
	return fail(store, "a file of the media store cannot be looked at", path);
}

static void close_file(void *object)
{
	close(*(int *)object);
}

static const struct error *open_content(struct media_store *store, struct arena *arena,
    const char *hash, int64_t offset, int64_t length, struct byte_source **bytes)
{
	const char *path = path_of(store, arena, hash);
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (file < 0)
		return fail(store, "a file of the media store cannot be opened", path);
	arena_defer(arena, close_file, arena_copy(arena, &file, sizeof(file)));
	*bytes = byte_source_of_file(arena, file, offset, length);
	return NULL;
}

static const struct error *visit_file(struct media_store *store, const FTSENT *entry, bool contents,
    media_visit *visit, void *context)
{
	const char *path = entry->fts_path + strlen(store->config->media.path) + 1;

	return visit(context, &(struct media_found){
				  .path = path,
				  .name = entry->fts_name,
				  .staged = strncmp(path, STAGING "/", strlen(STAGING "/")) == 0,
				  .content = contents && media_is_place(path, entry->fts_name),
				  .size = entry->fts_statp->st_size,
				  .changed_at = entry->fts_statp->st_mtim.tv_sec,
			      });
}

static const struct error *visit_entry(struct media_store *store, const FTSENT *entry,
    bool contents, media_visit *visit, void *context)
{
	errno = entry->fts_errno;
	/* Somebody may just remove what was seen in a directory. */
	if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
		return fail(
		    store, "a directory of the media store cannot be read", entry->fts_path);
	if (entry->fts_info == FTS_F)
		return visit_file(store, entry, contents, visit, context);
	return NULL;
}

const struct error *media_directory_walk(
    struct media_store *store, bool contents, media_visit *visit, void *context)
{
	char *const roots[] = {(char *)store->config->media.path, NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	const struct error *error = NULL;
	FTSENT *entry;

	if (walk == NULL)
		return fail(store, "the media store cannot be read", roots[0]);
	while (error == NULL && (entry = fts_read(walk)) != NULL)
		error = visit_entry(store, entry, contents, visit, context);
	fts_close(walk);
	return error;
}

static const struct error *walk(struct media_store *store, media_visit *visit, void *context)
{
	return media_directory_walk(store, true, visit, context);
}

const struct media_store_kind media_directory = {
    bring, keep, delete, measure, open_content, path_of, walk};
