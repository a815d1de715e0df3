/* Reading a file of any size through a small window, as parsers of hostile input want it: by
 * offset, bounded, nothing trusted. */
#ifndef HICHAT_SOURCE_H
#define HICHAT_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#define SOURCE_WINDOW ((size_t)65536)

struct source {
	int file;
	int64_t size;
	int64_t start; /* of the window */
	size_t length;
	unsigned char window[SOURCE_WINDOW];
};

/* Does not take the descriptor over. */
void source_open(struct source *source, int file, int64_t size);

/* `count` bytes (at most SOURCE_WINDOW) from `offset` on, good until the next call; NULL when the
 * file has not so many, or cannot be read. */
const unsigned char *source_at(struct source *source, int64_t offset, size_t count);
/* How many bytes are left from `offset` on, at most SOURCE_WINDOW. */
size_t source_left(const struct source *source, int64_t offset);

uint32_t read_be16(const unsigned char *bytes);
uint32_t read_be24(const unsigned char *bytes);
uint32_t read_be32(const unsigned char *bytes);
uint64_t read_be64(const unsigned char *bytes);
uint32_t read_le16(const unsigned char *bytes);
uint32_t read_le24(const unsigned char *bytes);
uint32_t read_le32(const unsigned char *bytes);
uint64_t read_le64(const unsigned char *bytes);

#endif
