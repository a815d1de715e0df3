/* MP4 and QuickTime (ISO/IEC 14496-12): boxes, as one file or in fragments.  Kept are tracks and
 * their media; what a camera notes besides, such as where it was, becomes free space of the same
 * length, so that nothing moves that the tables point to. */
#include "format.h"

#include <string.h>

#define TRACKS_MAX 16
#define DEPTH_MAX 8
#define TIME_MAX (UINT64_C(1) << 50) /* in whatever units */

struct track {
	uint32_t id;
	uint32_t handler;
	int64_t scale;
	int64_t duration; /* of the file as a whole; then of fragments */
	int64_t each;	  /* of a sample, when a fragment does not say */
	int64_t width, height;
	bool known_codec;
};

struct mp4 {
	struct source *source;
	struct rewrite *kept;
	struct track tracks[TRACKS_MAX];
	size_t count;
	struct track *fragment; /* whose fragment is at hand */
	int64_t each;		/* of a sample in it */
	bool quicktime, movie, media;
};

struct box {
	uint32_t type;
	int64_t offset;
	int64_t body; /* where what it holds begins */
	int64_t end;
};

#define TYPE(a, b, c, d) \
	((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static const char CUT[] = "a box is cut short";

static bool read_box(struct mp4 *mp4, int64_t offset, int64_t end, struct box *box)
{
	const unsigned char *bytes = source_at(mp4->source, offset, 8);
	uint64_t size;

	if (bytes == NULL)
		return false;
	*box = (struct box){read_be32(bytes + 4), offset, offset + 8, 0};
	size = read_be32(bytes);
	if (size == 1) {
		bytes = source_at(mp4->source, offset + 8, 8);
		if (bytes == NULL)
			return false;
		size = read_be64(bytes);
		box->body += 8;
	} else if (size == 0 && end == mp4->source->size) {
		size = (uint64_t)(end - offset); /* the last one */
	}
	if (size < (uint64_t)(box->body - offset) || size > (uint64_t)(end - offset))
		return false;
	box->end = offset + (int64_t)size;
	return true;
}

/* `count` bytes at `at` behind the beginning of what the box holds. */
static const unsigned char *box_at(struct mp4 *mp4, const struct box *box, int64_t at, size_t count)
{
	if (box->body + at + (int64_t)count > box->end)
		return NULL;
	return source_at(mp4->source, box->body + at, count);
}

static struct track *latest(struct mp4 *mp4)
{
	return mp4->count > 0 ? &mp4->tracks[mp4->count - 1] : NULL;
}

static const char *read_track_header(struct mp4 *mp4, const struct box *box)
{
	struct track *track = latest(mp4);
	const unsigned char *version = box_at(mp4, box, 0, 1);
	const unsigned char *bytes;
	bool turned;
	int64_t wide;

	if (version == NULL)
		return CUT;
	wide = *version == 1 ? 12 : 0;
	bytes = box_at(mp4, box, *version == 1 ? 20 : 12, 4);
	if (bytes == NULL || track == NULL)
		return CUT;
	track->id = read_be32(bytes);
	bytes = box_at(mp4, box, 40 + wide, 44);
	if (bytes == NULL)
		return CUT;
	turned = read_be32(bytes) == 0 && read_be32(bytes + 16) == 0;
	track->width = read_be32(bytes + (turned ? 40 : 36)) >> 16;
	track->height = read_be32(bytes + (turned ? 36 : 40)) >> 16;
	return NULL;
}

static const char *read_media_header(struct mp4 *mp4, const struct box *box)
{
	struct track *track = latest(mp4);
	const unsigned char *version = box_at(mp4, box, 0, 1);
	const unsigned char *bytes;
	uint64_t duration;

	if (version == NULL || track == NULL)
		return CUT;
	if (*version == 1) {
		bytes = box_at(mp4, box, 20, 12);
		duration = bytes != NULL ? read_be64(bytes + 4) : 0;
	} else {
		bytes = box_at(mp4, box, 12, 8);
		duration = bytes != NULL ? read_be32(bytes + 4) : 0;
	}
	if (bytes == NULL)
		return CUT;
	track->scale = read_be32(bytes);
	if (track->scale == 0 || duration > TIME_MAX)
		return "a track has no time";
	track->duration = (int64_t)duration;
	return NULL;
}

static const char *read_handler(struct mp4 *mp4, const struct box *box)
{
	struct track *track = latest(mp4);
	const unsigned char *bytes = box_at(mp4, box, 8, 4);

	if (bytes == NULL || track == NULL)
		return CUT;
	/* In QuickTime there is another behind the tracks' own. */
	if (track->handler == 0)
		track->handler = read_be32(bytes);
	return NULL;
}

/* `names`: four letters each, one after the other. */
static bool is_one_of(uint32_t type, const char *names)
{
	for (; *names != '\0'; names += 4)
		if (read_be32((const unsigned char *)names) == type)
			return true;
	return false;
}

static const char CODECS[] = "avc1avc3hvc1hev1av01vp08vp09mp4vmp4aOpusac-3ec-3alacfLaC";

static const char *read_codecs(struct mp4 *mp4, const struct box *box)
{
	struct track *track = latest(mp4);
	struct box entry;

	if (track == NULL || !read_box(mp4, box->body + 8, box->end, &entry))
		return CUT;
	track->known_codec = is_one_of(entry.type, CODECS);
	return NULL;
}

static struct track *track_of(struct mp4 *mp4, uint32_t id)
{
	for (size_t i = 0; i < mp4->count; i++)
		if (mp4->tracks[i].id == id)
			return &mp4->tracks[i];
	return NULL;
}

static const char *read_track_defaults(struct mp4 *mp4, const struct box *box)
{
	const unsigned char *bytes = box_at(mp4, box, 4, 12);
	struct track *track = bytes != NULL ? track_of(mp4, read_be32(bytes)) : NULL;

	if (track == NULL)
		return "fragments are of no track";
	track->each = read_be32(bytes + 8);
	return NULL;
}

static const char *read_fragment_header(struct mp4 *mp4, const struct box *box)
{
	const unsigned char *bytes = box_at(mp4, box, 0, 8);
	uint32_t flags;
	int64_t at = 8;

	if (bytes == NULL)
		return CUT;
	flags = read_be24(bytes + 1);
	mp4->fragment = track_of(mp4, read_be32(bytes + 4));
	if (mp4->fragment == NULL)
		return "a fragment is of no track";
	mp4->each = mp4->fragment->each;
	if ((flags & 0x8) == 0)
		return NULL;
	at += ((flags & 0x1) != 0 ? 8 : 0) + ((flags & 0x2) != 0 ? 4 : 0);
	bytes = box_at(mp4, box, at, 4);
	if (bytes == NULL)
		return CUT;
	mp4->each = read_be32(bytes);
	return NULL;
}

static const char TOO_LONG[] = "it is too long to be true";

static const char *add_time(struct track *track, uint64_t time)
{
	if (time > TIME_MAX || track->duration > (int64_t)(TIME_MAX - time))
		return TOO_LONG;
	track->duration += (int64_t)time;
	return NULL;
}

/* The time of the samples of a run: each with its own, or all with the same. */
static const char *read_run(struct mp4 *mp4, const struct box *box)
{
	const unsigned char *bytes = box_at(mp4, box, 0, 8);
	uint32_t flags, count;
	int64_t at, step;

	if (bytes == NULL || mp4->fragment == NULL)
		return CUT;
	flags = read_be24(bytes + 1);
	count = read_be32(bytes + 4);
	if ((flags & 0x100) == 0)
		return add_time(mp4->fragment, (uint64_t)mp4->each * count);
	at = 8 + ((flags & 0x1) != 0 ? 4 : 0) + ((flags & 0x4) != 0 ? 4 : 0);
	step = 4 + ((flags & 0x200) != 0 ? 4 : 0) + ((flags & 0x400) != 0 ? 4 : 0) +
	       ((flags & 0x800) != 0 ? 4 : 0);
	for (uint32_t i = 0; i < count; i++, at += step) {
		bytes = box_at(mp4, box, at, 4);
		if (bytes == NULL)
			return CUT;
		if (add_time(mp4->fragment, read_be32(bytes)) != NULL)
			return TOO_LONG;
	}
	return NULL;
}

static const char *begin_track(struct mp4 *mp4, const struct box *box)
{
	(void)box;
	if (mp4->count == TRACKS_MAX)
		return "it has too many tracks";
	mp4->tracks[mp4->count++] = (struct track){.id = 0};
	return NULL;
}

static const struct box_kind {
	char type[5];
	bool holds_boxes;
	const char *(*read)(struct mp4 *mp4, const struct box *box);
} kinds[] = {
    {"moov", true, NULL},
    {"trak", true, begin_track},
    {"tkhd", false, read_track_header},
    {"mdia", true, NULL},
    {"mdhd", false, read_media_header},
    {"hdlr", false, read_handler},
    {"minf", true, NULL},
    {"stbl", true, NULL},
    {"stsd", false, read_codecs},
    {"mvex", true, NULL},
    {"trex", false, read_track_defaults},
    {"moof", true, NULL},
    {"traf", true, NULL},
    {"tfhd", false, read_fragment_header},
    {"trun", false, read_run},
};

static const struct box_kind *kind_of(uint32_t type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (read_be32((const unsigned char *)kinds[i].type) == type)
			return &kinds[i];
	return NULL;
}

static const char METADATA[] = "udtametauuidfreeskip";
static const char TOO_MANY[] = "too many boxes";

static bool make_free(struct rewrite *kept, struct mp4 *mp4, const struct box *box)
{
	unsigned char head[16];
	size_t size = (size_t)(box->body - box->offset);
	const unsigned char *bytes = source_at(mp4->source, box->offset, size);

	if (bytes == NULL)
		return false;
	memcpy(head, bytes, size);
	memcpy(head + 4, "free", 4);
	return rewrite_bytes(kept, head, size) && rewrite_zeros(kept, box->end - box->body);
}

/* The boxes between two offsets. */
static const char *read_boxes(struct mp4 *mp4, int64_t offset, int64_t end, int depth)
{
	while (offset < end) {
		const struct box_kind *kind;
		const char *wrong = NULL;
		struct box box;
		bool done;

		if (depth == DEPTH_MAX || !read_box(mp4, offset, end, &box))
			return CUT;
		kind = kind_of(box.type);
		if (kind != NULL && kind->read != NULL)
			wrong = kind->read(mp4, &box);
		if (is_one_of(box.type, METADATA))
			done = make_free(mp4->kept, mp4, &box);
		else if (kind != NULL && kind->holds_boxes)
			done = rewrite_copy(mp4->kept, offset, box.body - offset);
		else
			done = rewrite_copy(mp4->kept, offset, box.end - offset);
		if (wrong == NULL && !done)
			wrong = TOO_MANY;
		if (wrong == NULL && kind != NULL && kind->holds_boxes)
			wrong = read_boxes(mp4, box.body, box.end, depth + 1);
		if (wrong != NULL)
			return wrong;
		offset = box.end;
	}
	return NULL;
}

static const char OUTERMOST[] = "ftypmoovmdatmooffreeskipwidesidxstypmframetaudtauuidpdinemsgprft";

/* A first look at what the file is made of. */
static const char *read_outline(struct mp4 *mp4)
{
	struct box box;

	for (int64_t offset = 0; offset < mp4->source->size; offset = box.end) {
		if (!read_box(mp4, offset, mp4->source->size, &box))
			return "a box is cut short, or something else follows";
		if (!is_one_of(box.type, OUTERMOST))
			return "it has a box of an unknown kind";
		mp4->media |= box.type == TYPE('m', 'd', 'a', 't');
		if (box.type == TYPE('m', 'o', 'o', 'v') && mp4->movie)
			return "it has more than one film";
		mp4->movie |= box.type == TYPE('m', 'o', 'o', 'v');
	}
	return mp4->movie && mp4->media ? NULL : "nothing is in it";
}

static const char *judge(const struct mp4 *mp4, struct format_facts *facts)
{
	for (size_t i = 0; i < mp4->count; i++) {
		const struct track *track = &mp4->tracks[i];

		if (track->handler == TYPE('s', 'o', 'u', 'n') && track->known_codec)
			facts->sound = true;
		else if (track->handler == TYPE('v', 'i', 'd', 'e') && track->known_codec)
			facts->picture = true;
		else
			continue;
		if (track->scale == 0)
			return "a track has no time";
		if (track->duration * 1000 / track->scale > facts->duration_ms)
			facts->duration_ms = track->duration * 1000 / track->scale;
		if (track->handler == TYPE('v', 'i', 'd', 'e') && facts->width == 0) {
			facts->width = track->width;
			facts->height = track->height;
		}
	}
	if (!facts->sound && !facts->picture)
		return "it has no track of a known kind";
	if (facts->picture && (facts->width == 0 || facts->height == 0))
		return "its pictures have no size";
	return facts->duration_ms > 0 ? NULL : "it has no duration";
}

const char *mp4_read(struct source *source, struct format_facts *facts, struct rewrite *kept)
{
	struct mp4 mp4 = {.source = source, .kept = kept};
	const unsigned char *bytes = source_at(source, 0, 12);
	const char *wrong;

	if (bytes == NULL || memcmp(bytes + 4, "ftyp", 4) != 0)
		return "it does not begin as MP4";
	mp4.quicktime = memcmp(bytes + 8, "qt  ", 4) == 0;
	wrong = read_outline(&mp4);
	if (wrong == NULL)
		wrong = read_boxes(&mp4, 0, source->size, 0);
	if (wrong == NULL)
		wrong = judge(&mp4, facts);
	if (wrong != NULL)
		return wrong;
	if (!facts->picture)
		facts->type = "audio/mp4";
	else
		facts->type = mp4.quicktime ? "video/quicktime" : "video/mp4";
	return NULL;
}
