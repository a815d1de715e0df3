/* Rate limits: counted in Redis, in this process when Redis is away. */
#ifndef HICHAT_LIMIT_H
#define HICHAT_LIMIT_H

#include "request.h"

/* Counts one more `what` of `subject` (an address, a user id as text): NULL, or
 * 429 rate_limited with Retry-After when there are more than `most` in `window` seconds.
 * most 0: no limit. */
const struct error *limit_count(
    struct request *req, const char *what, const char *subject, int64_t most, int window_seconds);

/* The caller's address as a subject.  Of IPv6 only the network: whoever has one address
 * has 2^64 of them. */
const char *limit_address(struct request *req);

/* What was counted turned out not to count: for limits on failures, which have to be counted
 * before the outcome is known, or attempts at the same time would slip through. */
void limit_take_back(struct request *req, const char *what, const char *subject);

#endif
