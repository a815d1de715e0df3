/* The limit on changes of groups, one for all kinds of them and for all groups together. */
#include "group_limit.h"
#include "limit.h"

#define HOUR 3600

const struct error *group_limit_changes(struct request *req)
{
	return limit_count(req, "group_changes",
	    arena_printf(req->arena, "%lld", (long long)req->user_id),
	    req->config->limits.group_changes, HOUR);
}
