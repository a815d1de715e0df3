/* Changing one's own password.  Who holds a device that is logged in has to know the old one. */
#include "password_change.h"
#include "account.h"
#include "attempts.h"
#include "password.h"
#include "password_rules.h"
#include "respond.h"

#define TEXT_MAX 320 /* the exact bounds of a new one are the rules' business */

static const struct field password_change_input_fields[] = {
    REQUIRED(struct password_change_input, old_password, 1, PASSWORD_MAX),
    REQUIRED(struct password_change_input, new_password, 1, TEXT_MAX),
};
const struct record password_change_input_record =
    RECORD(struct password_change_input, password_change_input_fields);

struct password_change {
	struct request *req;
	struct account account;
	const char *phc; /* of the new one */
	struct id_list ended;
};

/* Whoever is logging in with the old one holds the person's row, or comes after this. */
static const struct error *replace(struct db *db, void *context)
{
	struct password_change *change = context;
	struct request *req = change->req;
	struct account_ending ending = {req->user_id, ABSENT, req->session_id};

	TRY(account_set_password(db, req->user_id, change->phc, change->account.password));
	/* It was changed since it was checked. */
	if (db_affected(db) == 0)
		return FAIL(CONFLICT);
	return account_end_sessions(db, req->arena, &ending, &change->ended);
}

const struct error *password_change_put(struct request *req)
{
	const struct password_change_input *input = req->input;
	struct password_change change = {.req = req};
	const char *password;

	TRY(account_load(req->db, req->arena, req->user_id, &change.account));
	TRY(password_accept(req->arena, input->new_password, change.account.username_key,
	    "new_password", &password));
	TRY(attempts_prove(req, input->old_password, "old_password"));
	TRY(password_hash(req->config, req->arena, password, &change.phc));
	TRY(db_transaction(req->db, false, replace, &change));
	account_announce_ended(req->redis, req->config, req->arena, change.ended);
	return respond_empty(req);
}
