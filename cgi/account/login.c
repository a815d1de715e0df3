/* Logging in.  An unknown name and a wrong password look the same and take the same time, and
 * guessing is bounded before any hashing is done. */
#include "login.h"
#include "account.h"
#include "attempts.h"
#include "identity.h"
#include "limit.h"
#include "password.h"
#include "password_rules.h"
#include "profile.h"
#include "respond.h"
#include "second_factor.h"
#include "session.h"
#include "session_store.h"

#define LIMIT_ADDRESS "login_address"
#define LIMIT_ACCOUNT "login_account"
#define TRIES 3

static const struct field login_input_fields[] = {
    REQUIRED(struct login_input, login, 1, EMAIL_MAX),
    REQUIRED(struct login_input, password, 1, PASSWORD_MAX),
    OPTIONAL(struct login_input, device, 0, DEVICE_MAX),
    OPTIONAL(struct login_input, code, 0, SECOND_FACTOR_CODE_MAX),
};
const struct record login_input_record = RECORD(struct login_input, login_input_fields);

struct attempt {
	struct request *req;
	const struct login_input *input;
	struct identity_login login;
	struct account account; /* id ABSENT: there is none */
	const char *subject;	/* whose failures are counted */
};

static const struct error *find(struct attempt *attempt)
{
	struct request *req = attempt->req;
	const struct error *error =
	    account_find(req->db, req->arena, &attempt->login, &attempt->account);

	if (!error_is(error, FAIL(NOT_FOUND)))
		return error;
	attempt->account = (struct account){.id = ABSENT, .suspended_at = ABSENT};
	return NULL;
}

/* Failures are counted for the account, by whichever of its names.  An address that the owner
 * logged in from counts for itself, so that guessing from elsewhere does not lock the owner out. */
static const struct error *choose_subject(struct attempt *attempt)
{
	struct request *req = attempt->req;
	int64_t id = attempt->account.id;
	bool familiar;

	/* Asked for unknown names too: they take as many steps. */
	TRY(session_address_familiar(req, id == ABSENT ? 0 : id, &familiar));
	if (id == ABSENT)
		attempt->subject =
		    identity_login_text(req->arena, &attempt->login, attempt->input->login);
	else if (familiar)
		attempt->subject = arena_printf(req->arena, "%lld@%s", (long long)id, req->address);
	else
		attempt->subject = arena_printf(req->arena, "%lld", (long long)id);
	return NULL;
}

/* A hash made with weaker parameters than we want today is replaced while the password is here.
 * Not worth failing a log in for. */
static void strengthen(struct attempt *attempt, const char *password)
{
	struct request *req = attempt->req;
	const struct account *account = &attempt->account;
	const char *phc;

	if (password_hash(req->config, req->arena, password, &phc) == NULL)
		(void)account_set_password(req->db, account->id, phc, account->password);
}

struct entry {
	struct session_opening opening;
	const char *code;
	bool kept; /* the account was to be erased, and is not */
};

/* A code is used up by the session that it opens, and by nothing else. */
static const struct error *open_session(struct db *db, void *context)
{
	struct entry *entry = context;
	struct session_opening *opening = &entry->opening;

	TRY(second_factor_pass(db, opening->req->arena, opening->user_id, entry->code));
	TRY(session_open(db, opening));
	return account_keep(db, opening->user_id, &entry->kept);
}

/* 409 conflict: the account changed under our hands. */
static const struct error *enter(struct attempt *attempt, struct entry *entry)
{
	struct request *req = attempt->req;
	const char *password = password_form(req->arena, attempt->input->password);
	bool matches, stale;

	entry->opening = (struct session_opening){.req = req,
	    .user_id = attempt->account.id,
	    .device = attempt->input->device,
	    .password = attempt->account.password};
	entry->code = attempt->input->code;
	TRY(password_verify(
	    req->config, req->arena, password, attempt->account.password, &matches, &stale));
	if (!matches || attempt->account.id == ABSENT)
		return FAIL(WRONG_CREDENTIALS);
	if (attempt->account.suspended_at != ABSENT)
		return FAIL(SUSPENDED);
	TRY(db_transaction(req->db, false, open_session, entry));
	if (stale)
		strengthen(attempt, password);
	return NULL;
}

/* Once more when the account changed between checking and entering. */
static const struct error *try_to_enter(struct attempt *attempt, struct entry *entry)
{
	const struct error *error = NULL;

	for (int i = 0; i < TRIES; i++) {
		error = enter(attempt, entry);
		if (!error_is(error, FAIL(CONFLICT)))
			return error;
		TRY(find(attempt));
	}
	return error;
}

static const struct error *log_in(struct attempt *attempt, struct entry *entry)
{
	struct request *req = attempt->req;
	const struct error *error;

	TRY(attempts_count(
	    req, LIMIT_ADDRESS, limit_address(req), req->config->limits.login_address));
	TRY(find(attempt));
	TRY(choose_subject(attempt));
	TRY(attempts_count(
	    req, LIMIT_ACCOUNT, attempt->subject, req->config->limits.login_account));
	error = try_to_enter(attempt, entry);
	if (!error_is(error, FAIL(WRONG_CREDENTIALS)) && !error_is(error, FAIL(WRONG_CODE)))
		limit_take_back(req, LIMIT_ACCOUNT, attempt->subject);
	return error;
}

const struct error *login_create(struct request *req)
{
	const struct login_input *input = req->input;
	struct attempt attempt = {
	    .req = req, .input = input, .login = identity_login(req->arena, input->login)};
	struct json_object *answer = json_new(req->arena), *user;
	struct entry entry;

	TRY(session_check_device(req, input->device));
	TRY(log_in(&attempt, &entry));
	TRY(profile_own(req, entry.opening.user_id, &user));
	json_set(answer, "user", user);
	if (entry.kept)
		json_set_bool(answer, "erasing_cancelled", true);
	TRY(session_grant(req, &entry.opening.grant, answer));
	return respond(req, 201, answer);
}
