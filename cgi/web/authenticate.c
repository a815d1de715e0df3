/* Bearer tokens and ended sessions. */
#include "authenticate.h"

#include "event.h"
#include "gateway.h"
#include "verified.h"
#include <string.h>

/* Apache hands Authorization to a CGI program that a rewrite rule started as REDIRECT_…. */
static const char *offered_token(const struct request *req)
{
	static const char scheme[] = "Bearer ";
	const char *value = gateway_variable(req->gateway, "HTTP_AUTHORIZATION");

	if (value == NULL || *value == '\0')
		value = gateway_variable(req->gateway, "REDIRECT_HTTP_AUTHORIZATION");
	if (value == NULL || strncasecmp(value, scheme, strlen(scheme)) != 0)
		return NULL;
	value += strlen(scheme);
	return value + strspn(value, " ");
}

bool authenticate_offered(const struct request *req)
{
	return offered_token(req) != NULL;
}

/* Redis names the sessions that ended while their access tokens could still live.  Without Redis
 * a token is good until it expires. */
bool authenticate_ended(struct request *req, int64_t session_id)
{
	const char *value = NULL;
	const char *key = arena_printf(req->arena, EVENT_REVOKED_KEY "%lld", (long long)session_id);

	return redis_get(req->redis, req->arena, key, &value) && value != NULL;
}

static const struct error *check_token(struct request *req, struct verified *verified)
{
	const char *token = offered_token(req);
	struct token_claims claims;

	if (token == NULL)
		return FAIL(UNAUTHENTICATED);
	TRY(verified_check(verified, req->keys, req->arena, token, &claims));
	if (authenticate_ended(req, claims.session_id))
		return FAIL(SESSION_ENDED);
	req->user_id = claims.user_id;
	req->session_id = claims.session_id;
	return NULL;
}

const struct error *authenticate(struct request *req, struct verified *verified, enum access access)
{
	const struct error *error = check_token(req, verified);

	return access == PUBLIC ? NULL : error;
}
