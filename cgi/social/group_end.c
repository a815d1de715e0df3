/* Dissolving a group. */
#include "group_end.h"
#include "group_change.h"
#include "group_dissolution.h"
#include "group_waiting.h"
#include "respond.h"

struct ending {
	struct request *req;
	struct group_change change;
	struct group_waiting ended; /* what waited for an answer */
};

static const struct error *dissolve(struct db *db, void *context)
{
	struct ending *ending = context;
	struct request *req = ending->req;
	int64_t id = path_id(req, "group");
	struct group group;

	TRY(group_lock(db, req->arena, id, req->user_id, &group));
	TRY(group_allow(&group, GROUP_DISSOLVE));
	TRY(group_waiting_all(db, req->arena, id, &ending->ended));
	TRY(group_set_dissolved(db, id));
	return group_change_record(db, req->arena, id, req->user_id,
	    group_change_body(req->arena, "dissolved"), STREAM_COUNTED, &ending->change);
}

const struct error *group_dissolve(struct request *req)
{
	struct ending ending = {.req = req};

	TRY(db_transaction(req->db, false, dissolve, &ending));
	group_change_announce(req, &ending.change);
	group_waiting_tell(req, path_id(req, "group"), &ending.ended);
	return respond_empty(req);
}
