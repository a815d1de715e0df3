/* Invitation links: whoever has one joins at once, whatever the join policy, until it ends. */
#ifndef HICHAT_GROUP_LINK_H
#define HICHAT_GROUP_LINK_H

#include "request.h"

struct group_link {
	int64_t id;
	int64_t group_id;
	const char *token;
	int64_t creator_id;
	int64_t created_at;
	int64_t expires_at; /* ABSENT: never */
	int64_t max_uses;   /* ABSENT: any number */
	int64_t uses;
	int64_t revoked_at; /* ABSENT: it was not */
};
extern const struct record group_link_record;

struct group_link_draft {
	int64_t expires_in; /* seconds; 0 or null: never; ABSENT: a week */
	int64_t max_uses;
};
extern const struct record group_link_draft_record;

const struct error *group_link_create(struct request *req);
const struct error *group_link_list(struct request *req);
const struct error *group_link_revoke(struct request *req);
/* For everybody, logged in or not. */
const struct error *group_link_preview(struct request *req);
const struct error *group_link_join(struct request *req);

#endif
