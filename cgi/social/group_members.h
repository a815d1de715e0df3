/* Who is in a group, and who of them is online. */
#ifndef HICHAT_GROUP_MEMBERS_H
#define HICHAT_GROUP_MEMBERS_H

#include "request.h"

struct group_members_query {
	int64_t after;
	int64_t limit;
	const char *role;   /* NULL: all */
	struct id_list ids; /* empty: all; else a list of its own, beside which `role` is ignored */
};
extern const struct record group_members_query_record;

const struct error *group_members_list(struct request *req);
const struct error *group_members_presence(struct request *req);

#endif
