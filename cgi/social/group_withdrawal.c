/* Handler of withdrawing one's own request to join a group.  What somebody else wants of one, an
 * invitation or a proposal, is not one's own to withdraw. */
#include "group_withdrawal.h"
#include "group_request_store.h"
#include "group_waiting.h"
#include "respond.h"
#include <string.h>

struct withdrawal {
	struct request *req;
	struct group_waiting ended;
};

static const struct error *check_own(
    const struct group *group, const struct group_request *request, int64_t user_id)
{
	bool own = request->user_id == user_id;

	if (own && !group_request_is_proposed(request))
		return NULL;
	/* Of a proposal the person knows nothing; an invitation they decline. */
	if (own && strcmp(request->awaits, "user") == 0)
		return FAIL(FORBIDDEN);
	return group->role != NULL ? FAIL(FORBIDDEN) : FAIL(NOT_FOUND);
}

static const struct error *withdraw(struct db *db, void *context)
{
	struct withdrawal *withdrawal = context;
	struct request *req = withdrawal->req;
	int64_t id = path_id(req, "request");
	struct group_request request;
	struct group group;

	withdrawal->ended = (struct group_waiting){.judges = {NULL, 0}};
	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(group_request_load(db, req->arena, group.id, id, &request));
	TRY(check_own(&group, &request, req->user_id));
	if (strcmp(request.status, "withdrawn") == 0)
		return NULL;
	if (strcmp(request.status, "pending") != 0)
		return FAIL(ALREADY_ANSWERED);
	TRY(group_waiting_about(
	    db, req->arena, group.id, (struct id_list){&req->user_id, 1}, &withdrawal->ended));
	return group_request_end(db, id, "withdrawn", req->user_id);
}

const struct error *group_request_delete(struct request *req)
{
	struct withdrawal withdrawal = {.req = req};

	TRY(db_transaction(req->db, true, withdraw, &withdrawal));
	group_waiting_tell(req, path_id(req, "group"), &withdrawal.ended);
	return respond_empty(req);
}
