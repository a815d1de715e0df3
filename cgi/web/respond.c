/* Answers: made by handlers, written by serve. */
#include "respond.h"

#include "byte_source.h"
#include "gateway.h"
#include "response.h"
#include <assert.h>
#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ETAG_BYTES 12
#define PIECE ((size_t)64 * 1024)
#define COMMON_HEADERS_SIZE 512 /* status, type, length, caching, request id */

static const char NO_STORE[] = "no-store";
static const char REVALIDATE[] = "private, no-cache";

void response_clear(struct response *response)
{
	*response = (struct response){.caching = NO_STORE};
	response->last_header = &response->headers;
}

void respond_header(struct request *req, const char *name, const char *value)
{
	struct response *response = req->response;
	struct response_header *header;

	/* A line break would let a value write headers of its own. */
	if (strpbrk(name, "\r\n:") != NULL || strpbrk(value, "\r\n") != NULL) {
		LOG(ERROR, "a header with a line break was not sent", LOG_FIELD("header", name));
		assert(!"header with a line break");
		return;
	}
	header = arena_alloc(req->arena, sizeof(*header));
	header->name = arena_text(req->arena, name);
	header->value = arena_text(req->arena, value);
	*response->last_header = header;
	response->last_header = &header->next;
}

void respond_cookie(
    struct request *req, const char *name, const char *value, const char *path, int64_t max_age)
{
	respond_header(req, "Set-Cookie",
	    arena_printf(req->arena, "%s=%s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
		name, max_age == 0 ? "" : value, path, (long long)max_age,
		req->config->auth.secure_cookies ? "; Secure" : ""));
}

const struct error *respond(struct request *req, int status, struct json_object *body)
{
	struct response *response = req->response;

	assert(response->status == 0);
	response->status = status;
	response->content_type = "application/json";
	response->body = json_write(body);
	response->length = strlen(response->body);
	return NULL;
}

const struct error *respond_empty(struct request *req)
{
	assert(req->response->status == 0);
	req->response->status = 204;
	return NULL;
}

/* Quoted, as it stands in the header. */
static const char *entity_tag(struct arena *arena, const char *body, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[EVP_MAX_MD_SIZE];
	char tag[2 * ETAG_BYTES + 3] = "\"";
	char *end = tag + 1;

	if (EVP_Digest(body, length, digest, NULL, EVP_sha256(), NULL) != 1)
		return NULL;
	for (size_t i = 0; i < ETAG_BYTES; i++) {
		*end++ = digits[digest[i] >> 4];
		*end++ = digits[digest[i] & 15];
	}
	*end = '"';
	return arena_text(arena, tag);
}

bool response_names_tag(const char *list, const char *tag)
{
	size_t length = strlen(tag);

	while (list != NULL && *list != '\0') {
		list += strspn(list, " \t,");
		if (*list == '*')
			return true;
		if (strncmp(list, "W/", 2) == 0)
			list += 2;
		if (strncmp(list, tag, length) == 0)
			return true;
		list += strcspn(list, ",");
	}
	return false;
}

/* An answer of 200 becomes 304 when the client names the tag. */
static void tag_answer(struct request *req, const char *strength, const char *tag)
{
	struct response *response = req->response;

	response->caching = REVALIDATE;
	if (tag == NULL)
		return;
	respond_header(req, "ETag", arena_printf(req->arena, "%s%s", strength, tag));
	if (response_names_tag(request_header(req, "If-None-Match"), tag)) {
		response->status = 304;
		response->body = NULL;
		response->length = 0;
		response->content_type = NULL;
	}
}

const struct error *respond_cacheable(struct request *req, struct json_object *body)
{
	const struct response *response = req->response;

	respond(req, 200, body);
	tag_answer(req, "", entity_tag(req->arena, response->body, response->length));
	return NULL;
}

const struct error *respond_versioned(
    struct request *req, struct json_object *body, const char *version)
{
	respond(req, 200, body);
	tag_answer(req, "W/", entity_tag(req->arena, version, strlen(version)));
	return NULL;
}

static const char *reason(int status)
{
	static const struct {
		int status;
		const char *phrase;
	} phrases[] = {
	    {200, "OK"},
	    {201, "Created"},
	    {204, "No Content"},
	    {206, "Partial Content"},
	    {304, "Not Modified"},
	    {400, "Bad Request"},
	    {401, "Unauthorized"},
	    {403, "Forbidden"},
	    {404, "Not Found"},
	    {405, "Method Not Allowed"},
	    {408, "Request Timeout"},
	    {409, "Conflict"},
	    {413, "Content Too Large"},
	    {415, "Unsupported Media Type"},
	    {416, "Range Not Satisfiable"},
	    {422, "Unprocessable Content"},
	    {429, "Too Many Requests"},
	    {500, "Internal Server Error"},
	    {503, "Service Unavailable"},
	    {507, "Insufficient Storage"},
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "Other";
}

/* Headers gathered in one text, so that they leave in one write. */
struct lines {
	char *text;
	size_t length;
	size_t size;
};

static void lines_put(struct lines *lines, const char *text)
{
	size_t length = strlen(text);

	if (length > lines->size - lines->length)
		abort(); /* lines_size() is wrong */
	memcpy(lines->text + lines->length, text, length);
	lines->length += length;
}

static void lines_add(struct lines *lines, const char *name, const char *value)
{
	lines_put(lines, name);
	lines_put(lines, ": ");
	lines_put(lines, value);
	lines_put(lines, "\r\n");
}

static size_t lines_size(const struct response *response)
{
	size_t size = COMMON_HEADERS_SIZE;

	for (const struct response_header *header = response->headers; header != NULL;
	     header = header->next)
		size += strlen(header->name) + strlen(header->value) + strlen(": \r\n");
	return size;
}

static struct lines write_headers(const struct request *req)
{
	const struct response *response = req->response;
	size_t size = lines_size(response);
	struct lines lines = {arena_alloc(req->arena, size), 0, size};

	lines_add(&lines, "Status",
	    arena_printf(req->arena, "%d %s", response->status, reason(response->status)));
	if (response->content_type != NULL) {
		lines_add(&lines, "Content-Type", response->content_type);
		if (!response->elsewhere)
			lines_add(&lines, "Content-Length",
			    arena_printf(req->arena, "%zu", response->length));
	}
	lines_add(&lines, "Cache-Control", response->caching);
	lines_add(&lines, "X-Content-Type-Options", "nosniff");
	lines_add(&lines, "X-Request-Id", req->id);
	for (const struct response_header *header = response->headers; header != NULL;
	     header = header->next)
		lines_add(&lines, header->name, header->value);
	lines_put(&lines, "\r\n");
	return lines;
}

/* What breaks off leaves the answer short: the web server tells the client by cutting the
 * connection. */
static bool send_bytes(const struct response *response, const struct gateway *gateway)
{
	char piece[PIECE];
	size_t left = response->length;

	while (left > 0) {
		ssize_t count = response->bytes->read(
		    response->bytes, piece, left < sizeof(piece) ? left : sizeof(piece));

		if (count == 0)
			LOG(ERROR, "what is sent is shorter than it was said to be");
		if (count <= 0 || !gateway->write(gateway->stream, piece, (size_t)count))
			return false;
		left -= (size_t)count;
	}
	return true;
}

bool response_send(const struct request *req, const struct gateway *gateway, bool with_body)
{
	const struct response *response = req->response;
	struct lines lines = write_headers(req);

	if (!gateway->write(gateway->stream, lines.text, lines.length))
		return false;
	if (!with_body || response->length == 0 || response->elsewhere)
		return true;
	if (response->bytes != NULL)
		return send_bytes(response, gateway);
	return gateway->write(gateway->stream, response->body, response->length);
}
