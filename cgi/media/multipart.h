/* multipart/form-data (RFC 7578): the file in it. */
#ifndef HICHAT_MULTIPART_H
#define HICHAT_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct multipart_file {
	const char *name; /* as it was sent; "" when it was empty */
	const char *type; /* NULL: not said */
	const char *bytes;
	size_t length;
};

/* The boundary that a Content-Type names, in the arena; NULL when it is no multipart/form-data, or
 * names none. */
const char *multipart_boundary(struct arena *arena, const char *content_type);

/* The first part with a file name; false when there is none, or the parts do not come to an end.
 * The bytes stay where they are. */
bool multipart_find(struct arena *arena, const char *body, size_t length, const char *boundary,
    struct multipart_file *file);

#endif
