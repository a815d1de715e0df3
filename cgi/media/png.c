/* PNG (W3C): chunks.  Kept are those that make the picture; texts, times and EXIF are not. */
#include "format.h"

#include <string.h>

#define HEAD ((int64_t)8)      /* length and type */
#define OVERHEAD ((int64_t)12) /* and the checksum */

struct png {
	struct source *source;
	struct format_facts *facts;
	int64_t offset;
	int64_t length; /* of what the chunk at hand holds */
	unsigned char type[5];
	int64_t frames;
	bool drawn;
};

static bool is_type(const struct png *png, const char *type)
{
	return memcmp(png->type, type, 4) == 0;
}

static bool is_kept(const struct png *png)
{
	static const char *const kept[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM",
	    "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"};

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (is_type(png, kept[i]))
			return true;
	return false;
}

static bool read_chunk(struct png *png)
{
	const unsigned char *bytes = source_at(png->source, png->offset, (size_t)HEAD);

	if (bytes == NULL)
		return false;
	png->length = read_be32(bytes);
	memcpy(png->type, bytes + 4, 4);
	return png->offset + OVERHEAD + png->length <= png->source->size;
}

static const char *read_header(struct png *png)
{
	const unsigned char *bytes;

	if (!read_chunk(png) || !is_type(png, "IHDR") || png->length != 13)
		return "it has no header";
	bytes = source_at(png->source, png->offset + HEAD, 13);
	if (bytes == NULL)
		return "it has no header";
	png->facts->width = read_be32(bytes);
	png->facts->height = read_be32(bytes + 4);
	if (png->facts->width <= 0 || png->facts->width > INT32_MAX || png->facts->height <= 0 ||
	    png->facts->height > INT32_MAX)
		return "its dimensions are not acceptable";
	return NULL;
}

/* A frame of an animation, or the picture itself. */
static const char *count_frame(struct png *png)
{
	const unsigned char *bytes;

	if (png->length != 26)
		return "a frame is not acceptable";
	bytes = source_at(png->source, png->offset + HEAD + 4, 8);
	if (bytes == NULL || read_be32(bytes) > png->facts->width ||
	    read_be32(bytes + 4) > png->facts->height)
		return "a frame is not acceptable";
	png->facts->pixels += (int64_t)read_be32(bytes) * read_be32(bytes + 4);
	png->frames++;
	return NULL;
}

static const char *take_chunk(struct png *png, struct rewrite *kept)
{
	bool critical = (png->type[0] & 0x20) == 0;

	if (is_type(png, "IHDR") && png->offset > HEAD)
		return "it has two headers";
	if (is_type(png, "fcTL")) {
		const char *wrong = count_frame(png);

		if (wrong != NULL)
			return wrong;
	}
	if (is_type(png, "IDAT"))
		png->drawn = true;
	if (!is_kept(png))
		return critical ? "it has an unknown critical chunk" : NULL;
	if (!rewrite_copy(kept, png->offset, png->length + OVERHEAD))
		return "too many chunks";
	return NULL;
}

const char *png_read(struct source *source, struct format_facts *facts, struct rewrite *kept)
{
	struct png png = {.source = source, .facts = facts, .offset = 8};
	const unsigned char *bytes = source_at(source, 0, 8);
	const char *wrong;

	if (bytes == NULL || memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) != 0)
		return "it does not begin as PNG";
	if (!rewrite_copy(kept, 0, 8))
		return "too many chunks";
	wrong = read_header(&png);
	while (wrong == NULL) {
		if (!read_chunk(&png))
			return "a chunk is cut short";
		wrong = take_chunk(&png, kept);
		png.offset += png.length + OVERHEAD;
		if (is_type(&png, "IEND"))
			break;
	}
	if (wrong != NULL)
		return wrong;
	if (!png.drawn)
		return "it has no picture";
	if (png.offset != source->size)
		return "something else follows";
	facts->type = "image/png";
	facts->animated = png.frames > 1;
	facts->pixels += facts->width * facts->height;
	return NULL;
}
