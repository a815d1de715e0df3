/* Becoming a member of a group, by whichever way: the last steps of the transaction, and what is
 * told after it. */
#ifndef HICHAT_GROUP_JOIN_H
#define HICHAT_GROUP_JOIN_H

#include "group_change.h"
#include "group_waiting.h"

struct group_join {
	struct id_list joined; /* none: nobody did, and nothing is to be told */
	struct group_change change;
	struct group_waiting answered; /* by their joining */
};

/* Inside a transaction that holds group_lock(): those of `users` who are no members yet become
 * some, and one row of the stream says so.  `via`: open | request | invitation | added | link.
 * 409 group_full: then nobody does. */
const struct error *group_join_record(struct db *db, struct arena *arena, struct group *group,
    int64_t actor_id, struct id_list users, const char *via, struct group_join *join);

/* After the commit: to those who joined their conversation, to all members the change. */
void group_join_announce(struct request *req, const struct group_join *join);

#endif
