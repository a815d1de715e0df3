/* Cleaning and quoting of file names. */
#include "file_name.h"
#include "arena.h"
#include "json.h"

#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

static bool is_harmful(ucs4_t letter)
{
	return uc_is_general_category_withtable(letter, UC_CATEGORY_MASK_C) || letter == 0x2028 ||
	       letter == 0x2029 || (letter < 0x80 && strchr("\\/:*?\"<>|", (int)letter) != NULL);
}

static const char *last_part(const char *path)
{
	const char *part = path;

	for (; *path != '\0'; path++)
		if (*path == '/' || *path == '\\')
			part = path + 1;
	return part;
}

/* No dots and spaces at either end: hidden files, and what Windows drops. */
static const char *trim(char *name)
{
	size_t length;

	name += strspn(name, ". ");
	length = strlen(name);
	while (length > 0 && strchr(". ", name[length - 1]) != NULL)
		name[--length] = '\0';
	return length > 0 ? name : NULL;
}

const char *file_name_clean(struct arena *arena, const char *name)
{
	const uint8_t *next;
	ucs4_t letter;
	uint8_t *end;
	char *clean;
	size_t count = 0;

	if (!json_utf8_valid(name, strlen(name)))
		return NULL;
	name = last_part(name);
	clean = arena_alloc(arena, strlen(name) + 1);
	end = (uint8_t *)clean;
	for (next = (const uint8_t *)name;
	     (next = u8_next(&letter, next)) != NULL && count < FILE_NAME_MAX;) {
		if (is_harmful(letter))
			continue;
		end += u8_uctomb(end, letter, 6);
		count++;
	}
	return trim(clean);
}

static const char *percent_encoded(struct arena *arena, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789!#$&+-.^_`|~"; /* attr-char of RFC 8187 */
	static const char digits[] = "0123456789ABCDEF";
	char *encoded = arena_alloc(arena, 3 * strlen(text) + 1);
	char *end = encoded;

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (strchr(plain, byte) != NULL) {
			*end++ = *text;
		} else {
			*end++ = '%';
			*end++ = digits[byte >> 4];
			*end++ = digits[byte & 15];
		}
	}
	return encoded;
}

/* For clients that know nothing else: letters that are the same everywhere. */
static const char *ascii_only(struct arena *arena, const char *text)
{
	char *ascii = arena_text(arena, text);

	for (char *letter = ascii; *letter != '\0'; letter++)
		if ((unsigned char)*letter >= 0x80 || strchr("%\"\\", *letter) != NULL)
			*letter = '_';
	return ascii;
}

const char *file_name_disposition(struct arena *arena, const char *name, bool attachment)
{
	const char *kind = attachment ? "attachment" : "inline";

	if (name == NULL)
		return kind;
	return arena_printf(arena, "%s; filename=\"%s\"; filename*=UTF-8''%s", kind,
	    ascii_only(arena, name), percent_encoded(arena, name));
}
