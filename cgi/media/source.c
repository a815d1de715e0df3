/* The window on a file. */
#include "source.h"

#include <errno.h>
#include <unistd.h>

void source_open(struct source *source, int file, int64_t size)
{
	source->file = file;
	source->size = size;
	source->start = 0;
	source->length = 0;
}

size_t source_left(const struct source *source, int64_t offset)
{
	int64_t left = source->size - offset;

	if (offset < 0 || left <= 0)
		return 0;
	return left < (int64_t)SOURCE_WINDOW ? (size_t)left : SOURCE_WINDOW;
}

static void move_window(struct source *source, int64_t offset)
{
	size_t wanted = source_left(source, offset);

	source->start = offset;
	source->length = 0;
	while (source->length < wanted) {
		ssize_t count = pread(source->file, source->window + source->length,
		    wanted - source->length, offset + (off_t)source->length);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return;
		source->length += (size_t)count;
	}
}

const unsigned char *source_at(struct source *source, int64_t offset, size_t count)
{
	if (offset < 0 || count > SOURCE_WINDOW || (int64_t)count > source->size ||
	    offset > source->size - (int64_t)count)
		return NULL;
	if (offset < source->start ||
	    offset + (int64_t)count > source->start + (int64_t)source->length)
		move_window(source, offset);
	return count <= source->length ? source->window + (offset - source->start) : NULL;
}

static uint64_t read_big(const unsigned char *bytes, size_t count)
{
	uint64_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value << 8 | bytes[i];
	return value;
}

static uint64_t read_little(const unsigned char *bytes, size_t count)
{
	uint64_t value = 0;

	while (count > 0)
		value = value << 8 | bytes[--count];
	return value;
}

uint32_t read_be16(const unsigned char *bytes)
{
	return (uint32_t)read_big(bytes, 2);
}

uint32_t read_be24(const unsigned char *bytes)
{
	return (uint32_t)read_big(bytes, 3);
}

uint32_t read_be32(const unsigned char *bytes)
{
	return (uint32_t)read_big(bytes, 4);
}

uint64_t read_be64(const unsigned char *bytes)
{
	return read_big(bytes, 8);
}

uint32_t read_le16(const unsigned char *bytes)
{
	return (uint32_t)read_little(bytes, 2);
}

uint32_t read_le24(const unsigned char *bytes)
{
	return (uint32_t)read_little(bytes, 3);
}

uint32_t read_le32(const unsigned char *bytes)
{
	return (uint32_t)read_little(bytes, 4);
}

uint64_t read_le64(const unsigned char *bytes)
{
	return read_little(bytes, 8);
}
