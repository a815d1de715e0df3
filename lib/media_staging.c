/* Files on their way into the store, and the names of contents. */
#include "arena.h"
#include "config.h"
#include "log.h"
#include "media_store.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)

/* Only the programs read what people have sent each other, and a web server of their group. */
#define DIRECTORY_MODE 0750
#define FILE_MODE 0640

static void tell(const char *what, const char *path)
{
	LOG(ERROR, what, LOG_FIELD("path", path), LOG_FIELD("reason", strerror(errno)));
}

static const char *staging_path(const struct config *config, struct arena *arena, const char *name)
{
	return arena_printf(arena, "%s/staging/%s", config->media.path, name);
}

static bool make_directory(const struct config *config, struct arena *arena)
{
	const char *path = arena_printf(arena, "%s/staging", config->media.path);

	return mkdir(path, DIRECTORY_MODE) == 0 || errno == EEXIST;
}

int media_stage(const struct config *config, struct arena *arena, const char *name, bool make)
{
	const char *path = staging_path(config, arena, name);
	int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (make ? O_CREAT : 0);
	int file = open(path, flags, FILE_MODE);

	if (file < 0 && errno == ENOENT && make && make_directory(config, arena))
		file = open(path, flags, FILE_MODE);
	if (file < 0 && (make || errno != ENOENT))
		tell("a file of the media store cannot be made", path);
	return file;
}

void media_unstage(const struct config *config, struct arena *arena, const char *name)
{
	const char *path = staging_path(config, arena, name);

	if (unlink(path) != 0 && errno != ENOENT)
		tell("a file of the media store cannot be removed", path);
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

static bool digest_bytes(EVP_MD_CTX *digest, struct byte_source *bytes)
{
	char piece[PIECE];
	ssize_t count;

	while ((count = bytes->read(bytes, piece, sizeof(piece))) > 0)
		if (EVP_DigestUpdate(digest, piece, (size_t)count) != 1)
			return false;
	return count == 0;
}

const char *media_hash(struct arena *arena, struct byte_source *bytes)
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned length = 0;
	bool done = digest != NULL && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1 &&
		    digest_bytes(digest, bytes) && EVP_DigestFinal_ex(digest, hash, &length) == 1;

	EVP_MD_CTX_free(digest);
	return done ? write_hex(arena, hash, length) : NULL;
}
