/* Avatars of people and groups: one emoji for now. */
#include "avatar.h"
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

/* Not by u8_grapheme_next(), which looks at two code points only: families and flags take more. */
static bool one_grapheme(const uint8_t *text, size_t length)
{
	char breaks[AVATAR_EMOJI_MAX];

	u8_grapheme_breaks(text, length, breaks);
	return memchr(breaks + 1, 1, length - 1) == NULL;
}

bool avatar_valid(const char *avatar)
{
	static const char prefix[] = "emoji:";
	const uint8_t *emoji, *rest;
	size_t length;
	ucs4_t point;

	if (strncmp(avatar, prefix, strlen(prefix)) != 0)
		return false;
	emoji = (const uint8_t *)avatar + strlen(prefix);
	length = u8_strlen(emoji);
	rest = u8_next(&point, emoji);
	return rest != NULL && length <= AVATAR_EMOJI_MAX && starts_emoji(point, rest) &&
	       one_grapheme(emoji, length);
}
