/* Groups as lists and alone: mine, those that may be found, one. */
#ifndef HICHAT_GROUP_DIRECTORY_H
#define HICHAT_GROUP_DIRECTORY_H

#include "request.h"

struct group_query {
	int64_t after;
	int64_t limit;
	const char *query; /* NULL: mine */
};
extern const struct record group_query_record;

const struct error *group_list(struct request *req);
const struct error *group_get(struct request *req);

#endif
