/* Files as answers: ranges, validators, and who sends the bytes. */
#include "respond_file.h"

#include "respond.h"
#include "response.h"
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define DIGITS_MAX 18

/* Digits at *text, which is moved behind them; ABSENT when there are none, or too many. */
static int64_t read_number(const char **text)
{
	size_t digits = strspn(*text, "0123456789");
	int64_t number = 0;

	if (digits == 0 || digits > DIGITS_MAX)
		return ABSENT;
	for (; digits > 0; digits--)
		number = number * 10 + *(*text)++ - '0';
	return number;
}

enum byte_range byte_range_read(const char *text, int64_t size, int64_t *first, int64_t *last)
{
	static const char unit[] = "bytes=";

	if (text == NULL || strncasecmp(text, unit, strlen(unit)) != 0)
		return RANGE_WHOLE;
	text += strlen(unit);
	*first = read_number(&text);
	if (*text++ != '-')
		return RANGE_WHOLE;
	*last = read_number(&text);
	if (*text != '\0' || (*first == ABSENT && *last == ABSENT) ||
	    (*first != ABSENT && *last != ABSENT && *last < *first))
		return RANGE_WHOLE;
	if (*first == ABSENT) {
		if (*last == 0)
			return RANGE_OUTSIDE;
		*first = *last < size ? size - *last : 0;
		*last = size - 1;
	} else if (*last == ABSENT || *last >= size) {
		*last = size - 1;
	}
	return *first < size ? RANGE_PART : RANGE_OUTSIDE;
}

static void close_file(void *object)
{
	close(*(int *)object);
}

/* Whoever holds another version of it wants all of this one. */
static bool range_holds(const struct request *req, const char *tag)
{
	const char *condition = request_header(req, "If-Range");

	return condition == NULL || strcmp(condition, tag) == 0;
}

const struct error *respond_file(struct request *req, const struct served_file *served)
{
	struct response *response = req->response;
	int64_t first = 0, last = served->size - 1;
	enum byte_range range = RANGE_WHOLE;

	arena_defer(
	    req->arena, close_file, arena_copy(req->arena, &served->file, sizeof(served->file)));
	if (served->path == NULL && range_holds(req, served->tag))
		range = byte_range_read(request_header(req, "Range"), served->size, &first, &last);
	if (range == RANGE_OUTSIDE)
		return error_field(req->arena, FAIL(RANGE), "Range");
	response->caching = served->caching;
	respond_header(req, "ETag", served->tag);
	respond_header(req, "Accept-Ranges", "bytes");
	if (response_names_tag(request_header(req, "If-None-Match"), served->tag)) {
		response->status = 304;
		return NULL;
	}
	response->status = range == RANGE_PART ? 206 : 200;
	response->content_type = served->type;
	response->file = served->file;
	response->elsewhere = served->path != NULL;
	if (response->elsewhere)
		respond_header(req, "X-Sendfile", served->path);
	response->offset = range == RANGE_PART ? first : 0;
	response->length = (size_t)(range == RANGE_PART ? last - first + 1 : served->size);
	if (range == RANGE_PART)
		respond_header(req, "Content-Range",
		    arena_printf(req->arena, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, first, last,
			served->size));
	return NULL;
}
