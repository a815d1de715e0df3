/* GET /search: the messages that the caller may see and that contain what is asked for. */
#ifndef HICHAT_SEARCH_H
#define HICHAT_SEARCH_H

#include "request.h"

struct search_query {
	const char *query;
	int64_t conversation; /* ABSENT: all of the caller's */
	const char *before;
	int64_t limit;
};
extern const struct record search_query_record;

const struct error *search_show(struct request *req);

#endif
