/* The store as a directory. */
#include "media_store.h"
#include "arena.h"
#include "config.h"
#include "log.h"
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <libgen.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)
#define STAGING "staging"

/* Only the programs read what people have sent each other, and a web server of their group. */
#define DIRECTORY_MODE 0750
#define FILE_MODE 0640

static bool fail(const char *what, const char *path)
{
	LOG(ERROR, what, LOG_FIELD("path", path), LOG_FIELD("reason", strerror(errno)));
	return false;
}

static const char *staging_path(const struct config *config, struct arena *arena, const char *name)
{
	return arena_printf(arena, "%s/" STAGING "/%s", config->media.path, name);
}

const char *media_store_path(const struct config *config, struct arena *arena, const char *hash)
{
	return arena_printf(arena, "%s/%.2s/%.2s/%s", config->media.path, hash, hash + 2, hash);
}

/* A name is on the disk once its directory is. */
static bool sync_directory(const char *path)
{
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = directory >= 0 && fsync(directory) == 0;

	if (!done)
		fail("a directory of the media store cannot be written", path);
	if (directory >= 0)
		close(directory);
	return done;
}

static bool make_directory(const char *path, const char *parent)
{
	if (mkdir(path, DIRECTORY_MODE) == 0)
		return sync_directory(parent);
	if (errno == EEXIST)
		return true;
	return fail("a directory of the media store cannot be made", path);
}

int media_stage(const struct config *config, struct arena *arena, const char *name, bool make)
{
	const char *path = staging_path(config, arena, name);
	const char *parent = arena_printf(arena, "%s/" STAGING, config->media.path);
	int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (make ? O_CREAT : 0);
	int file = open(path, flags, FILE_MODE);

	if (file < 0 && errno == ENOENT && make && make_directory(parent, config->media.path))
		file = open(path, flags, FILE_MODE);
	if (file < 0 && (make || errno != ENOENT))
		fail("a file of the media store cannot be made", path);
	return file;
}

void media_unstage(const struct config *config, struct arena *arena, const char *name)
{
	const char *path = staging_path(config, arena, name);

	if (unlink(path) != 0 && errno != ENOENT)
		fail("a file of the media store cannot be removed", path);
}

static const char *write_hex(struct arena *arena, const unsigned char *bytes, size_t count)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(arena, 2 * count + 1);

	for (size_t i = 0; i < count; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	return text;
}

static bool digest_file(EVP_MD_CTX *digest, int file)
{
	unsigned char piece[PIECE];
	off_t done = 0;

	for (;;) {
		ssize_t count = pread(file, piece, sizeof(piece), done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return count == 0;
		if (EVP_DigestUpdate(digest, piece, (size_t)count) != 1)
			return false;
		done += count;
	}
}

const char *media_hash(struct arena *arena, int file)
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned length = 0;
	bool done = digest != NULL && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1 &&
		    digest_file(digest, file) && EVP_DigestFinal_ex(digest, hash, &length) == 1;

	EVP_MD_CTX_free(digest);
	if (done)
		return write_hex(arena, hash, length);
	fail("a file of the media store cannot be read", "");
	return NULL;
}

static bool make_place(const struct config *config, struct arena *arena, const char *hash)
{
	const char *root = config->media.path;
	const char *outer = arena_printf(arena, "%s/%.2s", root, hash);
	const char *inner = arena_printf(arena, "%s/%.2s", outer, hash + 2);

	return make_directory(outer, root) && make_directory(inner, outer);
}

bool media_store_keep(const struct config *config, struct arena *arena, const char *staged,
    int file, const char *hash)
{
	const char *path = media_store_path(config, arena, hash);

	if (fsync(file) != 0)
		return fail("a file of the media store cannot be written", staged);
	if (!make_place(config, arena, hash))
		return false;
	if (link(staging_path(config, arena, staged), path) != 0 && errno != EEXIST)
		return fail("a file of the media store cannot be given its name", path);
	return sync_directory(dirname(arena_text(arena, path)));
}

bool media_store_remove(const struct config *config, struct arena *arena, const char *hash)
{
	const char *path = media_store_path(config, arena, hash);

	if (unlink(path) == 0 || errno == ENOENT)
		return true;
	return fail("a file of the media store cannot be removed", path);
}

int media_store_open(const struct config *config, struct arena *arena, const char *hash)
{
	const char *path = media_store_path(config, arena, hash);
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (file < 0)
		fail("a file of the media store cannot be opened", path);
	return file;
}

/* ab/cd/abcd… */
static bool is_content(const char *path, const char *name)
{
	return strlen(name) == MEDIA_HASH_LENGTH &&
	       strspn(name, "0123456789abcdef") == MEDIA_HASH_LENGTH &&
	       strlen(path) == MEDIA_HASH_LENGTH + strlen("ab/cd/") &&
	       strncmp(path, name, 2) == 0 && path[2] == '/' &&
	       strncmp(path + 3, name + 2, 2) == 0 && path[5] == '/';
}

static bool visit_file(const struct config *config, const FTSENT *entry,
    bool (*visit)(void *context, const struct media_found *found), void *context)
{
	const char *path = entry->fts_path + strlen(config->media.path) + 1;
	const struct media_found found = {
	    .path = path,
	    .name = entry->fts_name,
	    .staged = strncmp(path, STAGING "/", strlen(STAGING "/")) == 0,
	    .content = is_content(path, entry->fts_name),
	    .size = entry->fts_statp->st_size,
	    .changed_at = entry->fts_statp->st_mtim.tv_sec,
	};

	return visit(context, &found);
}

bool media_store_walk(const struct config *config,
    bool (*visit)(void *context, const struct media_found *found), void *context)
{
	char *const roots[] = {(char *)config->media.path, NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	bool whole = walk != NULL;
	FTSENT *entry;

	while (whole && (entry = fts_read(walk)) != NULL) {
		errno = entry->fts_errno;
		/* Somebody may just remove what was seen in a directory. */
		if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
			whole =
			    fail("a directory of the media store cannot be read", entry->fts_path);
		else if (entry->fts_info == FTS_F)
			whole = visit_file(config, entry, visit, context);
	}
	if (walk != NULL)
		fts_close(walk);
	return whole;
}
