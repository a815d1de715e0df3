/* Requests to join groups, as the API shows them. */
#ifndef HICHAT_GROUP_REQUEST_LIST_H
#define HICHAT_GROUP_REQUEST_LIST_H

#include "request.h"

struct group_request_query {
	int64_t before;
	int64_t limit;
	const char *status; /* NULL: pending */
};
extern const struct record group_request_query_record;

/* Answers {"request":…}. */
const struct error *group_request_respond(
    struct request *req, int status, int64_t group_id, int64_t id);

const struct error *group_request_list(struct request *req);

#endif
