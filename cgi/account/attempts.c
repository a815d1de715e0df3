/* Counting tries, and the password of somebody who is logged in. */
#include "attempts.h"
#include "account.h"
#include "limit.h"
#include "password.h"
#include "password_rules.h"

#define WINDOW 900 /* s */
#define OWN_PASSWORD "own_password"

const struct error *attempts_count(
    struct request *req, const char *what, const char *subject, int64_t most)
{
	const struct error *error = limit_count(req, what, subject, most, WINDOW);

	if (error_is(error, FAIL(RATE_LIMITED)))
		return error_retry(req->arena, FAIL(TOO_MANY_ATTEMPTS), error->retry_after);
	return error;
}

/* Counted of one device, apart from logging in: whoever guesses with somebody's device keeps the
 * owner out of nothing. */
const struct error *attempts_prove(struct request *req, const char *password, const char *field)
{
	const char *subject = arena_printf(req->arena, "%lld", (long long)req->session_id);
	const struct error *error;
	struct account account;
	bool matches, stale;

	TRY(attempts_count(req, OWN_PASSWORD, subject, req->config->limits.login_account));
	error = account_load(req->db, req->arena, req->user_id, &account);
	if (error_is(error, FAIL(NOT_FOUND)))
		return FAIL(SESSION_ENDED);
	TRY(error);
	TRY(password_verify(req->config, req->arena, password_form(req->arena, password),
	    account.password, &matches, &stale));
	if (!matches)
		return error_field(req->arena, FAIL(WRONG_PASSWORD), field);
	limit_take_back(req, OWN_PASSWORD, subject);
	return account.suspended_at != ABSENT ? FAIL(SUSPENDED) : NULL;
}
