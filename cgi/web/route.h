/* A program's REST API is one table of these. */
#ifndef HICHAT_ROUTE_H
#define HICHAT_ROUTE_H

#include "request.h"

enum access {
	PUBLIC, /* anybody */
	USER	/* a valid access token of a session that was not ended */
};

struct route {
	enum method method;
	const char
	    *pattern; /* below /api/v1/<program>: "/things/:thing"; `:x` an id, `*x` a text */
	enum access access;
	const struct record *input; /* the JSON body, or NULL: no body is read */
	const struct error *(*handler)(struct request *req);
	const struct record *query; /* the query string (trailing, so it may be left out) */
};

struct path_value {
	const char *name; /* not NUL-terminated: a piece of the pattern */
	size_t name_length;
	int64_t id; /* ABSENT for `*x` */
	const char *text;
};

/* The route for method and path, its variables in *values (arena); NULL with 404 not_found or
 * 405 method_not_allowed in *why, and then the methods that exist in *allowed (bits). */
const struct route *route_match(struct arena *arena, const struct route *routes, size_t count,
    enum method method, const char *path, const struct path_value **values, size_t *value_count,
    const struct error **why, unsigned *allowed);

#endif
