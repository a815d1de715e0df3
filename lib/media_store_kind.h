/* What a kind of media store does, for its implementations only: see media_store.h for each. */
#ifndef HICHAT_MEDIA_STORE_KIND_H
#define HICHAT_MEDIA_STORE_KIND_H

#include "media_store.h"
#include <pthread.h>

struct media_store_kind {
	const struct error *(*bring)(
	    struct media_store *store, struct arena *arena, const struct media_staged *staged);
	const struct error *(*keep)(
	    struct media_store *store, struct arena *arena, const struct media_staged *staged);
	const struct error *(*remove)(
	    struct media_store *store, struct arena *arena, const char *hash);
	const struct error *(*measure)(
	    struct media_store *store, struct arena *arena, const char *hash, int64_t *size);
	const struct error *(*open)(struct media_store *store, struct arena *arena,
	    const char *hash, int64_t offset, int64_t length, struct byte_source **bytes);
	const char *(*path)(struct media_store *store, struct arena *arena, const char *hash);
	const struct error *(*walk)(struct media_store *store, media_visit *visit, void *context);
};

#define MEDIA_REASON_MAX 256

struct media_store {
	const struct media_store_kind *kind;
	const struct config *config;
	struct s3 *s3; /* NULL: a directory */
	pthread_mutex_t lock;
	char reason[MEDIA_REASON_MAX];
};

extern const struct media_store_kind media_directory, media_objects;

/* Notes what failed, and where, and returns `error`. */
const struct error *media_store_fail(struct media_store *store, const struct error *error,
    const char *what, const char *where, const char *reason);

/* ab/cd/abcd… */
const char *media_place(struct arena *arena, const char *hash);
bool media_is_place(const char *path, const char *name);

/* Files below [media] path; with `contents` those in the place of one are such. */
const struct error *media_directory_walk(
    struct media_store *store, bool contents, media_visit *visit, void *context);

#endif
