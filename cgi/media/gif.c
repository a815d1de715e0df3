/* GIF89a: blocks.  Kept are the pictures, their timing and how often they repeat; comments, texts
 * and other applications' blocks are not. */
#include "format.h"

#include <string.h>

struct gif {
	struct source *source;
	struct format_facts *facts;
	int64_t offset;
	int64_t frames;
};

static const char CUT[] = "it is cut short";

/* The bytes of a table of colours, by the flags that announce it. */
static int64_t table_size(unsigned flags)
{
	return (flags & 0x80) != 0 ? INT64_C(3) << ((flags & 7) + 1) : 0;
}

/* Behind a chain of sub-blocks and the empty one that ends it. */
static bool skip_blocks(struct gif *gif)
{
	for (;;) {
		const unsigned char *length = source_at(gif->source, gif->offset, 1);

		if (length == NULL)
			return false;
		gif->offset += 1 + *length;
		if (*length == 0)
			return gif->offset <= gif->source->size;
	}
}

static bool is_loop(struct gif *gif, int64_t offset)
{
	const unsigned char *bytes = source_at(gif->source, offset + 2, 12);

	return bytes != NULL && bytes[0] == 11 &&
	       (memcmp(bytes + 1, "NETSCAPE2.0", 11) == 0 ||
		   memcmp(bytes + 1, "ANIMEXTS1.0", 11) == 0);
}

static const char *read_extension(struct gif *gif, struct rewrite *kept)
{
	int64_t begin = gif->offset;
	const unsigned char *bytes = source_at(gif->source, begin, 2);
	bool keep;

	if (bytes == NULL)
		return CUT;
	keep = bytes[1] == 0xF9 || (bytes[1] == 0xFF && is_loop(gif, begin));
	gif->offset += 2;
	if (!skip_blocks(gif))
		return CUT;
	if (keep && !rewrite_copy(kept, begin, gif->offset - begin))
		return "too many blocks";
	return NULL;
}

static const char *read_picture(struct gif *gif, struct rewrite *kept)
{
	int64_t begin = gif->offset;
	const unsigned char *bytes = source_at(gif->source, begin, 10);

	if (bytes == NULL)
		return CUT;
	gif->facts->pixels += (int64_t)read_le16(bytes + 5) * read_le16(bytes + 7);
	gif->frames++;
	gif->offset += 10 + table_size(bytes[9]) + 1;
	if (!skip_blocks(gif))
		return CUT;
	return rewrite_copy(kept, begin, gif->offset - begin) ? NULL : "too many blocks";
}

/* Some programs fill the last sector up. */
static bool only_zeros_follow(struct gif *gif)
{
	size_t left;

	while ((left = source_left(gif->source, gif->offset)) > 0) {
		const unsigned char *bytes = source_at(gif->source, gif->offset, left);

		if (bytes == NULL)
			return false;
		for (size_t i = 0; i < left; i++)
			if (bytes[i] != 0)
				return false;
		gif->offset += (int64_t)left;
	}
	return true;
}

static const char *read_blocks(struct gif *gif, struct rewrite *kept)
{
	for (;;) {
		const unsigned char *kind = source_at(gif->source, gif->offset, 1);
		const char *wrong = NULL;

		if (kind == NULL)
			return CUT;
		if (*kind == 0x3B)
			return rewrite_copy(kept, gif->offset++, 1) ? NULL : "too many blocks";
		if (*kind == 0x21)
			wrong = read_extension(gif, kept);
		else if (*kind == 0x2C)
			wrong = read_picture(gif, kept);
		else
			wrong = "it has an unknown block";
		if (wrong != NULL)
			return wrong;
	}
}

const char *gif_read(struct source *source, struct format_facts *facts, struct rewrite *kept)
{
	struct gif gif = {.source = source, .facts = facts};
	const unsigned char *bytes = source_at(source, 0, 13);
	const char *wrong;

	if (bytes == NULL || (memcmp(bytes, "GIF87a", 6) != 0 && memcmp(bytes, "GIF89a", 6) != 0))
		return "it does not begin as GIF";
	facts->type = "image/gif";
	facts->width = read_le16(bytes + 6);
	facts->height = read_le16(bytes + 8);
	gif.offset = 13 + table_size(bytes[10]);
	if (facts->width == 0 || facts->height == 0 || gif.offset > source->size)
		return "its dimensions are not acceptable";
	if (!rewrite_copy(kept, 0, gif.offset))
		return "too many blocks";
	wrong = read_blocks(&gif, kept);
	if (wrong != NULL)
		return wrong;
	if (gif.frames == 0)
		return "it has no picture";
	facts->animated = gif.frames > 1;
	/* A frame is drawn on all of the canvas. */
	if (facts->pixels < gif.frames * facts->width * facts->height)
		facts->pixels = gif.frames * facts->width * facts->height;
	return only_zeros_follow(&gif) ? NULL : "something else follows";
}
