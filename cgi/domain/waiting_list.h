/* Lists of what waits for somebody's answer.  Whoever shows one that has changed without a
 * notification saying so gets {"event":"notification","changed":"friend_requests" |
 * "group_invitations" | "join_requests", group_id?} on all devices, and asks for it again. */
#ifndef HICHAT_WAITING_LIST_H
#define HICHAT_WAITING_LIST_H

#include "request.h"

/* After the commit. */
void waiting_list_tell_friends(struct request *req, struct id_list users);
void waiting_list_tell_invited(struct request *req, struct id_list users);
void waiting_list_tell_judges(struct request *req, int64_t group_id, struct id_list judges);

#endif
