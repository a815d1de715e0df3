/* Files as answers: ranges, validators, and who sends the bytes. */
#include "respond_file.h"

#include "respond.h"
#include "response.h"
#include <inttypes.h>
#include <string.h>

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

/* Whoever holds another version of it wants all of this one. */
static bool range_holds(const struct request *req, const char *tag)
{
	const char *condition = request_header(req, "If-Range");

	return condition == NULL || strcmp(condition, tag) == 0;
}

static void send_elsewhere(struct request *req, const struct served_file *served)
{
	req->response->elsewhere = true;
	req->response->length = (size_t)served->size;
	respond_header(req, "X-Sendfile", served->path);
}

static const struct error *send_here(struct request *req, const struct served_file *served,
    enum byte_range range, int64_t first, int64_t last)
{
	struct response *response = req->response;

	TRY(served->open(req, served->name, first, last - first + 1, &response->bytes));
	response->length = (size_t)(last - first + 1);
	if (range == RANGE_WHOLE)
		return NULL;
	response->status = 206;
	respond_header(req, "Content-Range",
	    arena_printf(
		req->arena, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, first, last, served->size));
	return NULL;
}

const struct error *respond_file(struct request *req, const struct served_file *served)
{
	struct response *response = req->response;
	int64_t first = 0, last = served->size - 1;
	enum byte_range range = RANGE_WHOLE;

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
	response->status = 200;
	response->content_type = served->type;
	if (served->path == NULL)
		return send_here(req, served, range, first, last);
	send_elsewhere(req, served);
	return NULL;
}
