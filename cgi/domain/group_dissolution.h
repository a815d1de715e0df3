/* The end of a group. */
#ifndef HICHAT_GROUP_DISSOLUTION_H
#define HICHAT_GROUP_DISSOLUTION_H

#include "request.h"

/* Inside a transaction that holds group_lock(): nobody can join or write any more; what was asked
 * and offered is over. */
const struct error *group_set_dissolved(struct db *db, int64_t group_id);

#endif
