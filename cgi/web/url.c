/* Addresses taken apart and decoded. */
#include "url.h"

#include "arena.h"
#include "json.h"
#include <string.h>

#define API_ROOT "/api/v1/"

static int hex_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return -1;
}

/* The byte that `%xx` at text means, 0 when it means none that we take. */
static char unescape(const char *text, size_t left)
{
	int high = left > 2 ? hex_value(text[1]) : -1;
	int low = left > 2 ? hex_value(text[2]) : -1;

	if (high < 0 || low < 0)
		return '\0';
	return (char)(high << 4 | low);
}

const char *url_decode(struct arena *arena, const char *text, size_t length, bool form)
{
	char *decoded = arena_text_n(arena, text, length);
	size_t size = 0;

	for (size_t i = 0; i < length; i++) {
		char byte = text[i];

		if (byte == '%') {
			byte = unescape(text + i, length - i);
			i += 2;
		} else if (byte == '+' && form) {
			byte = ' ';
		}
		if (byte == '\0')
			return NULL;
		decoded[size++] = byte;
	}
	decoded[size] = '\0';
	return json_utf8_valid(decoded, size) ? decoded : NULL;
}

/* Where /api/v1/<program> begins; *end is behind it. */
static const char *find_program(
    const char *address, size_t length, const char *program, const char **end)
{
	size_t size = strlen(program);
	const char *limit = address + length;
	const char *root = address;

	while ((root = memmem(root, (size_t)(limit - root), API_ROOT, strlen(API_ROOT))) != NULL) {
		const char *name = root + strlen(API_ROOT);

		*end = name + size;
		if (*end <= limit && memcmp(name, program, size) == 0 &&
		    (*end == limit || **end == '/'))
			return root;
		root++;
	}
	return NULL;
}

/* An escaped slash would move the borders of path segments, so it is refused, and a control
 * character has no business in an address. */
static bool path_acceptable(const char *encoded, size_t length, const char *decoded)
{
	for (size_t i = 0; i + 2 < length; i++)
		if (encoded[i] == '%' && unescape(encoded + i, length - i) == '/')
			return false;
	for (; *decoded != '\0'; decoded++)
		if ((unsigned char)*decoded < 0x20 || *decoded == 0x7f)
			return false;
	return true;
}

/* RFC 9112 lets a client send the absolute form, "https://host/path". */
static const char *skip_host(const char *address)
{
	const char *host = *address == '/' ? NULL : strstr(address, "://");

	return host == NULL ? address : host + 3 + strcspn(host + 3, "/?#");
}

/* It goes into cookies, where these would begin something else. */
static bool prefix_acceptable(const char *prefix)
{
	for (const char *byte = prefix; *byte != '\0'; byte++)
		if ((unsigned char)*byte <= 0x20 || *byte == 0x7f ||
		    strchr(";,\"\\", *byte) != NULL)
			return false;
	return true;
}

const struct error *url_split(
    struct arena *arena, const char *address, const char *program, struct url *url)
{
	const char *start = skip_host(address);
	size_t length = strcspn(start, "?#");
	const char *path;
	const char *root = find_program(start, length, program, &path);

	if (root == NULL)
		return FAIL(NOT_FOUND);
	url->prefix = arena_text_n(arena, start, (size_t)(root - start));
	if (!prefix_acceptable(url->prefix))
		return FAIL(NOT_FOUND);
	url->query = start[length] == '?' ? start + length + 1 : "";
	length -= (size_t)(path - start);
	url->path = length == 0 ? "/" : url_decode(arena, path, length, false);
	if (url->path == NULL || !path_acceptable(path, length, url->path))
		return FAIL(BAD_REQUEST);
	return NULL;
}
