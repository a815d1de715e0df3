/* Asking to join a group, or being proposed by a member; the answers to both. */
#ifndef HICHAT_GROUP_REQUEST_H
#define HICHAT_GROUP_REQUEST_H

#include "group.h"

struct group_request {
	int64_t id;
	int64_t group_id;
	int64_t user_id;    /* who would become a member */
	int64_t inviter_id; /* the member who proposed it; ABSENT: nobody but themselves */
	bool own_wish;	    /* who was proposed has asked themselves since */
	const char *awaits; /* whose answer: admins | user */
	const char *message;
	const char *status; /* pending | accepted | declined | withdrawn | expired */
	int64_t created_at;
	int64_t answered_at;
	int64_t answered_by;
};
extern const struct record group_request_record;

struct group_request_draft {
	const char *message;
};
extern const struct record group_request_draft_record;

struct group_request_answer {
	const char *status; /* accepted | declined */
};
extern const struct record group_request_answer_record;

/* {group_id, name, request_id}: what notifications say of it. */
struct json_object *group_request_subject(
    struct arena *arena, const struct group *group, int64_t request_id);

/* Somebody else wants the person in, who has not asked themselves. */
bool group_request_is_proposed(const struct group_request *request);

const struct error *group_request_create(struct request *req);
const struct error *group_request_put(struct request *req);

#endif
