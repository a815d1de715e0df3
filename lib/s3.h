/* Objects in a bucket that speaks S3, over libcurl, which signs (AWS Signature Version 4).  Keys
 * are below [s3] prefix.  503 storage_unavailable when it cannot be reached or refuses, 404
 * not_found when there is no such object; why, *why says, in the arena.  Nothing is logged here,
 * and the key is told to nobody.  May be used by many threads. */
#ifndef HICHAT_S3_H
#define HICHAT_S3_H

#include "byte_source.h"
#include "error.h"
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct config;
struct s3;

/* Before there are threads. */
struct s3 *s3_new(const struct config *config);
void s3_free(struct s3 **s3);

/* What one question is about. */
struct s3_object {
	struct s3 *s3;
	struct arena *arena;
	const char *key;
	const char **why;
};

const struct error *s3_measure(const struct s3_object *object, int64_t *size);
/* `size` bytes of a file, whose SHA-256 is `hash`: what arrives as something else is refused. */
const struct error *s3_put(
    const struct s3_object *object, int file, int64_t size, const char *hash);
/* To be read while the arena lasts; what breaks off later is logged. */
const struct error *s3_get(
    const struct s3_object *object, int64_t offset, int64_t length, struct byte_source **bytes);
/* One that is not there is no failure. */
const struct error *s3_delete(const struct s3_object *object);

/* All keys below the prefix, ascending; `object->key` is not looked at */
typedef const struct error *s3_visit(void *context, const char *key, int64_t size);
const struct error *s3_list(const struct s3_object *object, s3_visit *visit, void *context);

#endif
