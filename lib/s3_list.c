/* Listing a bucket: ListObjectsV2, whose pages are XML. */
#include "arena.h"
#include "config.h"
#include "s3.h"
#include "s3_call.h"
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 1100 /* a key has at most 1024 bytes, a token a few hundred */
#define PAGE "1000"

struct listing {
	const char *prefix; /* with its slash; what is visited begins behind it */
	s3_visit *visit;
	void *context;
	const struct error *error;
	XML_Parser parser;
	bool more;
	char text[TEXT_MAX + 1]; /* of the element at hand */
	size_t length;
	char key[TEXT_MAX + 1];
	int64_t size;
	char token[TEXT_MAX + 1];
};

static void begin_element(void *context, const XML_Char *name, const XML_Char **attributes)
{
	struct listing *listing = context;

	(void)name;
	(void)attributes;
	listing->length = 0;
}

/* What is longer than any key cannot be one of ours. */
static void add_text(void *context, const XML_Char *text, int count)
{
	struct listing *listing = context;
	size_t room = TEXT_MAX - listing->length;
	size_t length = (size_t)count < room ? (size_t)count : room;

	memcpy(listing->text + listing->length, text, length);
	listing->length += length;
}

static void end_object(struct listing *listing)
{
	size_t length = strlen(listing->prefix);

	if (listing->error == NULL && strncmp(listing->key, listing->prefix, length) == 0)
		listing->error =
		    listing->visit(listing->context, listing->key + length, listing->size);
}

static void end_element(void *context, const XML_Char *name)
{
	struct listing *listing = context;

	listing->text[listing->length] = '\0';
	if (strcmp(name, "Key") == 0)
		memcpy(listing->key, listing->text, listing->length + 1);
	else if (strcmp(name, "Size") == 0)
		listing->size = strtoll(listing->text, NULL, 10);
	else if (strcmp(name, "IsTruncated") == 0)
		listing->more = strcmp(listing->text, "true") == 0;
	else if (strcmp(name, "NextContinuationToken") == 0)
		memcpy(listing->token, listing->text, listing->length + 1);
	else if (strcmp(name, "Contents") == 0)
		end_object(listing);
	listing->length = 0;
}

/* A bucket has no business to declare entities. */
static void refuse_doctype(void *context, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	XML_StopParser(((struct listing *)context)->parser, XML_FALSE);
}

static const struct error *parse(struct s3_call *call, XML_Parser parser, struct listing *listing)
{
	char piece[8192];
	ssize_t count;

	do {
		count = s3_call_read(call, piece, sizeof(piece));
		if (count < 0 ||
		    XML_Parse(parser, piece, (int)count, count == 0) != XML_STATUS_OK) {
			*call->object->why =
			    count < 0 ? "the list was cut short" : "the list of objects is not XML";
			return FAIL(STORAGE_UNAVAILABLE);
		}
	} while (count > 0);
	return listing->error;
}

static const struct error *read_page(struct s3_call *call, struct listing *listing)
{
	XML_Parser parser = XML_ParserCreate("UTF-8");
	const struct error *error;

	if (parser == NULL)
		abort();
	listing->parser = parser;
	XML_SetUserData(parser, listing);
	XML_SetElementHandler(parser, begin_element, end_element);
	XML_SetCharacterDataHandler(parser, add_text);
	XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
	error = parse(call, parser, listing);
	XML_ParserFree(parser);
	return error;
}

static const char *write_query(struct arena *arena, const char *token, const char *prefix)
{
	char *from = curl_easy_escape(NULL, token, 0), *below = curl_easy_escape(NULL, prefix, 0);
	const char *query;

	if (from == NULL || below == NULL)
		abort();
	query = arena_printf(arena, "%s%s%slist-type=2&max-keys=" PAGE "%s%s",
	    *token != '\0' ? "continuation-token=" : "", from, *token != '\0' ? "&" : "",
	    *prefix != '\0' ? "&prefix=" : "", below);
	curl_free(from);
	curl_free(below);
	return query;
}

static const struct error *list_page(
    const struct s3_object *object, const char *query, struct listing *listing)
{
	struct s3_call call;
	const struct error *error;

	s3_call_begin(&call, object, query);
	error = s3_call_send(&call);
	if (error == NULL)
		error = read_page(&call, listing);
	s3_call_end(&call);
	return error_is(error, FAIL(NOT_FOUND)) ? FAIL(STORAGE_UNAVAILABLE) : error;
}

const struct error *s3_list(const struct s3_object *object, s3_visit *visit, void *context)
{
	const char *prefix = s3_key(object->s3, object->arena, "");
	struct listing listing = {.prefix = prefix, .visit = visit, .context = context};

	do {
		struct arena *page = arena_new();
		struct s3_object asked = *object;
		const char *why = "";
		const struct error *error;

		asked.key = NULL;
		asked.arena = page;
		asked.why = &why;
		listing.more = false;
		error = list_page(&asked, write_query(page, listing.token, prefix), &listing);
		*object->why = arena_text(object->arena, why);
		arena_free(&page);
		TRY(error);
	} while (listing.more);
	return NULL;
}
