/* Parts between boundaries, each with headers of its own. */
#include "multipart.h"
#include "arena.h"

#include <string.h>

#define BOUNDARY_MAX 70 /* RFC 2046 */

const char *multipart_boundary(struct arena *arena, const char *content_type)
{
	static const char wanted[] = "multipart/form-data";
	static const char parameter[] = "boundary=";
	const char *at;
	size_t length;

	if (content_type == NULL || strncasecmp(content_type, wanted, strlen(wanted)) != 0)
		return NULL;
	at = strcasestr(content_type + strlen(wanted), parameter);
	if (at == NULL)
		return NULL;
	at += strlen(parameter);
	if (*at == '"')
		length = strcspn(++at, "\"");
	else
		length = strcspn(at, "; \t");
	if (length == 0 || length > BOUNDARY_MAX)
		return NULL;
	return arena_text_n(arena, at, length);
}

/* The value of a parameter of a header line, unquoted; NULL when it has none. */
static const char *parameter_of(struct arena *arena, const char *line, const char *name)
{
	const char *at = line;
	char *value, *end;

	while ((at = strcasestr(at, name)) != NULL) {
		bool begins = at > line && strchr("; \t", at[-1]) != NULL;

		at += strlen(name);
		if (begins && *at == '=')
			break;
	}
	if (at == NULL || *++at != '"')
		return NULL;
	value = end = arena_text(arena, at + 1);
	for (at++; *at != '\0' && *at != '"'; at++) {
		if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
			at++;
		*end++ = *at;
	}
	*end = '\0';
	return value;
}

static void read_header(struct arena *arena, const char *line, struct multipart_file *file)
{
	static const char disposition[] = "Content-Disposition:";
	static const char type[] = "Content-Type:";

	if (strncasecmp(line, disposition, strlen(disposition)) == 0)
		file->name = parameter_of(arena, line + strlen(disposition), "filename");
	else if (strncasecmp(line, type, strlen(type)) == 0)
		file->type =
		    arena_text(arena, line + strlen(type) + strspn(line + strlen(type), " \t"));
}

/* From the headers of a part to its first byte; NULL when they do not end. */
static const char *read_headers(
    struct arena *arena, const char *at, const char *end, struct multipart_file *file)
{
	for (;;) {
		const char *line_end = memmem(at, (size_t)(end - at), "\r\n", 2);

		if (line_end == NULL)
			return NULL;
		if (line_end == at)
			return at + 2;
		read_header(arena, arena_text_n(arena, at, (size_t)(line_end - at)), file);
		at = line_end + 2;
	}
}

bool multipart_find(struct arena *arena, const char *body, size_t length, const char *boundary,
    struct multipart_file *file)
{
	const char *end = body + length;
	const char *separator = arena_printf(arena, "\r\n--%s", boundary);
	size_t size = strlen(separator);
	const char *at = body;

	/* The first one stands at the very beginning. */
	if (length < size - 2 || memcmp(body, separator + 2, size - 2) != 0)
		return false;
	at += size - 2;
	while (end - at >= 2 && memcmp(at, "\r\n", 2) == 0) {
		const char *bytes, *next;

		*file = (struct multipart_file){NULL, NULL, NULL, 0};
		bytes = read_headers(arena, at + 2, end, file);
		if (bytes == NULL)
			return false;
		/* An empty part ends where its headers do. */
		next = memmem(bytes - 2, (size_t)(end - bytes) + 2, separator, size);
		if (next == NULL)
			return false;
		if (file->name != NULL) {
			file->bytes = bytes;
			file->length = next > bytes ? (size_t)(next - bytes) : 0;
			return true;
		}
		at = next + size;
	}
	return false;
}
