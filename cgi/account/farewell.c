/* Erasing one's own account: the password, then either the day, or the deed. */
#include "farewell.h"
#include "account.h"
#include "attempts.h"
#include "clock.h"
#include "erasing_turn.h"
#include "password_rules.h"
#include "respond.h"
#include "session.h"

#define DAY_MS INT64_C(86400000)
#define PATIENCE_MS 5000 /* what is not done by then, others go on with */

static const struct field farewell_fields[] = {
    REQUIRED(struct farewell, password, 1, PASSWORD_MAX),
};
const struct record farewell_record = RECORD(struct farewell, farewell_fields);

struct parting {
	struct request *req;
	int64_t erase_at;
	struct id_list ended;
};

static const struct error *fix_day(struct db *db, void *context)
{
	struct parting *parting = context;
	struct request *req = parting->req;
	struct account_ending ending = {req->user_id, ABSENT, ABSENT};
	int64_t at = clock_wall_ms() + req->config->account.erase_days * DAY_MS;

	TRY(account_erase_at(db, req->user_id, at, &parting->erase_at));
	return account_end_sessions(db, req->arena, &ending, &parting->ended);
}

static const struct error *leave_later(struct request *req)
{
	struct parting parting = {.req = req};
	struct json_object *answer = json_new(req->arena);

	TRY(db_transaction(req->db, true, fix_day, &parting));
	account_announce_ended(req->redis, req->config, req->arena, parting.ended);
	session_drop_cookie(req);
	json_set_int(answer, "erase_at", parting.erase_at);
	return respond(req, 202, answer);
}

static const struct error *begin(struct db *db, void *context)
{
	struct request *req = context;
	bool begun;

	return erasing_begin(db, req->arena, req->user_id, false, &begun);
}

static const struct error *leave_now(struct request *req)
{
	const struct erasing_means means = erasing_turn_means(req);
	enum erasing_state state;

	TRY(db_transaction(req->db, true, begin, req));
	/* It has begun; what fails now was logged, and goes on by itself. */
	(void)erasing_go_on(&means, req->user_id, PATIENCE_MS, &state);
	session_drop_cookie(req);
	return respond_empty(req);
}

const struct error *farewell_delete(struct request *req)
{
	const struct farewell *farewell = req->input;

	TRY(attempts_prove(req, farewell->password, "password"));
	return req->config->account.erase_days > 0 ? leave_later(req) : leave_now(req);
}
