/* Friends, one by one, as by an ordinary parting; then requests, blocks, and who hides what from
 * whom. */
#include "conversation.h"
#include "deliver.h"
#include "erasing_step.h"
#include "friendship.h"
#include "waiting_list.h"

static const char SQL_NEXT[] =
    "SELECT friend_id FROM friendship WHERE user_id = ? ORDER BY friend_id LIMIT 1";

struct parting {
	int64_t friend_id;
	int64_t conversation;
};

static void tell_parting(struct erasure *erasure)
{
	struct request *req = erasure->req;
	const struct parting *parting = erasure->news;

	deliver_watch(req, req->user_id, parting->friend_id, false);
	deliver_watch(req, parting->friend_id, req->user_id, false);
	deliver_to(req, &parting->friend_id, 1, gone_event(req));
	/* It is done: a database that fails now must not keep wsd from hearing of the above. */
	if (parting->conversation != ABSENT)
		(void)conversation_deliver(req, parting->conversation, &parting->friend_id, 1);
}

const struct error *parting_from_friends(struct db *db, struct erasure *erasure)
{
	struct request *req = erasure->req;
	struct parting *parting = arena_alloc(req->arena, sizeof(*parting));
	bool living, existed;

	TRY(db_int(db, &parting->friend_id, SQL_NEXT, PARAMS(P(req->user_id))));
	if (parting->friend_id == ABSENT)
		return NULL;
	erasure->more = true;
	erasure->news = parting;
	erasure->tell = tell_parting;
	TRY(friendship_lock(db, req->user_id, parting->friend_id, &parting->conversation, &living));
	return friendship_end(
	    db, req->user_id, parting->friend_id, parting->conversation, &existed);
}

static const char SQL_WAITING[] =
    "SELECT to_id FROM friend_request WHERE from_id = ? AND pending = 1"
    " UNION SELECT from_id FROM friend_request WHERE to_id = ? AND pending = 1";

/* A request that nobody can answer any more need not be told of either. */
static const struct sweep sweeps[] = {
    {"DELETE notification FROM (SELECT to_id FROM friend_request WHERE from_id = ?"
     " ORDER BY id LIMIT " ERASING_PAGE ") asked STRAIGHT_JOIN notification FORCE INDEX (user_id)"
     " ON notification.user_id = asked.to_id WHERE notification.actor_id = ?"
     " AND notification.kind = 'friend_request'",
	2, false},
    {"DELETE FROM friend_request WHERE from_id = ? ORDER BY id LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM friend_request WHERE to_id = ? LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM block WHERE user_id = ? LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM block WHERE blocked_id = ? LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM moment_privacy WHERE user_id = ? LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM moment_privacy WHERE other_id = ? LIMIT " ERASING_PAGE, 1, true},
};

static void tell_waiting(struct erasure *erasure)
{
	const struct id_list *others = erasure->news;

	waiting_list_tell_friends(erasure->req, *others);
}

const struct error *removing_ties(struct db *db, struct erasure *erasure)
{
	struct request *req = erasure->req;
	struct id_list *others = arena_alloc(req->arena, sizeof(*others));

	TRY(db_ids(db, req->arena, others, SQL_WAITING, PARAMS(P(req->user_id), P(req->user_id))));
	erasure->news = others;
	erasure->tell = tell_waiting;
	return SWEEP(db, req->user_id, sweeps, &erasure->more);
}
