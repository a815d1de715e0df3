/* New groups. */
#ifndef HICHAT_GROUP_FOUNDING_H
#define HICHAT_GROUP_FOUNDING_H

#include "request.h"

struct group_draft {
	const char *name;
	const char *avatar;
	const char *description;
	const char *join_policy;
	struct id_list member_ids; /* friends who are in it from the start */
	const char *client_key;	   /* NULL: asking once more makes one more */
};
extern const struct record group_draft_record;

const struct error *group_create(struct request *req);

#endif
