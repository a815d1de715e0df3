/* Members as a fellow member sees them. */
#ifndef HICHAT_GROUP_MEMBER_JSON_H
#define HICHAT_GROUP_MEMBER_JSON_H

#include "group.h"

/* Appends {user:U, role, nickname, joined_at, muted_until, online} to the list for each of the
 * rows; members whose account is gone are left out.  A group that is over shows nobody online. */
const struct error *group_member_append_json(struct request *req, const struct group *group,
    const struct rows *members, struct json_object *list);

#endif
