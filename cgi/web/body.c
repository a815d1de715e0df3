/* Reading, bounding and checking the body. */
#include "body.h"

#include "gateway.h"
#include <string.h>

#define PIECE ((size_t)64 * 1024) /* libfcgi copies; larger reads gain nothing */
#define LENGTH_DIGITS 15

/* The value of a parameter, which ends at `end`, is UTF-8 or a part of it. */
static bool is_utf8(const char *value, const char *end)
{
	static const char *const names[] = {"utf-8", "utf8", "us-ascii"};
	size_t length;

	while (end > value && strchr(" \t", end[-1]) != NULL)
		end--;
	if (end - value >= 2 && *value == '"' && end[-1] == '"') {
		value++;
		end--;
	}
	length = (size_t)(end - value);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (length == strlen(names[i]) && strncasecmp(value, names[i], length) == 0)
			return true;
	return false;
}

/* JSON is always UTF-8 (RFC 8259); whoever says that theirs is not means another text than we
 * would read.  Other parameters say nothing to us. */
static bool names_other_charset(const char *parameters)
{
	static const char charset[] = "charset=";

	while (*parameters != '\0') {
		size_t length;

		parameters += strspn(parameters, "; \t");
		length = strcspn(parameters, ";");
		if (strncasecmp(parameters, charset, strlen(charset)) == 0 &&
		    !is_utf8(parameters + strlen(charset), parameters + length))
			return true;
		parameters += length;
	}
	return false;
}

/* application/json, with parameters or without. */
static bool is_json(const char *type)
{
	static const char json[] = "application/json";
	size_t length = strlen(json);

	if (type == NULL || strncasecmp(type, json, length) != 0)
		return false;
	type += length;
	type += strspn(type, " \t");
	return *type == '\0' || (*type == ';' && !names_other_charset(type));
}

/* The announced length, or -1. */
static int64_t announced_length(const struct gateway *gateway)
{
	const char *text = gateway_variable(gateway, "CONTENT_LENGTH");
	int64_t length = 0;

	if (text == NULL || *text == '\0' || strlen(text) > LENGTH_DIGITS)
		return -1;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		length = length * 10 + (*text - '0');
	}
	return length;
}

const struct error *body_length(const struct request *req, int64_t most, int64_t *length)
{
	*length = announced_length(req->gateway);
	if (*length < 0)
		return FAIL(BAD_REQUEST);
	return *length > most ? FAIL(TOO_LARGE) : NULL;
}

const struct error *body_read(const struct request *req, char *bytes, size_t length)
{
	const struct gateway *gateway = req->gateway;

	for (size_t done = 0; done < length;) {
		size_t piece = length - done < PIECE ? length - done : PIECE;
		long count = gateway->read(gateway->stream, bytes + done, piece);

		if (count <= 0)
			return gateway->late ? FAIL(REQUEST_TIMEOUT) : FAIL(BAD_REQUEST);
		done += (size_t)count;
	}
	return NULL;
}

/* As a client does that has nothing to say: for routes where everything is optional. */
static bool nothing_sent(const struct gateway *gateway)
{
	const char *type = gateway_variable(gateway, "CONTENT_TYPE");
	const char *length = gateway_variable(gateway, "CONTENT_LENGTH");

	return (type == NULL || *type == '\0') &&
	       (length == NULL || *length == '\0' || strcmp(length, "0") == 0);
}

static const struct error *read_root(struct request *req, struct json_object **root)
{
	int64_t length;
	char *body;

	if (!is_json(gateway_variable(req->gateway, "CONTENT_TYPE")))
		return FAIL(UNSUPPORTED_TYPE);
	TRY(body_length(req, req->config->serve.max_body, &length));
	body = arena_alloc(req->arena, (size_t)length + 1);
	TRY(body_read(req, body, (size_t)length));
	return json_read(req->arena, body, (size_t)length, root);
}

const struct error *body_fill(struct request *req, const struct record *record, void **object)
{
	struct json_object *root = NULL;

	if (nothing_sent(req->gateway))
		root = json_new(req->arena);
	else
		TRY(read_root(req, &root));
	*object = arena_alloc(req->arena, record->size);
	return json_fill(req->arena, record, root, *object);
}
