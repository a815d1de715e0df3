/* Handlers of sessions, and what opening one takes. */
#include "session.h"
#include "account.h"
#include "clock.h"
#include "identity.h"
#include "refresh_token.h"
#include "respond.h"
#include "session_store.h"
#include "shown_text.h"
#include <string.h>
#include <strings.h>

#define COOKIE "hichat_refresh"
#define KEEP_ENDED_MS (INT64_C(30) * 86400 * 1000)

static const struct field session_change_fields[] = {
    REQUIRED(struct session_change, device, 1, DEVICE_MAX),
};
const struct record session_change_record = RECORD(struct session_change, session_change_fields);

static const char *cut_text(struct arena *arena, const char *text, size_t most)
{
	size_t length = 0;

	for (size_t points = 0; text[length] != '\0'; length++)
		if (((unsigned char)text[length] & 0xC0) != 0x80 && points++ == most)
			break;
	return arena_text_n(arena, text, length);
}

const struct error *session_check_device(struct request *req, const char *device)
{
	if (device != NULL && !identity_is_line(device))
		return error_field(req->arena, FAIL(INVALID), "device");
	return NULL;
}

static const char *device_name(struct request *req, const char *given)
{
	const char *agent = req->user_agent;

	if (given != NULL && *given != '\0')
		return given;
	if (!json_utf8_valid(agent, strlen(agent)) || !identity_is_line(agent))
		return "";
	return cut_text(req->arena, agent, DEVICE_MAX);
}

const struct error *session_open(struct db *db, struct session_opening *opening)
{
	struct request *req = opening->req;
	int64_t now = clock_wall_ms();
	struct grant *grant = &opening->grant;
	struct session_draft draft = {.user_id = opening->user_id,
	    .device = device_name(req, opening->device),
	    .address = session_address(req),
	    .now = now,
	    .expires_at = now + req->config->auth.refresh_ttl * 1000};
	bool holds;

	TRY(session_user_holds(db, opening->user_id, opening->password, &holds));
	if (!holds)
		return FAIL(CONFLICT);
	TRY(session_forget_old(db, opening->user_id, now - KEEP_ENDED_MS));
	TRY(session_insert(db, &draft, &grant->session_id));
	grant->user_id = opening->user_id;
	grant->refresh_token = refresh_token_first(req->keys, req->arena, grant->session_id);
	return session_set_token(
	    db, grant->session_id, token_hash(req->arena, grant->refresh_token));
}

static bool from_browser(const struct request *req)
{
	const char *mark = request_header(req, "X-Requested-With");

	return mark != NULL && strcasecmp(mark, "hichat") == 0;
}

static void set_cookie(struct request *req, const char *value, int64_t max_age)
{
	respond_cookie(req, COOKIE, value,
	    arena_printf(req->arena, "%s/api/v1/account/sessions", req->prefix), max_age);
}

const char *session_cookie(const struct request *req)
{
	/* The mark cannot come from another site's form: no CORS rule lets it through. */
	return from_browser(req) ? request_cookie(req, COOKIE) : NULL;
}

const struct error *session_grant(
    struct request *req, const struct grant *grant, struct json_object *answer)
{
	int64_t now = clock_wall_ms() / 1000;
	struct token_claims claims = {.user_id = grant->user_id,
	    .session_id = grant->session_id,
	    .issued_at = now,
	    .expires_at = now + req->config->auth.access_ttl};
	const char *access_token;

	TRY(token_sign(req->keys, req->arena, &claims, &access_token));
	json_set_text(answer, "access_token", access_token);
	json_set_int(answer, "expires_in", req->config->auth.access_ttl);
	if (from_browser(req))
		set_cookie(req, grant->refresh_token, req->config->auth.refresh_ttl);
	else
		json_set_text(answer, "refresh_token", grant->refresh_token);
	return NULL;
}

const struct error *session_list(struct request *req)
{
	const struct page_query *query = req->query;
	int64_t before = query->before != ABSENT ? query->before : INT64_MAX;
	int64_t limit = page_limit(query);
	struct json_object *answer = json_new(req->arena);
	struct rows page;
	bool more;

	TRY(session_page(req, before, limit + 1, &page));
	more = page.count > (size_t)limit;
	if (more)
		page.count--;
	json_set(answer, "sessions", json_list(&page));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}

const struct error *session_rename(struct request *req)
{
	const struct session_change *change = req->input;
	int64_t session_id = path_id(req, "session");
	struct json_object *answer = json_new(req->arena);
	struct session session;

	TRY(session_check_device(req, change->device));
	if (!shown_text_visible(change->device))
		return error_field(req->arena, FAIL(INVALID), "device");
	TRY(session_set_device(req, session_id, change->device));
	TRY(session_own(req, session_id, &session));
	json_set(answer, "session", json_record(&session_record, &session));
	return respond(req, 200, answer);
}

/* only: this one, or ABSENT: all but this one of the caller's. */
static const struct error *end(struct request *req, int64_t only, bool *existed)
{
	struct account_ending ending = {
	    req->user_id, only, only == ABSENT ? req->session_id : ABSENT};
	struct id_list ended;

	TRY(account_end_sessions(req->db, req->arena, &ending, &ended));
	account_announce_ended(req->redis, req->config, req->arena, ended);
	*existed = ended.count > 0;
	return NULL;
}

const struct error *session_end(struct request *req)
{
	bool existed;

	TRY(end(req, path_id(req, "session"), &existed));
	return existed ? respond_empty(req) : FAIL(NOT_FOUND);
}

const struct error *session_end_others(struct request *req)
{
	bool existed;

	TRY(end(req, ABSENT, &existed));
	return respond_empty(req);
}

void session_drop_cookie(struct request *req)
{
	if (from_browser(req))
		set_cookie(req, "", 0);
}

const struct error *session_end_current(struct request *req)
{
	bool existed;

	TRY(end(req, req->session_id, &existed));
	session_drop_cookie(req);
	return respond_empty(req);
}
