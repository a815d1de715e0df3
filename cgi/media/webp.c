/* WebP (RFC 9649): the chunks of a RIFF file.  Kept are pictures, alpha, timing and the colour
 * profile; EXIF, XMP and what is unknown are not, and the header says so. */
#include "format.h"

#include <string.h>

#define HEAD ((int64_t)8)
#define FLAG_EXIF 0x08
#define FLAG_XMP 0x04

struct webp {
	struct source *source;
	struct format_facts *facts;
	int64_t offset;
	int64_t size; /* of the chunk at hand, without padding */
	char type[5];
	bool extended, drawn;
	int64_t frames;
	int64_t pixels;
};

static bool is_type(const struct webp *webp, const char *type)
{
	return memcmp(webp->type, type, 4) == 0;
}

static int64_t padded(int64_t size)
{
	return size + (size & 1);
}

static bool read_chunk(struct webp *webp)
{
	const unsigned char *bytes = source_at(webp->source, webp->offset, (size_t)HEAD);

	if (bytes == NULL)
		return false;
	memcpy(webp->type, bytes, 4);
	webp->size = read_le32(bytes + 4);
	return webp->offset + HEAD + padded(webp->size) <= webp->source->size;
}

/* Lossy or lossless, at `offset`: its dimensions. */
static bool read_picture(
    struct webp *webp, const char *type, int64_t offset, int64_t *width, int64_t *height)
{
	const unsigned char *bytes = source_at(webp->source, offset, 10);

	if (bytes == NULL)
		return false;
	if (memcmp(type, "VP8 ", 4) == 0) {
		*width = read_le16(bytes + 6) & 0x3FFF;
		*height = read_le16(bytes + 8) & 0x3FFF;
		return (bytes[0] & 1) == 0 && memcmp(bytes + 3, "\x9D\x01\x2A", 3) == 0;
	}
	*width = 1 + (int64_t)(read_le32(bytes + 1) & 0x3FFF);
	*height = 1 + (int64_t)(read_le32(bytes + 1) >> 14 & 0x3FFF);
	return bytes[0] == 0x2F;
}

static const char *take_picture(struct webp *webp)
{
	int64_t width, height;

	if (webp->drawn || webp->frames > 0 ||
	    !read_picture(webp, webp->type, webp->offset + HEAD, &width, &height) || width == 0 ||
	    height == 0)
		return "the picture is not acceptable";
	if (webp->extended && (width != webp->facts->width || height != webp->facts->height))
		return "the picture is not of the size that it is said to be";
	webp->drawn = true;
	webp->facts->width = width;
	webp->facts->height = height;
	return NULL;
}

/* The chunks within a frame: one picture, perhaps with alpha, and nothing behind. */
static const char *take_frame(struct webp *webp)
{
	static const char wrong[] = "a frame is not acceptable";
	struct webp inner = *webp;
	int64_t end = webp->offset + HEAD + webp->size;
	const unsigned char *bytes = source_at(webp->source, webp->offset + HEAD, 16);
	int64_t width, height, frame_width, frame_height;

	if (bytes == NULL || webp->size < 16 || webp->drawn || !webp->extended)
		return wrong;
	frame_width = 1 + (int64_t)read_le24(bytes + 6);
	frame_height = 1 + (int64_t)read_le24(bytes + 9);
	inner.offset = webp->offset + HEAD + 16;
	if (!read_chunk(&inner))
		return wrong;
	if (is_type(&inner, "ALPH")) {
		inner.offset += HEAD + padded(inner.size);
		if (!read_chunk(&inner))
			return wrong;
	}
	if (!is_type(&inner, "VP8 ") && !is_type(&inner, "VP8L"))
		return wrong;
	if (inner.offset + HEAD + padded(inner.size) != padded(end) ||
	    !read_picture(&inner, inner.type, inner.offset + HEAD, &width, &height) ||
	    width != frame_width || height != frame_height)
		return wrong;
	webp->frames++;
	return NULL;
}

static const char *take_header(struct webp *webp, struct rewrite *kept)
{
	unsigned char chunk[18];
	const unsigned char *bytes = source_at(webp->source, webp->offset, sizeof(chunk));

	if (webp->size != 10 || bytes == NULL || webp->offset != 12)
		return "the header is not acceptable";
	memcpy(chunk, bytes, sizeof(chunk));
	webp->extended = true;
	webp->facts->width = 1 + (int64_t)read_le24(chunk + 12);
	webp->facts->height = 1 + (int64_t)read_le24(chunk + 15);
	chunk[8] &= (unsigned char)~(FLAG_EXIF | FLAG_XMP);
	return rewrite_bytes(kept, chunk, sizeof(chunk)) ? NULL : "too many chunks";
}

static const char *take_chunk(struct webp *webp, struct rewrite *kept)
{
	const char *wrong = NULL;

	if (is_type(webp, "VP8X"))
		return take_header(webp, kept);
	if (is_type(webp, "VP8 ") || is_type(webp, "VP8L"))
		wrong = take_picture(webp);
	else if (is_type(webp, "ANMF"))
		wrong = take_frame(webp);
	else if (!is_type(webp, "ICCP") && !is_type(webp, "ANIM") && !is_type(webp, "ALPH"))
		return NULL;
	if (wrong != NULL)
		return wrong;
	return rewrite_copy(kept, webp->offset, HEAD + padded(webp->size)) ? NULL
									   : "too many chunks";
}

static void write_le32(unsigned char *bytes, uint32_t value)
{
	for (size_t i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(value >> 8 * i);
}

/* The header of the file, now that its length is known, and the rest behind it. */
static const char *read_chunks(struct webp *webp, struct rewrite *kept)
{
	const char *wrong = NULL;

	while (wrong == NULL && webp->offset < webp->source->size) {
		if (!read_chunk(webp))
			return "a chunk is cut short";
		wrong = take_chunk(webp, kept);
		webp->offset += HEAD + padded(webp->size);
	}
	if (wrong != NULL)
		return wrong;
	return webp->drawn || webp->frames > 0 ? NULL : "it has no picture";
}

const char *webp_read(struct source *source, struct format_facts *facts, struct rewrite *kept)
{
	struct webp webp = {.source = source, .facts = facts, .offset = 12};
	const unsigned char *bytes = source_at(source, 0, 12);
	unsigned char *header;
	const char *wrong;

	if (bytes == NULL || memcmp(bytes, "RIFF", 4) != 0 || memcmp(bytes + 8, "WEBP", 4) != 0)
		return "it does not begin as WebP";
	if (HEAD + padded(read_le32(bytes + 4)) != source->size)
		return "it is cut short, or something else follows";
	header = rewrite_patch(kept, bytes, 12);
	if (header == NULL)
		return "too many chunks";
	wrong = read_chunks(&webp, kept);
	if (wrong != NULL)
		return wrong;
	write_le32(header + 4, (uint32_t)(rewrite_length(kept) - HEAD));
	facts->type = "image/webp";
	facts->animated = webp.frames > 1;
	facts->pixels = facts->width * facts->height * (webp.frames > 0 ? webp.frames : 1);
	return NULL;
}
