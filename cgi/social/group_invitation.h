/* Bringing others into a group, and what one was invited to. */
#ifndef HICHAT_GROUP_INVITATION_H
#define HICHAT_GROUP_INVITATION_H

#include "request.h"

struct group_invitation_draft {
	struct id_list user_ids;
};
extern const struct record group_invitation_draft_record;

/* Friends of the caller: members at once where that is allowed, else as the join policy says. */
const struct error *group_invitation_create(struct request *req);
/* Those that await the caller's answer. */
const struct error *group_invitation_list(struct request *req);

#endif
