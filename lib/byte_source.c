/* Bytes of files. */
#include "byte_source.h"
#include "arena.h"
#include "log.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

struct file_source {
	struct byte_source source; /* first, so that one is the other */
	int file;
	int64_t offset;
	int64_t left;
};

static ssize_t read_file(struct byte_source *source, char *bytes, size_t size)
{
	struct file_source *from = (struct file_source *)source;
	ssize_t count;

	if ((int64_t)size > from->left)
		size = (size_t)from->left;
	do
		count = pread(from->file, bytes, size, from->offset);
	while (count < 0 && errno == EINTR);
	if (count < 0) {
		LOG(ERROR, "a file could not be read to its end",
		    LOG_FIELD("reason", strerror(errno)));
		return -1;
	}
	from->offset += count;
	from->left -= count;
	return count;
}

struct byte_source *byte_source_of_file(
    struct arena *arena, int file, int64_t offset, int64_t length)
{
	struct file_source *from = arena_alloc(arena, sizeof(*from));

	*from = (struct file_source){{read_file}, file, offset, length};
	return &from->source;
}
