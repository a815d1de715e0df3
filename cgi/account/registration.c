/* Registering: every field is checked, then the address's rate, then the work is done. */
#include "registration.h"
#include "account.h"
#include "limit.h"
#include "password.h"
#include "password_rules.h"
#include "profile.h"
#include "respond.h"
#include "session.h"

#define TEXT_MAX 320 /* the exact bounds are the identity module's business */
#define WINDOW 3600  /* s */

static const struct field registration_fields[] = {
    REQUIRED(struct registration, username, 0, TEXT_MAX),
    REQUIRED(struct registration, password, 1, TEXT_MAX),
    OPTIONAL(struct registration, nickname, 0, TEXT_MAX),
    OPTIONAL(struct registration, phone, 0, TEXT_MAX),
    OPTIONAL(struct registration, email, 0, TEXT_MAX),
    OPTIONAL(struct registration, device, 0, DEVICE_MAX),
};
const struct record registration_record = RECORD(struct registration, registration_fields);

static bool given(const char *text)
{
	return text != NULL && *text != '\0';
}

static const struct error *check(struct request *req, struct account_draft *draft)
{
	const struct registration *input = req->input;
	const char *nickname = given(input->nickname) ? input->nickname : input->username;

	TRY(identity_username(req->arena, input->username, &draft->username));
	TRY(identity_nickname(req->arena, nickname, &draft->nickname));
	if (given(input->phone))
		TRY(identity_phone(req->arena, input->phone, &draft->phone));
	if (given(input->email))
		TRY(identity_email(req->arena, input->email, &draft->email));
	return password_accept(
	    req->arena, input->password, draft->username.key, "password", &draft->password);
}

struct admission {
	struct account_draft draft;
	struct session_opening opening;
};

/* The account and its first session come together or not at all. */
static const struct error *admit(struct db *db, void *context)
{
	struct admission *admission = context;
	struct session_opening *opening = &admission->opening;

	TRY(account_insert(db, opening->req->arena, &admission->draft, &opening->user_id));
	return session_open(db, opening);
}

const struct error *registration_create(struct request *req)
{
	const struct registration *input = req->input;
	struct admission admission = {.opening = {.req = req, .device = input->device}};
	struct account_draft *draft = &admission.draft;
	struct json_object *answer = json_new(req->arena), *user;

	TRY(check(req, draft));
	TRY(session_check_device(req, input->device));
	TRY(limit_count(
	    req, "registrations", limit_address(req), req->config->limits.registrations, WINDOW));
	TRY(password_hash(req->config, req->arena, draft->password, &draft->password));
	admission.opening.password = draft->password;
	TRY(db_transaction(req->db, false, admit, &admission));
	TRY(profile_own(req, admission.opening.user_id, &user));
	json_set(answer, "user", user);
	TRY(session_grant(req, &admission.opening.grant, answer));
	return respond(req, 201, answer);
}
