/* The forms of hints. */
#include "hint.h"

#include <stddef.h>
#include <string.h>

#define WAVEFORM_MAX 128
#define BLURHASH_MIN 6
#define BLURHASH_MAX 78

bool hint_is_waveform(const char *text)
{
	size_t length = strlen(text);

	return length >= 1 && length <= WAVEFORM_MAX && strspn(text, "0123456789abcdef") == length;
}

/* The first digit of a BlurHash says how many components follow, of two digits each. */
bool hint_is_placeholder(const char *text)
{
	static const char digits[] =
	    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "#$%*+,-.:;=?@[]^_{|}~";
	size_t length = strlen(text);
	size_t flag;

	if (length < BLURHASH_MIN || length > BLURHASH_MAX || strspn(text, digits) != length)
		return false;
	flag = (size_t)(strchr(digits, text[0]) - digits);
	return length == 4 + 2 * (flag % 9 + 1) * (flag / 9 + 1);
}
