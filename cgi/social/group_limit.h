/* How often one person may change groups: every change is a row for all members, under the lock
 * that sends need. */
#ifndef HICHAT_GROUP_LIMIT_H
#define HICHAT_GROUP_LIMIT_H

#include "request.h"

/* Counts one more change by the caller; 429 rate_limited. */
const struct error *group_limit_changes(struct request *req);

#endif
