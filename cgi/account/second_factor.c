/* Second factors: asked for when logging in, turned on and off. */
#include "second_factor.h"
#include "account.h"
#include "attempts.h"
#include "clock.h"
#include "limit.h"
#include "password_rules.h"
#include "randomness.h"
#include "respond.h"
#include "second_factor_store.h"
#include "token.h"
#include "totp.h"
#include "user.h"
#include <ctype.h>
#include <string.h>

#define CODES 10
#define CODE_LETTERS 16 /* of 5 bits each */
#define CODE_GROUP 4
#define ISSUER "HiChat"

#define LIMIT "second_factor"

static const struct field start_fields[] = {
    REQUIRED(struct second_factor_start, password, 1, PASSWORD_MAX),
};
const struct record second_factor_start_record = RECORD(struct second_factor_start, start_fields);

static const struct field code_fields[] = {
    REQUIRED(struct second_factor_code, code, 1, SECOND_FACTOR_CODE_MAX),
};
const struct record second_factor_code_record = RECORD(struct second_factor_code, code_fields);

static const struct field proof_fields[] = {
    REQUIRED(struct second_factor_proof, password, 1, PASSWORD_MAX),
    REQUIRED(struct second_factor_proof, code, 1, SECOND_FACTOR_CODE_MAX),
};
const struct record second_factor_proof_record = RECORD(struct second_factor_proof, proof_fields);

/* What people type: without the spaces and hyphens that make it readable, in one case. */
static const char *bare(struct arena *arena, const char *code)
{
	char *to = arena_alloc(arena, strlen(code) + 1), *result = to;

	for (; *code != '\0'; code++)
		if (*code != ' ' && *code != '-')
			*to++ = (char)tolower((unsigned char)*code);
	*to = '\0';
	return result;
}

static const struct error *use_step(
    struct db *db, int64_t user_id, const struct second_factor *factor, const char *code)
{
	int64_t step = totp_step(factor->secret, code, clock_wall_ms() / 1000);

	/* Each code is taken once (RFC 6238, section 5.2). */
	if (step == ABSENT || step <= factor->last_step)
		return FAIL(WRONG_CODE);
	return second_factor_use(db, user_id, step);
}

static const struct error *use_recovery_code(
    struct db *db, struct arena *arena, int64_t user_id, const char *code)
{
	bool used;

	TRY(recovery_code_use(db, user_id, token_hash(arena, code), &used));
	return used ? NULL : FAIL(WRONG_CODE);
}

const struct error *second_factor_pass(
    struct db *db, struct arena *arena, int64_t user_id, const char *code)
{
	struct second_factor factor;
	const char *given;

	TRY(second_factor_hold(db, arena, user_id, &factor));
	if (factor.confirmed_at == ABSENT)
		return NULL;
	if (code == NULL || *code == '\0')
		return FAIL(CODE_REQUIRED);
	given = bare(arena, code);
	return strlen(given) == TOTP_DIGITS ? use_step(db, user_id, &factor, given)
					    : use_recovery_code(db, arena, user_id, given);
}

static const char *code_new(struct arena *arena)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* none that look alike */
	unsigned char bytes[CODE_LETTERS];
	char *code = arena_alloc(arena, CODE_LETTERS + CODE_LETTERS / CODE_GROUP), *to = code;

	random_bytes(bytes, sizeof(bytes));
	for (size_t i = 0; i < CODE_LETTERS; i++) {
		if (i > 0 && i % CODE_GROUP == 0)
			*to++ = '-';
		*to++ = letters[bytes[i] % 32];
	}
	*to = '\0';
	return code;
}

/* New ones instead of all before.  *codes, a root of the arena, are never seen again. */
static const struct error *issue_codes(
    struct db *db, struct arena *arena, int64_t user_id, struct json_object **codes)
{
	const char *hashes[CODES];

	*codes = json_array(arena);
	for (size_t i = 0; i < CODES; i++) {
		const char *code = code_new(arena);

		hashes[i] = token_hash(arena, bare(arena, code));
		json_append_text(*codes, code);
	}
	return recovery_codes_replace(db, user_id, hashes, CODES);
}

struct change {
	struct request *req;
	const char *code;
	struct json_object *codes;
};

static const struct error *turn_on(struct db *db, void *context)
{
	struct change *change = context;
	struct request *req = change->req;
	struct second_factor factor;
	int64_t step;

	TRY(second_factor_hold(db, req->arena, req->user_id, &factor));
	if (factor.secret == NULL)
		return FAIL(NOT_FOUND);
	if (factor.confirmed_at != ABSENT)
		return FAIL(CONFLICT);
	step = totp_step(factor.secret, bare(req->arena, change->code), clock_wall_ms() / 1000);
	if (step == ABSENT)
		return FAIL(WRONG_CODE);
	TRY(second_factor_confirm(db, req->user_id, step));
	return issue_codes(db, req->arena, req->user_id, &change->codes);
}

/* 404 not_found when there is nothing that asks for a code. */
static const struct error *prove(struct db *db, const struct change *change)
{
	struct request *req = change->req;
	struct second_factor factor;

	TRY(second_factor_hold(db, req->arena, req->user_id, &factor));
	if (factor.confirmed_at == ABSENT)
		return FAIL(NOT_FOUND);
	return second_factor_pass(db, req->arena, req->user_id, change->code);
}

static const struct error *turn_off(struct db *db, void *context)
{
	const struct change *change = context;

	TRY(prove(db, change));
	return account_remove_second_factor(db, change->req->user_id);
}

static const struct error *renew_codes(struct db *db, void *context)
{
	struct change *change = context;
	struct request *req = change->req;

	TRY(prove(db, change));
	return issue_codes(db, req->arena, req->user_id, &change->codes);
}

/* Wrong codes are counted, as wrong passwords are. */
static const struct error *change(
    struct change *change, const struct error *(*work)(struct db *db, void *context))
{
	struct request *req = change->req;
	const char *subject = arena_printf(req->arena, "%lld", (long long)req->session_id);
	const struct error *error;

	TRY(attempts_count(req, LIMIT, subject, req->config->limits.login_account));
	error = db_transaction(req->db, false, work, change);
	if (!error_is(error, FAIL(WRONG_CODE)))
		limit_take_back(req, LIMIT, subject);
	return error;
}

static const struct error *view(struct request *req, struct json_object *answer)
{
	struct json_object *view = json_child();
	struct second_factor_state state;

	json_set(answer, "second_factor", view);
	TRY(second_factor_state(req, &state));
	json_set_bool(view, "enabled", state.enabled);
	json_set_int(view, "recovery_codes", state.recovery_codes);
	return NULL;
}

const struct error *second_factor_get(struct request *req)
{
	struct json_object *answer = json_new(req->arena);

	TRY(view(req, answer));
	return respond(req, 200, answer);
}

const struct error *second_factor_create(struct request *req)
{
	const struct second_factor_start *input = req->input;
	struct json_object *answer = json_new(req->arena);
	const char *secret = totp_secret(req->arena);
	struct user_card card;

	TRY(attempts_prove(req, input->password, "password"));
	TRY(user_card(req, req->user_id, &card));
	TRY(second_factor_begin(req->db, req->user_id, secret));
	json_set_text(answer, "secret", secret);
	json_set_text(answer, "uri", totp_uri(req->arena, ISSUER, card.username, secret));
	return respond(req, 201, answer);
}

const struct error *second_factor_turn_on(struct request *req)
{
	const struct second_factor_code *input = req->input;
	struct change wanted = {.req = req, .code = input->code};
	struct json_object *answer = json_new(req->arena);

	TRY(change(&wanted, turn_on));
	TRY(view(req, answer));
	json_set(answer, "recovery_codes", json_share(wanted.codes));
	return respond(req, 200, answer);
}

const struct error *second_factor_turn_off(struct request *req)
{
	const struct second_factor_proof *input = req->input;
	struct change wanted = {.req = req, .code = input->code};

	TRY(attempts_prove(req, input->password, "password"));
	TRY(change(&wanted, turn_off));
	return respond_empty(req);
}

const struct error *second_factor_renew_codes(struct request *req)
{
	const struct second_factor_proof *input = req->input;
	struct change wanted = {.req = req, .code = input->code};
	struct json_object *answer = json_new(req->arena);

	TRY(attempts_prove(req, input->password, "password"));
	TRY(change(&wanted, renew_codes));
	json_set(answer, "recovery_codes", json_share(wanted.codes));
	return respond(req, 201, answer);
}
