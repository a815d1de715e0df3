/* How much one user does with moments: posts in an hour, everything else in a minute. */
#include "moment_limit.h"
#include "limit.h"
#include <inttypes.h>

#define MINUTE 60
#define HOUR 3600

static const char *caller(struct request *req)
{
	return arena_printf(req->arena, "%" PRId64, req->user_id);
}

const struct error *moment_limit_post(struct request *req)
{
	return limit_count(req, "posts", caller(req), req->config->limits.posts, HOUR);
}

const struct error *moment_limit_interaction(struct request *req)
{
	return limit_count(
	    req, "interactions", caller(req), req->config->limits.interactions, MINUTE);
}
