/* Where the bytes of media are: below [media] path, each content once under its SHA-256,
 * `ab/cd/abcd…`, and `staging/` for what is still on its way.  A content is complete and on the
 * disk before it has its name.  The one kind of store is a directory; who uses it knows only what
 * is here.  Failures are logged here. */
#ifndef HICHAT_MEDIA_STORE_H
#define HICHAT_MEDIA_STORE_H

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

/* The hash of all bytes of an open file, in the arena; NULL when it cannot be read. */
const char *media_hash(struct arena *arena, int file);

/* Gives the staged content its name, durably; the staged name stays until media_unstage().  A
 * content that is there already is left alone.  Whoever calls holds the content's row locked. */
bool media_store_keep(const struct config *config, struct arena *arena, const char *staged,
    int file, const char *hash);
/* Removes a content; its row must be locked, too.  True when it is gone. */
bool media_store_remove(const struct config *config, struct arena *arena, const char *hash);

/* For reading; -1 when it is not there. */
int media_store_open(const struct config *config, struct arena *arena, const char *hash);
const char *media_store_path(const struct config *config, struct arena *arena, const char *hash);

/* What stands in the store, in no order. */
struct media_found {
	const char *path; /* below [media] path */
	const char *name; /* the last part of it */
	bool staged;
	bool content; /* it has the name and the place of a content */
	int64_t size;
	int64_t changed_at; /* s */
};
/* False when a directory cannot be read, or as soon as visit() says so. */
bool media_store_walk(const struct config *config,
    bool (*visit)(void *context, const struct media_found *found), void *context);

#endif
