/* JPEG (ITU-T T.81): segments and scans.  Kept are the picture, its colour profile and how it is to
 * be turned; of application segments no other, and no comments. */
#include "format.h"

#include <string.h>

#define MARKER_SOI 0xD8
#define MARKER_EOI 0xD9
#define MARKER_SOS 0xDA
#define MARKER_APP0 0xE0
#define MARKER_APP1 0xE1
#define MARKER_APP2 0xE2
#define MARKER_APP14 0xEE
#define MARKER_APP15 0xEF
#define MARKER_COM 0xFE

struct jpeg {
	struct source *source;
	struct format_facts *facts;
	int64_t offset;
	unsigned marker;
	int64_t length; /* of the segment at hand, with marker and length */
	bool framed, scanned;
	unsigned orientation;
};

static bool is_standalone(unsigned marker)
{
	return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
}

static bool is_frame(unsigned marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
	       marker != 0xCC;
}

/* The next marker, fill bytes skipped; `offset` is at its FF. */
static bool read_marker(struct jpeg *jpeg)
{
	const unsigned char *bytes;

	while ((bytes = source_at(jpeg->source, jpeg->offset, 2)) != NULL && bytes[0] == 0xFF) {
		jpeg->marker = bytes[1];
		if (jpeg->marker != 0xFF)
			return jpeg->marker != 0;
		jpeg->offset++;
	}
	return false;
}

static bool read_length(struct jpeg *jpeg)
{
	const unsigned char *bytes = source_at(jpeg->source, jpeg->offset + 2, 2);

	if (bytes == NULL)
		return false;
	jpeg->length = 2 + (int64_t)read_be16(bytes);
	return jpeg->length >= 4 && jpeg->offset + jpeg->length <= jpeg->source->size;
}

static bool read_frame(struct jpeg *jpeg)
{
	const unsigned char *bytes = source_at(jpeg->source, jpeg->offset + 4, 6);

	if (bytes == NULL || jpeg->length < 11 || jpeg->framed)
		return false;
	jpeg->framed = true;
	jpeg->facts->height = read_be16(bytes + 1);
	jpeg->facts->width = read_be16(bytes + 3);
	return jpeg->facts->height > 0 && jpeg->facts->width > 0;
}

/* TIFF in a segment of `length` bytes: the orientation in its first directory, 1 to 8, or 0. */
static unsigned read_orientation(const unsigned char *tiff, size_t length)
{
	bool little;
	uint32_t start, count;

	if (length < 8)
		return 0;
	little = memcmp(tiff, "II*\0", 4) == 0;
	if (!little && memcmp(tiff, "MM\0*", 4) != 0)
		return 0;
	start = little ? read_le32(tiff + 4) : read_be32(tiff + 4);
	if (start > length - 2)
		return 0;
	count = little ? read_le16(tiff + start) : read_be16(tiff + start);
	for (uint32_t i = 0; i < count && start + 2 + (i + 1) * 12 <= length; i++) {
		const unsigned char *entry = tiff + start + 2 + (size_t)i * 12;
		uint32_t tag = little ? read_le16(entry) : read_be16(entry);
		uint32_t value = little ? read_le16(entry + 8) : read_be16(entry + 8);

		if (tag == 0x0112)
			return value >= 1 && value <= 8 ? value : 0;
	}
	return 0;
}

static bool begins_with(struct jpeg *jpeg, const char *name, size_t length)
{
	const unsigned char *bytes = source_at(jpeg->source, jpeg->offset + 4, length);

	return bytes != NULL && (size_t)jpeg->length >= 4 + length &&
	       memcmp(bytes, name, length) == 0;
}

/* True for the segment that says how to turn it, unless it is upright anyway. */
static bool read_exif(struct jpeg *jpeg)
{
	size_t length = (size_t)jpeg->length - 4;
	const unsigned char *bytes;

	if (jpeg->orientation != 0 || !begins_with(jpeg, "Exif\0\0", 6))
		return false;
	bytes = source_at(jpeg->source, jpeg->offset + 4, length);
	if (bytes != NULL)
		jpeg->orientation = read_orientation(bytes + 6, length - 6);
	return jpeg->orientation > 1;
}

static bool is_kept(struct jpeg *jpeg)
{
	switch (jpeg->marker) {
	case MARKER_APP0:
		return begins_with(jpeg, "JFIF\0", 5) && jpeg->length == 18; /* no thumbnail */
	case MARKER_APP2:
		return begins_with(jpeg, "ICC_PROFILE\0", 12);
	case MARKER_APP14:
		return begins_with(jpeg, "Adobe", 5) && jpeg->length == 16;
	default:
		return (jpeg->marker < MARKER_APP0 || jpeg->marker > MARKER_APP15) &&
		       jpeg->marker != MARKER_COM;
	}
}

/* Behind the compressed bytes of a scan: they hold FF only before 00 and restart markers. */
static bool skip_scan(struct jpeg *jpeg)
{
	for (;;) {
		size_t left = source_left(jpeg->source, jpeg->offset);
		const unsigned char *bytes = source_at(jpeg->source, jpeg->offset, left);
		const unsigned char *found;

		if (left < 2 || bytes == NULL)
			return false;
		found = memchr(bytes, 0xFF, left - 1);
		if (found == NULL) {
			jpeg->offset += (int64_t)left - 1;
			continue;
		}
		jpeg->offset += found - bytes;
		if (found[1] != 0 && !is_standalone(found[1]))
			return true;
		jpeg->offset += 2;
	}
}

/* What cameras put behind the picture: previews, and the film of a "live" photo. */
static bool is_appendix(struct jpeg *jpeg)
{
	size_t left = source_left(jpeg->source, jpeg->offset);
	const unsigned char *bytes = source_at(jpeg->source, jpeg->offset, left);

	if (bytes == NULL)
		return left == 0;
	if (left >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0)
		return true;
	if (left >= 12 && memcmp(bytes + 4, "ftyp", 4) == 0)
		return true;
	for (size_t i = 0; i < left; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

/* How to turn it, as the only thing that EXIF says. */
static bool keep_orientation(struct rewrite *kept, unsigned orientation)
{
	unsigned char exif[] = "\xFF\xE1\0\x22"
			       "Exif\0\0"
			       "MM\0*\0\0\0\x08"
			       "\0\x01"
			       "\x01\x12\0\x03\0\0\0\x01\0\0\0\0"
			       "\0\0\0\0";

	exif[29] = (unsigned char)orientation;
	return rewrite_bytes(kept, exif, sizeof(exif) - 1);
}

static const char *read_segment(struct jpeg *jpeg, struct rewrite *kept)
{
	int64_t begin = jpeg->offset;
	bool keep;

	if (!read_length(jpeg))
		return "a segment is cut short";
	if (is_frame(jpeg->marker) && !read_frame(jpeg))
		return "the frame is not acceptable";
	if (jpeg->marker == MARKER_APP1 && read_exif(jpeg) &&
	    !keep_orientation(kept, jpeg->orientation))
		return "too many segments";
	keep = is_kept(jpeg);
	jpeg->offset += jpeg->length;
	if (jpeg->marker == MARKER_SOS) {
		if (!jpeg->framed || !skip_scan(jpeg))
			return "a scan is cut short";
		jpeg->scanned = true;
	}
	if (keep && !rewrite_copy(kept, begin, jpeg->offset - begin))
		return "too many segments";
	return NULL;
}

static const char *read_segments(struct jpeg *jpeg, struct rewrite *kept)
{
	while (read_marker(jpeg)) {
		const char *wrong;

		if (jpeg->marker == MARKER_EOI)
			break;
		if (jpeg->marker == MARKER_SOI || is_standalone(jpeg->marker))
			return "a marker is where none may be";
		wrong = read_segment(jpeg, kept);
		if (wrong != NULL)
			return wrong;
	}
	if (jpeg->marker != MARKER_EOI || !jpeg->scanned)
		return "it does not come to its end";
	jpeg->offset += 2;
	return is_appendix(jpeg) ? NULL : "something else follows";
}

const char *jpeg_read(struct source *source, struct format_facts *facts, struct rewrite *kept)
{
	struct jpeg jpeg = {.source = source, .facts = facts, .offset = 2};
	const unsigned char *bytes = source_at(source, 0, 2);
	const char *wrong;

	if (bytes == NULL || bytes[0] != 0xFF || bytes[1] != MARKER_SOI)
		return "it does not begin as JPEG";
	if (!rewrite_copy(kept, 0, 2))
		return "too many segments";
	wrong = read_segments(&jpeg, kept);
	if (wrong != NULL)
		return wrong;
	facts->type = "image/jpeg";
	facts->pixels = facts->width * facts->height;
	if (jpeg.orientation >= 5) {
		int64_t width = facts->width;

		facts->width = facts->height;
		facts->height = width;
	}
	return rewrite_copy(kept, jpeg.offset - 2, 2) ? NULL : "too many segments";
}
