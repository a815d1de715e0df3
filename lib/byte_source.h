/* Bytes that come in order from wherever they are, read by whoever needs them next. */
#ifndef HICHAT_BYTE_SOURCE_H
#define HICHAT_BYTE_SOURCE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct arena;

struct byte_source {
	/* At most `size` bytes: how many, 0 at the end, -1 when it broke off, which is logged. */
	ssize_t (*read)(struct byte_source *source, char *bytes, size_t size);
};

/* `length` bytes of a file from `offset` on, or as many as there are.  The descriptor stays the
 * caller's. */
struct byte_source *byte_source_of_file(
    struct arena *arena, int file, int64_t offset, int64_t length);

#endif
