/* Members who go, and members who are sent away: at once, whatever is just being sent. */
#ifndef HICHAT_GROUP_DEPARTURE_H
#define HICHAT_GROUP_DEPARTURE_H

#include "request.h"

struct group_removal {
	struct id_list user_ids;
};
extern const struct record group_removal_record;

/* Leaves, when it is oneself. */
const struct error *group_member_delete(struct request *req);
/* Many in one transaction, told by one row. */
const struct error *group_removals_create(struct request *req);

#endif
