/* What one member is, may and is called in a group. */
#ifndef HICHAT_GROUP_MEMBER_H
#define HICHAT_GROUP_MEMBER_H

#include "request.h"

struct group_member_change {
	const char *role; /* admin | member */
	int64_t muted_until;
	const char *nickname; /* one's own only; "" takes it away */
};
extern const struct record group_member_change_record;

const struct error *group_member_patch(struct request *req);

#endif
