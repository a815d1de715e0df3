/* What several steps use, and those that are nothing else: sessions, notifications. */
#include "erasing_step.h"
#include "account.h"
#include "event.h"
#include "user.h"
#include <assert.h>
#include <stdlib.h>

const struct error *erasing_sweep(
    struct db *db, int64_t id, const struct sweep *sweeps, size_t count, bool *more)
{
	const int64_t page = atoll(ERASING_PAGE);
	const struct param ids[SWEEP_PLACES] = {P(id), P(id), P(id), P(id)};

	*more = false;
	for (size_t i = 0; i < count && !*more; i++) {
		assert(sweeps[i].places <= SWEEP_PLACES);
		TRY(db_exec(db, sweeps[i].sql, (struct params){ids, (size_t)sweeps[i].places}));
		*more = sweeps[i].paged && db_affected(db) >= page;
	}
	return NULL;
}

struct json_object *gone_event(struct request *req)
{
	const struct user_card card = {.id = req->user_id,
	    .username = "",
	    .nickname = "",
	    .bio = "",
	    .gender = "",
	    .region = "",
	    .deleted = true};
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_PROFILE);
	json_set(event, "user", json_record(&user_card_record, &card));
	return event;
}

static const char SQL_SESSIONS[] =
    "SELECT id FROM session WHERE user_id = ? ORDER BY id LIMIT " ERASING_PAGE;
static const char SQL_FORGET_SESSIONS[] = "DELETE FROM session WHERE user_id = ? AND id <= ?";

/* They ended when it began.  Told before they are forgotten, so that no kill leaves one untold. */
const struct error *ending_sessions(struct db *db, struct erasure *erasure)
{
	struct request *req = erasure->req;
	struct id_list sessions;

	TRY(db_ids(db, req->arena, &sessions, SQL_SESSIONS, PARAMS(P(req->user_id))));
	if (sessions.count == 0)
		return NULL;
	account_announce_ended(req->redis, req->config, req->arena, sessions);
	erasure->more = true;
	return db_exec(
	    db, SQL_FORGET_SESSIONS, PARAMS(P(req->user_id), P(sessions.ids[sessions.count - 1])));
}

/* What others were told of the person stays: it names them by their id. */
const struct error *removing_notices(struct db *db, struct erasure *erasure)
{
	static const struct sweep sweeps[] = {
	    {"DELETE FROM notification WHERE user_id = ? LIMIT " ERASING_PAGE, 1, true},
	    {"DELETE FROM notification_turn WHERE user_id = ?", 1, false},
	};

	return SWEEP(db, erasure->req->user_id, sweeps, &erasure->more);
}
