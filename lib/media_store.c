/* The kinds of store, and what they have in common. */
#include "media_store.h"
#include "arena.h"
#include "config.h"
#include "log.h"
#include "media_store_kind.h"
#include "s3.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *media_place(struct arena *arena, const char *hash)
{
	return arena_printf(arena, "%.2s/%.2s/%s", hash, hash + 2, hash);
}

bool media_is_place(const char *path, const char *name)
{
	return strlen(name) == MEDIA_HASH_LENGTH &&
	       strspn(name, "0123456789abcdef") == MEDIA_HASH_LENGTH &&
	       strlen(path) == MEDIA_HASH_LENGTH + strlen("ab/cd/") &&
	       strncmp(path, name, 2) == 0 && path[2] == '/' &&
	       strncmp(path + 3, name + 2, 2) == 0 && path[5] == '/';
}

struct media_store *media_store_new(const struct config *config)
{
	struct media_store *store = calloc(1, sizeof(*store));

	if (store == NULL)
		abort();
	store->config = config;
	store->kind = &media_directory;
	pthread_mutex_init(&store->lock, NULL);
	if (strcmp(config->media.store, "s3") == 0) {
		store->kind = &media_objects;
		store->s3 = s3_new(config);
	}
	return store;
}

void media_store_free(struct media_store **store)
{
	if (*store == NULL)
		return;
	s3_free(&(*store)->s3);
	pthread_mutex_destroy(&(*store)->lock);
	free(*store);
	*store = NULL;
}

const char *media_store_reason(const struct media_store *store)
{
	return store->reason;
}

const struct error *media_store_fail(struct media_store *store, const struct error *error,
    const char *what, const char *where, const char *reason)
{
	LOG(ERROR, what, LOG_FIELD("path", where), LOG_FIELD("reason", reason));
	pthread_mutex_lock(&store->lock);
	snprintf(store->reason, sizeof(store->reason), "%s: %s: %s", what, where, reason);
	pthread_mutex_unlock(&store->lock);
	return error;
}

const struct error *media_store_bring(
    struct media_store *store, struct arena *arena, const struct media_staged *staged)
{
	return store->kind->bring(store, arena, staged);
}

const struct error *media_store_keep(
    struct media_store *store, struct arena *arena, const struct media_staged *staged)
{
	return store->kind->keep(store, arena, staged);
}

const struct error *media_store_remove(
    struct media_store *store, struct arena *arena, const char *hash)
{
	return store->kind->remove(store, arena, hash);
}

const struct error *media_store_measure(
    struct media_store *store, struct arena *arena, const char *hash, int64_t *size)
{
	return store->kind->measure(store, arena, hash, size);
}

const struct error *media_store_open(struct media_store *store, struct arena *arena,
    const char *hash, int64_t offset, int64_t length, struct byte_source **bytes)
{
	return store->kind->open(store, arena, hash, offset, length, bytes);
}

const char *media_store_path(struct media_store *store, struct arena *arena, const char *hash)
{
	return store->kind->path(store, arena, hash);
}

const struct error *media_store_walk(struct media_store *store, media_visit *visit, void *context)
{
	return store->kind->walk(store, visit, context);
}
