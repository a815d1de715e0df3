/* Splitting by script and category, both of libunistring. */
#include "search_text.h"
#include "arena.h"
#include "identity.h"
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#define ACCENT_FIRST 0x0300
#define ACCENT_LAST 0x036F
#define PROLONGED 0x30FC /* the sign of long vowels in Japanese */
#define IDEOGRAPH_FIRST 0x4E00
#define IDEOGRAPH_LAST 0x9FFF
#define PUNCTUATION_FIRST 0x3001
#define PUNCTUATION_LAST 0x3011
#define WIDE_FIRST 0xFF01 /* of "!" to "~" */
#define WIDE_LAST 0xFF5E
#define SKIN_TONE_FIRST 0x1F3FB
#define SKIN_TONE_LAST 0x1F3FF

enum letter_kind {
	KIND_GAP,     /* ends a run */
	KIND_NOTHING, /* is not seen, and ends none */
	KIND_WORD,
	KIND_UNSPACED,
	KIND_FOLLOWER /* belongs to whatever it stands behind */
};

static bool ideograph(ucs4_t point)
{
	return point >= IDEOGRAPH_FIRST && point <= IDEOGRAPH_LAST;
}

static bool accent(ucs4_t point)
{
	return point >= ACCENT_FIRST && point <= ACCENT_LAST;
}

/* Only accents of letters are dropped: marks of other scripts tell words apart. */
static ucs4_t bare(ucs4_t point)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	while (point >= 0x80 && !ideograph(point) &&
	       uc_canonical_decomposition(point, parts) == 2 && accent(parts[1]))
		point = parts[0];
	return point;
}

static bool without_spaces(ucs4_t point)
{
	static const char *const names[] = {"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo",
	    "Yi", "Thai", "Lao", "Khmer", "Myanmar"};
	const uc_script_t *script = uc_script(point);

	if (point == PROLONGED) /* which Unicode gives to no script */
		return true;
	for (size_t i = 0; script != NULL && i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(script->name, names[i]) == 0)
			return true;
	return false;
}

static enum letter_kind kind_of_ascii(ucs4_t point)
{
	return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') ? KIND_WORD
										: KIND_GAP;
}

static enum letter_kind kind_of(ucs4_t point)
{
	if (point < 0x80)
		return kind_of_ascii(point);
	if (ideograph(point))
		return KIND_UNSPACED;
	if (accent(point) || uc_is_property_default_ignorable_code_point(point) ||
	    (point >= SKIN_TONE_FIRST && point <= SKIN_TONE_LAST))
		return KIND_NOTHING;
	if (uc_is_general_category_withtable(point, UC_CATEGORY_MASK_So))
		return KIND_UNSPACED;
	if (!uc_is_general_category_withtable(
		point, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_M))
		return KIND_GAP;
	if (without_spaces(point))
		return KIND_UNSPACED;
	if (uc_is_general_category_withtable(point, UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Lm))
		return KIND_FOLLOWER;
	return KIND_WORD;
}

/* A run ends at a gap, and where the script changes from one kind to the other. */
static bool continues(const struct search_run *run, enum letter_kind kind)
{
	if (run->length == 0 || kind == KIND_GAP)
		return false;
	return kind == KIND_FOLLOWER || run->unspaced == (kind == KIND_UNSPACED);
}

/* The key of a text of nothing but ASCII, its wide forms, ideographs and their punctuation, as most
 * are in English and Chinese: a tenth of the work.  NULL: of any other text. */
static const char *simple_key(struct arena *arena, const char *text)
{
	const uint8_t *next = (const uint8_t *)text, *after;
	char *key = arena_alloc(arena, strlen(text) + 1), *end = key;
	ucs4_t point;

	for (; (after = u8_next(&point, next)) != NULL; next = after) {
		if (point >= WIDE_FIRST && point <= WIDE_LAST)
			point -= WIDE_FIRST - '!';
		if (point < 0x80) {
			*end++ = (char)(point >= 'A' && point <= 'Z' ? point + 'a' - 'A' : point);
		} else if (ideograph(point) ||
			   (point >= PUNCTUATION_FIRST && point <= PUNCTUATION_LAST)) {
			memcpy(end, next, (size_t)(after - next));
			end += after - next;
		} else {
			return NULL;
		}
	}
	return key;
}

struct search_text search_text_read(struct arena *arena, const char *given)
{
	const char *simple = simple_key(arena, given);
	const char *text = simple != NULL ? simple : identity_key(arena, given, SIZE_MAX);
	const uint8_t *next = (const uint8_t *)text;
	size_t most = strlen(text);
	uint32_t *points = arena_array(arena, most + 1, sizeof(*points));
	struct search_run *runs = arena_array(arena, most + 1, sizeof(*runs));
	struct search_text read = {runs, 0, 0};
	struct search_run *run = runs;
	ucs4_t point;

	run->points = points;
	for (; (next = u8_next(&point, next)) != NULL; read.length++) {
		enum letter_kind kind = kind_of(point);

		if (kind == KIND_NOTHING)
			continue;
		if (!continues(run, kind) && run->length > 0)
			(++run)->points = points;
		if (kind == KIND_GAP)
			continue;
		if (run->length == 0)
			run->unspaced = kind == KIND_UNSPACED;
		run->length++;
		*points++ = bare(point);
	}
	read.count = (size_t)(run - runs) + (run->length > 0);
	return read;
}

static bool begins(const struct search_run *run, const struct search_run *wanted)
{
	return run->length >= wanted->length &&
	       memcmp(run->points, wanted->points, wanted->length * sizeof(*run->points)) == 0;
}

static bool within(const struct search_run *run, const struct search_run *wanted)
{
	for (size_t at = 0; at + wanted->length <= run->length; at++) {
		const struct search_run rest = {run->points + at, run->length - at, true};

		if (begins(&rest, wanted))
			return true;
	}
	return false;
}

static bool found_in(const struct search_run *run, const struct search_run *wanted, bool beginning)
{
	if (run->unspaced != wanted->unspaced)
		return false;
	if (run->unspaced)
		return within(run, wanted);
	return (beginning || run->length == wanted->length) && begins(run, wanted);
}

bool search_text_contains(const struct search_text *text, const struct search_text *wanted)
{
	for (size_t i = 0; i < wanted->count; i++) {
		const struct search_run *run = &wanted->runs[i];
		bool beginning = i + 1 == wanted->count && run->length >= SEARCH_BEGINNING_MIN;
		bool found = false;

		for (size_t j = 0; j < text->count && !found; j++)
			found = found_in(&text->runs[j], run, beginning);
		if (!found)
			return false;
	}
	return true;
}
