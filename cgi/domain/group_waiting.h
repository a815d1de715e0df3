/* Who sees in a list of theirs what waits for an answer in a group: found out under the group's
 * lock, before it is answered or ends, and told after the commit. */
#ifndef HICHAT_GROUP_WAITING_H
#define HICHAT_GROUP_WAITING_H

#include "request.h"

struct group_waiting {
	struct id_list judges;	/* who judges requests, when some are among it */
	struct id_list invited; /* who was invited, likewise */
};

/* What waits about these people. */
const struct error *group_waiting_about(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list users, struct group_waiting *waiting);
/* The invitations by these people. */
const struct error *group_waiting_by(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list inviters, struct group_waiting *waiting);
/* What these two want of each other in any group, and who sees it in a list: whom they invited, and
 * who judges what they proposed.  `other` is not told as a judge. */
struct group_waiting_between {
	struct id_list invited;
	struct rows judges;
};
const struct error *group_waiting_between(struct db *db, struct arena *arena, int64_t one,
    int64_t other, struct group_waiting_between *waiting);

/* All invitations into the group. */
const struct error *group_waiting_all(
    struct db *db, struct arena *arena, int64_t group_id, struct group_waiting *waiting);

/* After the commit: their lists are other ones now. */
void group_waiting_tell(struct request *req, int64_t group_id, const struct group_waiting *waiting);
void group_waiting_between_tell(struct request *req, const struct group_waiting_between *waiting);

#endif
