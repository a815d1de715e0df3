/* A group that gets another owner. */
#ifndef HICHAT_GROUP_HANDOVER_H
#define HICHAT_GROUP_HANDOVER_H

#include "group_change.h"

struct group_handover {
	struct group_change change;
	int64_t from;
	int64_t heir;
	int64_t notification; /* the heir's */
};

/* Inside a transaction that holds group_lock(), as `from`: they become an administrator, and
 * `heir`, another member, owner, whom nothing keeps silent. */
const struct error *group_hand_over(struct db *db, struct arena *arena, const struct group *group,
    int64_t from, int64_t heir, struct group_handover *handover);
/* After the commit. */
void group_handover_tell(struct request *req, const struct group_handover *handover);

#endif
