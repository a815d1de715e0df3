/* Base64 without padding, see base64.h. */
#include "base64.h"
#include "arena.h"
#include <stdint.h>
#include <string.h>

static const char alphabets[][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

const char *base64_write(
    struct arena *arena, enum base64_alphabet alphabet, const void *bytes, size_t size)
{
	const unsigned char *from = bytes;
	char *text = arena_alloc(arena, size / 3 * 4 + 5);
	char *to = text;
	uint32_t bits = 0;
	unsigned held = 0;

	for (size_t i = 0; i < size; i++) {
		bits = bits << 8 | from[i];
		for (held += 8; held >= 6; held -= 6)
			*to++ = alphabets[alphabet][bits >> (held - 6) & 63];
	}
	if (held > 0)
		*to++ = alphabets[alphabet][bits << (6 - held) & 63];
	*to = '\0';
	return text;
}

bool base64_read(enum base64_alphabet alphabet, const char *text, size_t length,
    unsigned char *bytes, size_t room, size_t *size)
{
	uint32_t bits = 0;
	unsigned held = 0;

	*size = 0;
	for (size_t i = 0; i < length; i++) {
		const char *at = memchr(alphabets[alphabet], text[i], 64);

		if (at == NULL)
			return false;
		bits = bits << 6 | (uint32_t)(at - alphabets[alphabet]);
		held += 6;
		if (held < 8)
			continue;
		if (*size == room)
			return false;
		held -= 8;
		bytes[(*size)++] = (unsigned char)(bits >> held);
	}
	/* Six bits left are a character too many, bits left that are not zero a second spelling. */
	return held < 6 && (bits & ((1U << held) - 1)) == 0;
}
