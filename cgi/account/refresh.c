/* Rotation of refresh tokens.  Each is good once, and for 30 s more gives the very same successor:
 * two tabs may refresh at a time, and an answer may get lost.  One that comes back later
 * was copied: whoever holds it, and whoever holds its successors, has to log in again. */
#include "refresh.h"
#include "account.h"
#include "clock.h"
#include "refresh_token.h"
#include "respond.h"
#include "session.h"
#include "session_store.h"
#include <string.h>

#define GRACE_MS 30000

static const struct field refresh_input_fields[] = {
    OPTIONAL(struct refresh_input, refresh_token, 0, REFRESH_TOKEN_MAX),
};
const struct record refresh_input_record = RECORD(struct refresh_input, refresh_input_fields);

struct refresh {
	const char *token; /* as presented */
	const char *hash;
	int64_t session_id;
	int64_t now;
	struct session_state state;
};

static const struct error *revoke(struct request *req, const struct refresh *refresh)
{
	struct account_ending ending = {refresh->state.user_id, refresh->session_id, ABSENT};
	struct id_list ended;

	TRY(account_end_sessions(req->db, req->arena, &ending, &ended));
	account_announce_ended(req->redis, req->config, req->arena, ended);
	if (ended.count > 0)
		LOG(WARNING, "a used refresh token came back, its session was ended",
		    LOG_FIELD("session", refresh->session_id), LOG_FIELD("address", req->address));
	return FAIL(INVALID_REFRESH);
}

/* The successor that was given out before; under an older key if the keys changed since. */
static const char *same_successor(struct request *req, const struct refresh *refresh)
{
	const char *next;

	for (size_t i = 0; (next = refresh_token_next(req->keys, i, req->arena, refresh->session_id,
				refresh->token)) != NULL;
	     i++)
		if (strcmp(token_hash(req->arena, next), refresh->state.token_hash) == 0)
			return next;
	return NULL;
}

static bool in_grace(const struct refresh *refresh)
{
	const struct session_state *state = &refresh->state;

	return state->previous_hash != NULL && strcmp(refresh->hash, state->previous_hash) == 0 &&
	       refresh->now - state->rotated_at <= GRACE_MS;
}

/* *next stays NULL when another request rotated first. */
static const struct error *rotate(
    struct request *req, const struct refresh *refresh, const char **next)
{
	const char *successor =
	    refresh_token_next(req->keys, 0, req->arena, refresh->session_id, refresh->token);
	struct session_rotation rotation = {.session_id = refresh->session_id,
	    .from = refresh->hash,
	    .to = token_hash(req->arena, successor),
	    .now = refresh->now,
	    .expires_at = refresh->now + req->config->auth.refresh_ttl * 1000};
	bool rotated;

	TRY(session_rotate(req, &rotation, &rotated));
	*next = rotated ? successor : NULL;
	return NULL;
}

static const struct error *load(struct request *req, struct refresh *refresh)
{
	const struct error *error;

	refresh->now = clock_wall_ms();
	error = session_load(req, refresh->session_id, refresh->now, &refresh->state);
	if (error_is(error, FAIL(NOT_FOUND)))
		return FAIL(INVALID_REFRESH);
	TRY(error);
	if (refresh->state.ended || refresh->state.deleted)
		return FAIL(INVALID_REFRESH);
	return refresh->state.suspended ? FAIL(SUSPENDED) : NULL;
}

static const struct error *redeem(struct request *req, struct refresh *refresh, const char **next)
{
	*next = NULL;
	TRY(load(req, refresh));
	if (strcmp(refresh->hash, refresh->state.token_hash) == 0) {
		TRY(rotate(req, refresh, next));
		if (*next != NULL)
			return NULL;
		/* Somebody was faster: what we hold is the previous token now. */
		TRY(load(req, refresh));
	}
	if (in_grace(refresh))
		*next = same_successor(req, refresh);
	if (*next != NULL)
		return NULL;
	return refresh_token_genuine(req->keys, req->arena, refresh->token) ? revoke(req, refresh)
									    : FAIL(INVALID_REFRESH);
}

const struct error *refresh_session(struct request *req)
{
	const struct refresh_input *input = req->input;
	bool in_body = input->refresh_token != NULL && *input->refresh_token != '\0';
	struct refresh refresh = {.token = in_body ? input->refresh_token : session_cookie(req)};
	struct json_object *answer = json_new(req->arena);
	struct grant grant;

	if (refresh.token == NULL || !refresh_token_session(refresh.token, &refresh.session_id))
		return FAIL(INVALID_REFRESH);
	refresh.hash = token_hash(req->arena, refresh.token);
	TRY(redeem(req, &refresh, &grant.refresh_token));
	grant.user_id = refresh.state.user_id;
	grant.session_id = refresh.session_id;
	TRY(session_grant(req, &grant, answer));
	return respond(req, 200, answer);
}
