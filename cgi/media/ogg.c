/* Ogg (RFC 3533) with Opus in it (RFC 7845): pages, and what the first and the last of them say. */
#include "format.h"

#include <string.h>

#define HEAD ((int64_t)27)
#define FLAG_FIRST 0x02
#define RATE INT64_C(48000) /* in which Opus counts, always */

struct ogg {
	struct source *source;
	int64_t offset;
	int64_t pages;
	uint32_t serial;
	int64_t skipped; /* samples before the sound */
	int64_t samples; /* as the latest page that says so */
};

/* The bytes of the page at hand behind its header; -1 when it is cut short. */
static int64_t payload_size(struct ogg *ogg, unsigned segments)
{
	const unsigned char *table = source_at(ogg->source, ogg->offset + HEAD, segments);
	int64_t size = 0;

	if (table == NULL)
		return -1;
	for (unsigned i = 0; i < segments; i++)
		size += table[i];
	return ogg->offset + HEAD + segments + size <= ogg->source->size ? size : -1;
}

static const char *read_first(struct ogg *ogg, int64_t payload)
{
	const unsigned char *bytes = source_at(ogg->source, payload, 19);

	if (bytes == NULL || memcmp(bytes, "OpusHead", 8) != 0 || bytes[8] >> 4 != 0 ||
	    bytes[9] == 0)
		return "it is not Opus";
	ogg->skipped = read_le16(bytes + 10);
	return NULL;
}

static const char *read_page(struct ogg *ogg)
{
	const unsigned char *bytes = source_at(ogg->source, ogg->offset, (size_t)HEAD);
	unsigned segments;
	uint32_t serial;
	uint64_t samples;
	int64_t size;
	bool first;

	if (bytes == NULL || memcmp(bytes, "OggS", 4) != 0 || bytes[4] != 0)
		return "a page is cut short, or something else follows";
	first = (bytes[5] & FLAG_FIRST) != 0;
	samples = read_le64(bytes + 6);
	serial = read_le32(bytes + 14);
	segments = bytes[26];
	if (first != (ogg->pages == 0) || (!first && serial != ogg->serial))
		return "it has more than one stream";
	size = payload_size(ogg, segments);
	if (size < 0)
		return "a page is cut short";
	ogg->serial = serial;
	if (samples <= INT64_MAX)
		ogg->samples = (int64_t)samples;
	ogg->offset += HEAD + segments;
	if (first) {
		const char *wrong = read_first(ogg, ogg->offset);

		if (wrong != NULL)
			return wrong;
	}
	ogg->offset += size;
	ogg->pages++;
	return NULL;
}

const char *ogg_read(struct source *source, struct format_facts *facts, struct rewrite *kept)
{
	struct ogg ogg = {.source = source};

	do {
		const char *wrong = read_page(&ogg);

		if (wrong != NULL)
			return wrong;
	} while (ogg.offset < source->size);
	if (ogg.samples <= ogg.skipped)
		return "it has no sound";
	if (ogg.samples > INT64_MAX / 1000)
		return "it is too long to be true";
	facts->type = "audio/ogg";
	facts->sound = true;
	facts->duration_ms = (ogg.samples - ogg.skipped) * 1000 / RATE;
	return rewrite_copy(kept, 0, source->size) ? NULL : "too many pages";
}
