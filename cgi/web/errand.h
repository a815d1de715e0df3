/* Work of a program in somebody's name that no request asks for, or that goes on beside one: with
 * memory of its own, and what it tells is published at its end. */
#ifndef HICHAT_ERRAND_H
#define HICHAT_ERRAND_H

#include "request.h"

/* Runs work() with the connections of `of` for `user_id`.  What it returns must not come from its
 * own arena: FAIL() alone.  Rolls back what it left open. */
const struct error *errand_run(const struct request *of, int64_t user_id,
    const struct error *(*work)(struct request *req, void *context), void *context);

#endif
