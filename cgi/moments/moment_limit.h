/* How much one user does with moments. */
#ifndef HICHAT_MOMENT_LIMIT_H
#define HICHAT_MOMENT_LIMIT_H

#include "request.h"

/* 429 rate_limited. */
const struct error *moment_limit_post(struct request *req);
const struct error *moment_limit_interaction(struct request *req);

#endif
