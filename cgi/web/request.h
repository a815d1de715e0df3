/* One HTTP request as a handler sees it: matched, authenticated, bounded, parsed
 * and checked.  Everything in it lives until the answer is sent. */
#ifndef HICHAT_REQUEST_H
#define HICHAT_REQUEST_H

#include "arena.h"
#include "config.h"
#include "db.h"
#include "error.h"
#include "json.h"
#include "log.h"
#include "record.h"
#include "redis.h"
#include "token.h"

enum method { GET = 1, POST = 2, PUT = 4, PATCH = 8, DELETE = 16 };

struct request {
	struct arena *arena;
	struct db *db; /* this worker's own connections */
	struct redis *redis;
	const struct config *config;
	const struct token_keys *keys;
	void *state; /* what the program's open hook returned, shared by all workers */

	const struct gateway *gateway; /* for request.c only: ask it instead */
	const char *program;	       /* "chat" */
	enum method method;
	const char *prefix;	/* of the address, before /api/v1: "" or "/hichat" */
	const char *path;	/* below /api/v1/<program>, decoded */
	const char *id;		/* X-Request-Id of this request */
	const char *address;	/* of the client, as the web server tells */
	const char *user_agent; /* "" when not sent */
	bool secure;		/* came over https */

	int64_t user_id; /* 0 on PUBLIC routes without a valid token */
	int64_t session_id;

	void *input; /* the body as the route's record, or NULL */
	void *query; /* the query string as the route's record, or NULL */

	struct response *response;
	struct delivery *delivery;
	const struct path_value *path_values;
	size_t path_count;
};

/* A variable of the route's pattern.  Integers are positive and below 2^53: serve checked it. */
int64_t path_id(const struct request *req, const char *name);
/* `*x` in a pattern: text, decoded, valid UTF-8, never empty. */
const char *path_text(const struct request *req, const char *name);

/* A request header or cookie by name, NULL when not sent. */
const char *request_header(const struct request *req, const char *name);
const char *request_cookie(const struct request *req, const char *name);

/* The keyset-paging query that most lists share: ?before= &after= &limit= (1 to 100, 50). */
struct page_query {
	int64_t before; /* ABSENT when not given */
	int64_t after;
	int64_t limit; /* ABSENT when not given: see page_limit() */
};
#define PAGE_LIMIT_MAX 100
extern const struct record page_query_record;
int64_t page_limit(const struct page_query *query);

#endif
