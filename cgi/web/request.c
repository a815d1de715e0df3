/* What a handler may ask its request. */
#include "request.h"

#include "gateway.h"
#include "route.h"
#include <assert.h>
#include <string.h>

#define PAGE_LIMIT_DEFAULT 50
#define HEADER_NAME_MAX 64

static const struct path_value *path_find(const struct request *req, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < req->path_count; i++)
		if (req->path_values[i].name_length == length &&
		    memcmp(req->path_values[i].name, name, length) == 0)
			return &req->path_values[i];
	return NULL;
}

int64_t path_id(const struct request *req, const char *name)
{
	const struct path_value *value = path_find(req, name);

	assert(value != NULL && value->id != ABSENT);
	return value->id;
}

const char *path_text(const struct request *req, const char *name)
{
	const struct path_value *value = path_find(req, name);

	assert(value != NULL);
	return value->text;
}

/* RFC 3875: HTTP_ and the name in capitals, dashes as underscores. */
const char *request_header(const struct request *req, const char *name)
{
	char variable[HEADER_NAME_MAX] = "HTTP_";
	size_t length = strlen(variable);

	if (strcasecmp(name, "Content-Type") == 0)
		return gateway_variable(req->gateway, "CONTENT_TYPE");
	for (; *name != '\0' && length < sizeof(variable) - 1; name++) {
		char letter = *name;

		if (letter >= 'a' && letter <= 'z')
			letter = (char)(letter - 'a' + 'A');
		else if (letter == '-')
			letter = '_';
		variable[length++] = letter;
	}
	variable[length] = '\0';
	return *name == '\0' ? gateway_variable(req->gateway, variable) : NULL;
}

const char *request_cookie(const struct request *req, const char *name)
{
	const char *cookies = gateway_variable(req->gateway, "HTTP_COOKIE");
	size_t length = strlen(name);

	while (cookies != NULL && *cookies != '\0') {
		size_t size = strcspn(cookies, ";");

		if (size > length && memcmp(cookies, name, length) == 0 && cookies[length] == '=')
			return arena_text_n(req->arena, cookies + length + 1, size - length - 1);
		cookies += size;
		cookies += strspn(cookies, "; ");
	}
	return NULL;
}

static const struct field page_query_fields[] = {
    OPTIONAL(struct page_query, before, 0, INT64_MAX),
    OPTIONAL(struct page_query, after, 0, INT64_MAX),
    OPTIONAL(struct page_query, limit, 1, PAGE_LIMIT_MAX),
};
const struct record page_query_record = RECORD(struct page_query, page_query_fields);

int64_t page_limit(const struct page_query *query)
{
	return query->limit == ABSENT ? PAGE_LIMIT_DEFAULT : query->limit;
}
