/* People who are members of a group no longer: they left, or were sent away. */
#ifndef HICHAT_GROUP_PARTING_H
#define HICHAT_GROUP_PARTING_H

#include "group_change.h"
#include "group_waiting.h"

struct group_parting {
	struct id_list gone; /* those who were members; without any the rest says nothing */
	struct group_change change;
	struct group_waiting ended; /* invitations by those who have gone */
};

/* Inside a transaction that holds group_lock(): `event` ("left", "removed") is what the stream says
 * that `actor_id` did.  The rights and the owner are the caller's business. */
const struct error *group_part(struct db *db, struct arena *arena, struct group *group,
    int64_t actor_id, struct id_list users, const char *event, struct group_parting *parting);
/* After the commit, if anybody has gone. */
void group_parting_tell(struct request *req, const struct group_parting *parting);

#endif
