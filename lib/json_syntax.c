/* A scanner for RFC 8259 that builds nothing.  What is open is a bit stack, so it neither
 * recurses nor allocates, whatever it is fed. */
#include "json_syntax.h"

#include "json.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct scan {
	const char *next, *end;
	const char *wrong; /* the first mistake */
	uint32_t objects;  /* bit n: what is open at level n is an object, not an array */
	unsigned level, depth;
	size_t members;
};

static bool fail(struct scan *scan, const char *wrong)
{
	if (scan->wrong == NULL)
		scan->wrong = wrong;
	return false;
}

static int peek(const struct scan *scan)
{
	return scan->next < scan->end ? (unsigned char)*scan->next : -1;
}

static bool take(struct scan *scan, char wanted)
{
	if (peek(scan) != (unsigned char)wanted)
		return false;
	scan->next++;
	return true;
}

static void skip_space(struct scan *scan)
{
	while (peek(scan) == ' ' || peek(scan) == '\t' || peek(scan) == '\n' || peek(scan) == '\r')
		scan->next++;
}

static int hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The four digits after \u; -1 when they are not. */
static int32_t code_unit(struct scan *scan)
{
	int32_t unit = 0;

	for (int i = 0; i < 4; i++) {
		int digit = hex_digit(peek(scan));

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
		scan->next++;
	}
	return unit;
}

/* json-c would turn half a surrogate pair into U+FFFD: the text would not be what was sent. */
static bool scan_unicode(struct scan *scan)
{
	int32_t unit = code_unit(scan);

	if (unit <= 0)
		return fail(scan, "\\u needs four digits and must not be NUL");
	if (unit >= 0xDC00 && unit <= 0xDFFF)
		return fail(scan, "a low surrogate without a high one");
	if (unit < 0xD800 || unit > 0xDBFF)
		return true;
	if (!take(scan, '\\') || !take(scan, 'u'))
		return fail(scan, "a high surrogate without a low one");
	unit = code_unit(scan);
	if (unit < 0xDC00 || unit > 0xDFFF)
		return fail(scan, "a high surrogate without a low one");
	return true;
}

static bool scan_escape(struct scan *scan)
{
	int c = peek(scan);

	if (c <= 0 || strchr("\"\\/bfnrtu", c) == NULL)
		return fail(scan, "an unknown escape in a string");
	scan->next++;
	return c == 'u' ? scan_unicode(scan) : true;
}

static bool scan_string(struct scan *scan)
{
	if (!take(scan, '"'))
		return fail(scan, "a string was expected");
	for (;;) {
		int c = peek(scan);

		if (c < 0)
			return fail(scan, "a string without its end");
		if (c < 0x20)
			return fail(scan, "a raw control character in a string");
		scan->next++;
		if (c == '"')
			return true;
		if (c == '\\' && !scan_escape(scan))
			return false;
	}
}

static bool skip_digits(struct scan *scan)
{
	const char *start = scan->next;

	while (peek(scan) >= '0' && peek(scan) <= '9')
		scan->next++;
	return scan->next > start;
}

/* json-c saturates: 99999999999999999999 would read as another number. */
static bool fits_int64(const char *start, const char *end)
{
	char digits[32];
	size_t length = (size_t)(end - start);

	if (length >= sizeof(digits))
		return false;
	memcpy(digits, start, length);
	digits[length] = '\0';
	errno = 0;
	(void)strtoll(digits, NULL, 10);
	return errno == 0;
}

static bool scan_number(struct scan *scan)
{
	const char *start = scan->next;
	bool integer = true;

	take(scan, '-');
	if (!take(scan, '0') && !skip_digits(scan))
		return fail(scan, "a value was expected");
	if (take(scan, '.')) {
		integer = false;
		if (!skip_digits(scan))
			return fail(scan, "digits were expected after the point");
	}
	if (take(scan, 'e') || take(scan, 'E')) {
		integer = false;
		if (!take(scan, '+'))
			take(scan, '-');
		if (!skip_digits(scan))
			return fail(scan, "digits were expected in the exponent");
	}
	if (integer && !fits_int64(start, scan->next))
		return fail(scan, "an integer out of range");
	return true;
}

static bool scan_word(struct scan *scan, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(scan->end - scan->next) < length || memcmp(scan->next, word, length) != 0)
		return fail(scan, "a value was expected");
	scan->next += length;
	return true;
}

static bool scan_scalar(struct scan *scan)
{
	switch (peek(scan)) {
	case '"':
		return scan_string(scan);
	case 't':
		return scan_word(scan, "true");
	case 'f':
		return scan_word(scan, "false");
	case 'n':
		return scan_word(scan, "null");
	default:
		return scan_number(scan);
	}
}

static bool in_object(const struct scan *scan)
{
	return (scan->objects >> scan->level & 1) != 0;
}

static bool scan_key(struct scan *scan)
{
	skip_space(scan);
	if (!scan_string(scan))
		return false;
	skip_space(scan);
	if (!take(scan, ':'))
		return fail(scan, "a colon was expected");
	scan->members++;
	return true;
}

/* After "{" or "[": true when a value follows, false when it was closed at once. */
static bool open_level(struct scan *scan, bool object)
{
	if (scan->level == scan->depth)
		return fail(scan, "nested too deeply");
	scan->level++;
	scan->objects &= ~((uint32_t)1 << scan->level);
	scan->objects |= (uint32_t)object << scan->level;
	skip_space(scan);
	if (take(scan, object ? '}' : ']')) {
		scan->level--;
		return false;
	}
	return object ? scan_key(scan) : true;
}

/* After a value: true when a comma says that another one follows at this level. */
static bool close_levels(struct scan *scan)
{
	while (scan->level > 0) {
		skip_space(scan);
		if (take(scan, ','))
			return in_object(scan) ? scan_key(scan) : true;
		if (!take(scan, in_object(scan) ? '}' : ']'))
			return fail(scan, "a comma or a closing bracket was expected");
		scan->level--;
	}
	return false;
}

static void scan_values(struct scan *scan)
{
	bool more = true;

	while (more) {
		skip_space(scan);
		if (take(scan, '{'))
			more = open_level(scan, true);
		else if (take(scan, '['))
			more = open_level(scan, false);
		else {
			scan_scalar(scan);
			more = false;
		}
		if (!more && scan->wrong == NULL)
			more = close_levels(scan);
	}
}

const char *json_syntax(const char *text, size_t length, unsigned depth, size_t *members)
{
	struct scan scan = {.next = text, .end = text + length, .depth = depth};

	*members = 0;
	if (!json_utf8_valid(text, length))
		return "not UTF-8";
	skip_space(&scan);
	if (peek(&scan) != '{' && peek(&scan) != '[')
		return "neither an object nor an array";
	scan_values(&scan);
	if (scan.wrong == NULL) {
		skip_space(&scan);
		if (scan.next < scan.end)
			return "something after the end";
	}
	*members = scan.members;
	return scan.wrong;
}
