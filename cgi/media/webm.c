/* WebM: EBML elements (RFC 8794) as browsers record them, of unknown length too.  How long it is
 * the blocks tell: what a recorder writes first it does not know yet. */
#include "format.h"

#include <string.h>

#define UNKNOWN INT64_MAX
#define TRACKS_MAX 8
#define FRAME_MS 20 /* that the last block lasts: one of Opus, and about one of pictures */

enum element {
	EBML = 0x1A45DFA3,
	DOC_TYPE = 0x4282,
	SEGMENT = 0x18538067,
	INFO = 0x1549A966,
	TIMESTAMP_SCALE = 0x2AD7B1,
	TRACKS = 0x1654AE6B,
	TRACK_ENTRY = 0xAE,
	TRACK_TYPE = 0x83,
	CODEC = 0x86,
	VIDEO = 0xE0,
	WIDTH = 0xB0,
	HEIGHT = 0xBA,
	CLUSTER = 0x1F43B675,
	TIMESTAMP = 0xE7,
	SIMPLE_BLOCK = 0xA3,
	BLOCK_GROUP = 0xA0,
	BLOCK = 0xA1,
	ATTACHMENTS = 0x1941A469
};

struct webm {
	struct source *source;
	struct format_facts *facts;
	int64_t offset;
	uint64_t id;
	int64_t size;
	int64_t scale;	 /* ns of a tick */
	int64_t cluster; /* ticks */
	int64_t last;	 /* ticks of the latest block */
	int64_t tracks;
	bool typed, segmented, cast;
};

/* A number of one to eight bytes, its length in the leading zeros; 0: there is none. */
static size_t read_number(struct webm *webm, int64_t offset, bool keep_marker, uint64_t *value)
{
	const unsigned char *bytes = source_at(webm->source, offset, 1);
	size_t length = 1;
	bool all_ones;

	if (bytes == NULL || bytes[0] == 0)
		return 0;
	while ((bytes[0] & (0x80 >> (length - 1))) == 0)
		length++;
	bytes = source_at(webm->source, offset, length);
	if (bytes == NULL)
		return 0;
	*value = keep_marker ? bytes[0] : bytes[0] & (0xFFu >> length);
	all_ones = (bytes[0] & (0xFFu >> length)) == (0xFFu >> length);
	for (size_t i = 1; i < length; i++) {
		*value = *value << 8 | bytes[i];
		all_ones = all_ones && bytes[i] == 0xFF;
	}
	if (all_ones && !keep_marker)
		*value = UNKNOWN;
	return length;
}

static bool is_master(uint64_t id)
{
	return id == SEGMENT || id == INFO || id == TRACKS || id == TRACK_ENTRY || id == VIDEO ||
	       id == CLUSTER || id == BLOCK_GROUP || id == EBML;
}

/* Moves to what the next element holds. */
static const char *read_head(struct webm *webm)
{
	uint64_t size;
	size_t length = read_number(webm, webm->offset, true, &webm->id);
	size_t more =
	    length == 0 ? 0 : read_number(webm, webm->offset + (int64_t)length, false, &size);

	if (more == 0)
		return "an element is cut short";
	webm->offset += (int64_t)(length + more);
	webm->size = (int64_t)size;
	if (webm->size == UNKNOWN)
		return webm->id == SEGMENT || webm->id == CLUSTER ? NULL
								  : "an element has no length";
	return webm->size <= webm->source->size - webm->offset ? NULL : "an element is cut short";
}

static int64_t read_value(struct webm *webm)
{
	const unsigned char *bytes = source_at(webm->source, webm->offset, (size_t)webm->size);
	uint64_t value = 0;

	if (webm->size > 8 || bytes == NULL)
		return -1;
	for (int64_t i = 0; i < webm->size; i++)
		value = value << 8 | bytes[i];
	return value <= INT64_MAX / 4 ? (int64_t)value : -1;
}

static bool holds_text(struct webm *webm, const char *text)
{
	size_t length = strlen(text);
	const unsigned char *bytes;

	if (webm->size < (int64_t)length)
		return false;
	bytes = source_at(webm->source, webm->offset, length);
	return bytes != NULL && memcmp(bytes, text, length) == 0;
}

static const char *read_codec(struct webm *webm)
{
	if (holds_text(webm, "A_OPUS") || holds_text(webm, "A_VORBIS"))
		webm->facts->sound = true;
	else if (holds_text(webm, "V_VP8") || holds_text(webm, "V_VP9") ||
		 holds_text(webm, "V_AV1"))
		webm->facts->picture = true;
	else
		return "it has a codec that WebM does not";
	return NULL;
}

/* A track, the time within the cluster, flags. */
static const char *read_block(struct webm *webm)
{
	uint64_t track;
	size_t length = read_number(webm, webm->offset, false, &track);
	const unsigned char *bytes = source_at(webm->source, webm->offset + (int64_t)length, 3);
	int64_t when;

	if (length == 0 || bytes == NULL || webm->size < (int64_t)length + 3)
		return "a block is cut short";
	when = webm->cluster + (int16_t)read_be16(bytes);
	if (when > webm->last)
		webm->last = when;
	webm->cast = true;
	return NULL;
}

static const char *read_number_into(struct webm *webm, int64_t *value, int64_t most)
{
	*value = read_value(webm);
	return *value >= 0 && *value <= most ? NULL : "a number is not acceptable";
}

static const char *read_element(struct webm *webm)
{
	switch (webm->id) {
	case DOC_TYPE:
		webm->typed = holds_text(webm, "webm");
		return webm->typed ? NULL : "it is not WebM";
	case SEGMENT:
		if (webm->segmented || !webm->typed)
			return "it has more than one segment";
		webm->segmented = true;
		return NULL;
	case TRACK_ENTRY:
		return ++webm->tracks <= TRACKS_MAX ? NULL : "it has too many tracks";
	case TIMESTAMP_SCALE:
		return read_number_into(webm, &webm->scale, INT64_C(1000000000));
	case CODEC:
		return read_codec(webm);
	case WIDTH:
		return read_number_into(webm, &webm->facts->width, INT32_MAX);
	case HEIGHT:
		return read_number_into(webm, &webm->facts->height, INT32_MAX);
	case TIMESTAMP:
		return read_number_into(webm, &webm->cluster, INT64_MAX / 4);
	case SIMPLE_BLOCK:
	case BLOCK:
		return read_block(webm);
	case ATTACHMENTS:
		return "it carries other files";
	default:
		return NULL;
	}
}

const char *webm_read(struct source *source, struct format_facts *facts, struct rewrite *kept)
{
	struct webm webm = {.source = source, .facts = facts, .scale = 1000000};

	while (webm.offset < source->size) {
		bool first = webm.offset == 0;
		const char *wrong = read_head(&webm);

		if (wrong == NULL && first != (webm.id == EBML))
			wrong = "it does not begin as WebM, or something else follows";
		if (wrong == NULL)
			wrong = read_element(&webm);
		if (wrong != NULL)
			return wrong;
		if (!is_master(webm.id))
			webm.offset += webm.size;
	}
	if (!webm.cast || webm.tracks == 0)
		return "nothing is in it";
	if (facts->picture && (facts->width == 0 || facts->height == 0))
		return "its pictures have no size";
	facts->type = facts->picture ? "video/webm" : "audio/webm";
	if (webm.scale == 0 || webm.last > INT64_MAX / 4 / webm.scale)
		return "it is too long to be true";
	facts->duration_ms = webm.last * webm.scale / 1000000 + FRAME_MS;
	return rewrite_copy(kept, 0, source->size) ? NULL : "too many elements";
}
