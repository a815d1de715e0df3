/* What is to be stored of an upload: pieces of it, in order, and bytes in between. */
#ifndef HICHAT_REWRITE_H
#define HICHAT_REWRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct rewrite;

struct rewrite *rewrite_new(struct arena *arena);

/* Whether there was room: what needs more pieces than any honest file is refused. */
bool rewrite_copy(struct rewrite *rewrite, int64_t offset, int64_t length);
bool rewrite_bytes(struct rewrite *rewrite, const void *bytes, size_t length); /* copied */
/* The same, to be filled in later; NULL when there was no room. */
unsigned char *rewrite_patch(struct rewrite *rewrite, const void *bytes, size_t length);
bool rewrite_zeros(struct rewrite *rewrite, int64_t length);

/* The length of the result. */
int64_t rewrite_length(const struct rewrite *rewrite);
/* Whether it is just the first `size` bytes, copied. */
bool rewrite_is_whole(const struct rewrite *rewrite, int64_t size);
/* False, errno saying why. */
bool rewrite_write(const struct rewrite *rewrite, int from, int to);

#endif
