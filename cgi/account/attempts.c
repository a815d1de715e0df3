/* Counting attempts at passwords. */
#include "attempts.h"
#include "limit.h"

#define WINDOW 900 /* s */

const struct error *attempts_count(
    struct request *req, const char *what, const char *subject, int64_t most)
{
	const struct error *error = limit_count(req, what, subject, most, WINDOW);

	if (error_is(error, FAIL(RATE_LIMITED)))
		return error_retry(req->arena, FAIL(TOO_MANY_ATTEMPTS), error->retry_after);
	return error;
}
