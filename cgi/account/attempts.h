/* Tries at passwords: counted before any hashing is done. */
#ifndef HICHAT_ATTEMPTS_H
#define HICHAT_ATTEMPTS_H

#include "request.h"

/* limit_count() of a quarter of an hour; 429 too_many_attempts. */
const struct error *attempts_count(
    struct request *req, const char *what, const char *subject, int64_t most);

/* Whether the password, which `field` is to be blamed for, is that of the caller: 403
 * wrong_password, account_suspended. */
const struct error *attempts_prove(struct request *req, const char *password, const char *field);

#endif
