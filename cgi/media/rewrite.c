/* Pieces, gathered where they touch. */
#include "rewrite.h"
#include "arena.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PIECES_FIRST 64
#define PIECES_MAX ((size_t)65536)
#define BUFFER ((size_t)64 * 1024)

enum piece_kind { PIECE_COPY, PIECE_BYTES, PIECE_ZEROS };

struct piece {
	enum piece_kind kind;
	int64_t offset;
	int64_t length;
	const void *bytes;
};

struct rewrite {
	struct arena *arena;
	struct piece *pieces;
	size_t count;
	size_t capacity;
	int64_t length;
};

struct rewrite *rewrite_new(struct arena *arena)
{
	struct rewrite *rewrite = arena_alloc(arena, sizeof(*rewrite));

	rewrite->arena = arena;
	rewrite->capacity = PIECES_FIRST;
	rewrite->pieces = arena_array(arena, rewrite->capacity, sizeof(*rewrite->pieces));
	return rewrite;
}

static bool add(struct rewrite *rewrite, struct piece piece)
{
	if (rewrite->count == PIECES_MAX)
		return false;
	if (rewrite->count == rewrite->capacity) {
		size_t capacity = 2 * rewrite->capacity;
		struct piece *pieces = arena_array(rewrite->arena, capacity, sizeof(*pieces));

		memcpy(pieces, rewrite->pieces, rewrite->count * sizeof(*pieces));
		rewrite->pieces = pieces;
		rewrite->capacity = capacity;
	}
	rewrite->pieces[rewrite->count++] = piece;
	rewrite->length += piece.length;
	return true;
}

/* The last piece, if what is to be copied goes on where it ends. */
static struct piece *going_on(const struct rewrite *rewrite, int64_t offset)
{
	struct piece *last;

	if (rewrite->count == 0)
		return NULL;
	last = &rewrite->pieces[rewrite->count - 1];
	return last->kind == PIECE_COPY && last->offset + last->length == offset ? last : NULL;
}

bool rewrite_copy(struct rewrite *rewrite, int64_t offset, int64_t length)
{
	struct piece *last = going_on(rewrite, offset);

	if (last == NULL)
		return add(rewrite, (struct piece){PIECE_COPY, offset, length, NULL});
	last->length += length;
	rewrite->length += length;
	return true;
}

unsigned char *rewrite_patch(struct rewrite *rewrite, const void *bytes, size_t length)
{
	unsigned char *copy = arena_copy(rewrite->arena, bytes, length);

	return add(rewrite, (struct piece){PIECE_BYTES, 0, (int64_t)length, copy}) ? copy : NULL;
}

bool rewrite_bytes(struct rewrite *rewrite, const void *bytes, size_t length)
{
	return rewrite_patch(rewrite, bytes, length) != NULL;
}

bool rewrite_zeros(struct rewrite *rewrite, int64_t length)
{
	return add(rewrite, (struct piece){PIECE_ZEROS, 0, length, NULL});
}

int64_t rewrite_length(const struct rewrite *rewrite)
{
	return rewrite->length;
}

bool rewrite_is_whole(const struct rewrite *rewrite, int64_t size)
{
	return rewrite->count == 1 && rewrite->pieces[0].kind == PIECE_COPY &&
	       rewrite->pieces[0].offset == 0 && rewrite->pieces[0].length == size;
}

static bool write_all(int to, const unsigned char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = write(to, bytes, length);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return false;
		bytes += count;
		length -= (size_t)count;
	}
	return true;
}

static bool copy_range(int from, int64_t offset, int64_t length, int to)
{
	unsigned char buffer[BUFFER];

	while (length > 0) {
		size_t wanted = length < (int64_t)sizeof(buffer) ? (size_t)length : sizeof(buffer);
		ssize_t count = pread(from, buffer, wanted, offset);

		if (count < 0 && errno == EINTR)
			continue;
		if (count == 0)
			errno = EIO;
		if (count <= 0 || !write_all(to, buffer, (size_t)count))
			return false;
		offset += count;
		length -= count;
	}
	return true;
}

static bool write_zeros(int to, int64_t length)
{
	static const unsigned char zeros[4096];

	for (; length > 0; length -= (int64_t)sizeof(zeros)) {
		size_t count = length < (int64_t)sizeof(zeros) ? (size_t)length : sizeof(zeros);

		if (!write_all(to, zeros, count))
			return false;
	}
	return true;
}

bool rewrite_write(const struct rewrite *rewrite, int from, int to)
{
	for (size_t i = 0; i < rewrite->count; i++) {
		const struct piece *piece = &rewrite->pieces[i];
		bool done;

		if (piece->kind == PIECE_COPY)
			done = copy_range(from, piece->offset, piece->length, to);
		else if (piece->kind == PIECE_BYTES)
			done = write_all(to, piece->bytes, (size_t)piece->length);
		else
			done = write_zeros(to, piece->length);
		if (!done)
			return false;
	}
	return true;
}
