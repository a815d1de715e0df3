/* The limit on guessing passwords: 429 too_many_attempts with Retry-After. */
#ifndef HICHAT_ATTEMPTS_H
#define HICHAT_ATTEMPTS_H

#include "request.h"

/* Counts one more attempt of `subject` before it is known how it ends, see limit_count(). */
const struct error *attempts_count(
    struct request *req, const char *what, const char *subject, int64_t most);

#endif
