/* Emoji, as Unicode's properties tell them (UTS #51). */
#include "emoji.h"
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>

#define KEYCAP 0x20E3

/* The first code point decides: a pictograph, a flag's letter, or the base of a key. */
static bool starts_emoji(ucs4_t point, const uint8_t *rest)
{
	ucs4_t second;

	if (uc_is_property_extended_pictographic(point))
		return true;
	if (uc_is_property_regional_indicator(point))
		return u8_next(&second, rest) != NULL && uc_is_property_regional_indicator(second);
	return point < 0x80 && strchr("0123456789#*", (int)point) != NULL &&
	       u8_chr(rest, u8_strlen(rest), KEYCAP) != NULL;
}

/* A grapheme may also be piled up with marks that belong to no emoji. */
static bool continues_emoji(const uint8_t *rest)
{
	ucs4_t point;

	while ((rest = u8_next(&point, rest)) != NULL) {
		if (!uc_is_property_extended_pictographic(point) &&
		    !uc_is_property_emoji_component(point))
			return false;
	}
	return true;
}

/* Not by u8_grapheme_next(), which looks at two code points only: families and flags take more. */
static bool one_grapheme(const uint8_t *text, size_t length)
{
	char breaks[EMOJI_MAX];

	u8_grapheme_breaks(text, length, breaks);
	return memchr(breaks + 1, 1, length - 1) == NULL;
}

bool emoji_valid(const char *text)
{
	const uint8_t *emoji = (const uint8_t *)text, *rest;
	size_t length = u8_strlen(emoji);
	ucs4_t point;

	rest = u8_next(&point, emoji);
	return rest != NULL && length <= EMOJI_MAX && starts_emoji(point, rest) &&
	       continues_emoji(rest) && one_grapheme(emoji, length);
}
