/* Handler of withdrawing one's own friend request.  The notification of it stays: it was asked. */
#include "friend_withdrawal.h"
#include "friend_request_store.h"
#include "friend_store.h"
#include "respond.h"
#include "waiting_list.h"
#include <string.h>

struct withdrawal {
	struct request *req;
	int64_t request_id;
	int64_t other_id;
};

static const struct error *withdraw(struct db *db, void *context)
{
	const struct withdrawal *withdrawal = context;
	struct request *req = withdrawal->req;
	int64_t id = withdrawal->request_id, conversation;
	struct friend_request request;

	TRY(friend_lock_pair(db, req->user_id, withdrawal->other_id, &conversation));
	TRY(friend_request_load(db, req->arena, id, req->user_id, &request));
	if (strcmp(request.status, "withdrawn") == 0)
		return NULL;
	if (strcmp(request.status, "pending") != 0)
		return FAIL(ALREADY_ANSWERED);
	return friend_request_set_status(db, id, "withdrawn");
}

const struct error *friend_request_delete(struct request *req)
{
	struct withdrawal withdrawal = {.req = req, .request_id = path_id(req, "request")};
	struct friend_request request;

	TRY(friend_request_load(
	    req->db, req->arena, withdrawal.request_id, req->user_id, &request));
	if (request.from_id != req->user_id)
		return FAIL(FORBIDDEN);
	withdrawal.other_id = request.to_id;
	TRY(db_transaction(req->db, true, withdraw, &withdrawal));
	waiting_list_tell_friends(
	    req, (struct id_list){(int64_t[]){req->user_id, request.to_id}, 2});
	return respond_empty(req);
}
