/* Handing a group over. */
#ifndef HICHAT_GROUP_OWNER_H
#define HICHAT_GROUP_OWNER_H

#include "request.h"

struct group_heir {
	int64_t user_id;
};
extern const struct record group_heir_record;

/* The old owner stays as an administrator. */
const struct error *group_owner_put(struct request *req);

#endif
