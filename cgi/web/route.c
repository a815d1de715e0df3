/* Finding the route of a request. */
#include "route.h"

#include <string.h>

#define VARIABLES_MAX 8
#define ID_MAX ((INT64_C(1) << 53) - 1)
#define ID_DIGITS 16

/* The whole piece as an id, or ABSENT: decimal, positive, below 2^53, without leading zeros. */
static int64_t read_id(const char *text, size_t length)
{
	int64_t id = 0;

	if (length == 0 || length > ID_DIGITS || text[0] == '0')
		return ABSENT;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return ABSENT;
		id = id * 10 + (text[i] - '0');
	}
	return id <= ID_MAX ? id : ABSENT;
}

/* A variable as it was found: where it stands in pattern and path. */
struct capture {
	const char *name;
	const char *text;
	size_t name_length;
	size_t length;
	int64_t id;
};

/* Takes one path segment for the variable at `name`; false when it does not fit. */
static bool capture_segment(
    struct capture *capture, const char *name, size_t name_length, const char *path, size_t length)
{
	bool is_text = name[0] == '*';

	*capture = (struct capture){name + 1, path, name_length - 1, length, ABSENT};
	if (!is_text)
		capture->id = read_id(path, length);
	return length > 0 && (is_text || capture->id != ABSENT);
}

/* How many variables there are, or -1 when the path is not of this pattern. */
static int match_pattern(const char *pattern, const char *path, struct capture *captures)
{
	int count = 0;

	for (;;) {
		size_t name_length, length;

		while (
		    *pattern == *path && *pattern != ':' && *pattern != '*' && *pattern != '\0') {
			pattern++;
			path++;
		}
		if (*pattern == '\0' && *path == '\0')
			return count;
		if ((*pattern != ':' && *pattern != '*') || count == VARIABLES_MAX)
			return -1;
		name_length = strcspn(pattern, "/");
		length = strcspn(path, "/");
		if (!capture_segment(&captures[count++], pattern, name_length, path, length))
			return -1;
		pattern += name_length;
		path += length;
	}
}

static const struct path_value *keep_values(
    struct arena *arena, const struct capture *captures, size_t count)
{
	struct path_value *values = arena_array(arena, count + 1, sizeof(*values));

	for (size_t i = 0; i < count; i++)
		values[i] = (struct path_value){captures[i].name, captures[i].name_length,
		    captures[i].id, arena_text_n(arena, captures[i].text, captures[i].length)};
	return values;
}

const struct route *route_match(struct arena *arena, const struct route *routes, size_t count,
    enum method method, const char *path, const struct path_value **values, size_t *value_count,
    const struct error **why, unsigned *allowed)
{
	struct capture captures[VARIABLES_MAX];

	*allowed = 0;
	for (const struct route *route = routes; route < routes + count; route++) {
		int variables;

		if ((*allowed & route->method) != 0)
			continue;
		variables = match_pattern(route->pattern, path, captures);
		if (variables < 0)
			continue;
		if (route->method == method) {
			*values = keep_values(arena, captures, (size_t)variables);
			*value_count = (size_t)variables;
			return route;
		}
		*allowed |= route->method;
	}
	*why = *allowed != 0 ? FAIL(METHOD_NOT_ALLOWED) : FAIL(NOT_FOUND);
	return NULL;
}
