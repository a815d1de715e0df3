/* Asking to become friends, and the answer. */
#ifndef HICHAT_FRIEND_REQUEST_H
#define HICHAT_FRIEND_REQUEST_H

#include "request.h"

struct friend_request {
	int64_t id;
	int64_t from_id;
	int64_t to_id;
	const char *message;
	const char *remark; /* what the asking person will call the other; theirs alone */
	const char *status; /* pending | accepted | declined | withdrawn | expired */
	int64_t created_at;
	int64_t answered_at;
};
extern const struct record friend_request_record;

struct friend_request_draft {
	int64_t user_id;
	const char *message;
	const char *remark;
};
extern const struct record friend_request_draft_record;

struct friend_request_answer {
	const char *status; /* accepted | declined */
	const char *remark;
};
extern const struct record friend_request_answer_record;

struct friend_request_query {
	int64_t before;
	int64_t limit;
	const char *box;    /* in | out; NULL: in */
	const char *status; /* NULL: all */
};
extern const struct record friend_request_query_record;

const struct error *friend_request_create(struct request *req);
const struct error *friend_request_list(struct request *req);
const struct error *friend_request_put(struct request *req);

#endif
