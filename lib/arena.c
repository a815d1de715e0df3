/* Memory and release hooks of one request: chunks that are handed out front to
 * back.  The first chunk survives a reset, so that a common request costs no
 * malloc() at all; large blocks get a chunk of their own, which does not.
 *
 * Under AddressSanitizer every block is a chunk of its own, so that overruns and
 * use after a reset are seen. */
#include "arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_SEPARATE_BLOCKS
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_SEPARATE_BLOCKS
#endif

#define CHUNK_SIZE ((size_t)32 * 1024)
#ifdef ARENA_SEPARATE_BLOCKS
#define LARGE_BLOCK ((size_t)0)
#else
#define LARGE_BLOCK (CHUNK_SIZE / 4)
#endif

struct chunk {
	struct chunk *older;
	size_t size;
	size_t used;
	alignas(max_align_t) char bytes[];
};

struct hook {
	struct hook *older;
	void (*release)(void *);
	void *object;
};

struct arena {
	struct chunk *chunks; /* the newest chunk that small blocks come from */
	struct chunk *large;
	struct hook *hooks; /* newest first */
};

static _Noreturn void out_of_memory(void)
{
	fputs("out of memory\n", stderr);
	abort();
}

static void chunk_push(struct chunk **list, size_t size)
{
	struct chunk *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		out_of_memory();
	chunk = malloc(sizeof(*chunk) + size);
	if (chunk == NULL)
		out_of_memory();
	chunk->older = *list;
	chunk->size = size;
	chunk->used = 0;
	*list = chunk;
}

static void chunks_free(struct chunk **list, const struct chunk *kept)
{
	while (*list != NULL && *list != kept) {
		struct chunk *older = (*list)->older;

		free(*list);
		*list = older;
	}
}

static void *take_large(struct arena *arena, size_t size)
{
	chunk_push(&arena->large, size);
	return arena->large->bytes;
}

static void *take(struct arena *arena, size_t size, size_t alignment)
{
	struct chunk *chunk = arena->chunks;
	size_t start;

	if (size > LARGE_BLOCK)
		return take_large(arena, size);
	start = chunk == NULL ? 0 : (chunk->used + alignment - 1) / alignment * alignment;
	if (chunk == NULL || start > chunk->size || size > chunk->size - start) {
		chunk_push(&arena->chunks, CHUNK_SIZE);
		chunk = arena->chunks;
		start = 0;
	}
	chunk->used = start + size;
	return chunk->bytes + start;
}

struct arena *arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL)
		out_of_memory();
	return arena;
}

void arena_free(struct arena **arena)
{
	if (*arena == NULL)
		return;
	arena_reset(*arena);
	chunks_free(&(*arena)->chunks, NULL);
	free(*arena);
	*arena = NULL;
}

void arena_reset(struct arena *arena)
{
	struct chunk *first;

	/* A hook may use what was allocated before it, so memory goes after all of them. */
	while (arena->hooks != NULL) {
		struct hook *hook = arena->hooks;

		arena->hooks = hook->older;
		hook->release(hook->object);
	}
	first = arena->chunks;
	while (first != NULL && first->older != NULL)
		first = first->older;
	chunks_free(&arena->chunks, first);
	chunks_free(&arena->large, NULL);
	if (first != NULL)
		first->used = 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(take(arena, size, alignof(max_align_t)), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
	void *copy = take(arena, size, alignof(max_align_t));

	if (size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_text_n(arena, text, strlen(text));
}

char *arena_text_n(struct arena *arena, const char *bytes, size_t length)
{
	char *text;

	if (length == SIZE_MAX)
		out_of_memory();
	text = take(arena, length + 1, 1);
	if (length > 0)
		memcpy(text, bytes, length);
	text[length] = '\0';
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	assert(format != NULL);
	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		out_of_memory();
	text = take(arena, (size_t)length + 1, 1);
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *object)
{
	struct hook *hook = arena_alloc(arena, sizeof(*hook));

	hook->older = arena->hooks;
	hook->release = release;
	hook->object = object;
	arena->hooks = hook;
}
