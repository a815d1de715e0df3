/* Where the bytes of media are.  What is still on its way is a file in `staging/` below [media]
 * path.  A content, once it is complete and safe, has its SHA-256 as its name, `ab/cd/abcd…`, below
 * the same path or in an S3 bucket, as [media] store says; whoever uses it knows only what is here.
 *
 * Failures are logged here: 500 internal, 507 quota_exceeded (the disk is full), 503
 * storage_unavailable (the bucket cannot be reached, or refuses).  May be used by many threads. */
#ifndef HICHAT_MEDIA_STORE_H
#define HICHAT_MEDIA_STORE_H

#include "byte_source.h"
#include "error.h"
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct config;

#define MEDIA_HASH_LENGTH 64 /* hexadecimal digits */

/* A file of one's own in staging/ for reading and writing, made if `make` and it is not there; its
 * descriptor, or -1. */
int media_stage(const struct config *config, struct arena *arena, const char *name, bool make);
/* Removes it; one that is not there is no failure. */
void media_unstage(const struct config *config, struct arena *arena, const char *name);

/* The hash of all bytes that come; NULL when they cannot be read. */
const char *media_hash(struct arena *arena, struct byte_source *bytes);

struct media_store;

/* Before there are threads. */
struct media_store *media_store_new(const struct config *config);
void media_store_free(struct media_store **store);
/* What failed last, for the administrator's tool; "" when nothing did. */
const char *media_store_reason(const struct media_store *store);

/* A staged content that is to be kept. */
struct media_staged {
	const char *name;
	int file;
	int64_t size;
	const char *hash;
};

/* What takes long of keeping it, before anything is locked. */
const struct error *media_store_bring(
    struct media_store *store, struct arena *arena, const struct media_staged *staged);
/* Gives it its name, durably; the staged file stays until media_unstage().  A content that is there
 * already is left alone.  Whoever calls holds the content's row locked. */
const struct error *media_store_keep(
    struct media_store *store, struct arena *arena, const struct media_staged *staged);
/* Removes a content; its row must be locked, too.  One that is not there is no failure. */
const struct error *media_store_remove(
    struct media_store *store, struct arena *arena, const char *hash);

/* 404 not_found when it is not there, which is not logged. */
const struct error *media_store_measure(
    struct media_store *store, struct arena *arena, const char *hash, int64_t *size);
/* `length` bytes of it from `offset` on, to be read while the arena lasts. */
const struct error *media_store_open(struct media_store *store, struct arena *arena,
    const char *hash, int64_t offset, int64_t length, struct byte_source **bytes);
/* The file for a web server that sends it itself; NULL when there is none. */
const char *media_store_path(struct media_store *store, struct arena *arena, const char *hash);

/* What stands in the store, in no order. */
struct media_found {
	const char *path; /* below [media] path, or the bucket's prefix */
	const char *name; /* the last part of it */
	bool staged;
	bool content; /* it has the name and the place of a content */
	int64_t size;
	int64_t changed_at; /* s; of what is staged */
};
/* An error when it cannot be listed, or as soon as visit() returns one. */
typedef const struct error *media_visit(void *context, const struct media_found *found);
const struct error *media_store_walk(struct media_store *store, media_visit *visit, void *context);

#endif
