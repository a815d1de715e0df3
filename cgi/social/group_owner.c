/* A group's owner hands it over to another member. */
#include "group_owner.h"
#include "group_handover.h"
#include "group_limit.h"
#include "group_member_store.h"
#include "respond.h"

static const struct field group_heir_fields[] = {
    REQUIRED(struct group_heir, user_id, 1, INT64_C(1) << 53),
};
const struct record group_heir_record = RECORD(struct group_heir, group_heir_fields);

struct handover {
	struct request *req;
	int64_t heir;
	bool changed; /* the heir did not own it already */
	struct group_handover done;
};

static const struct error *hand_over(struct db *db, void *context)
{
	struct handover *handover = context;
	struct request *req = handover->req;
	struct group *group = &handover->done.change.group;
	struct group_member member;
	bool acts;

	handover->changed = false;
	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, group));
	TRY(group_allow(group, GROUP_TRANSFER));
	TRY(group_member_load(db, req->arena, group->id, handover->heir, &member));
	if (handover->heir == req->user_id)
		return NULL;
	/* A group must not end up with somebody who cannot log in. */
	TRY(group_member_acts(db, handover->heir, &acts));
	if (!acts)
		return error_field(req->arena, FAIL(NOT_FOUND), "user_id");
	handover->changed = true;
	return group_hand_over(
	    db, req->arena, group, req->user_id, handover->heir, &handover->done);
}

const struct error *group_owner_put(struct request *req)
{
	const struct group_heir *input = req->input;
	struct handover handover = {.req = req, .heir = input->user_id};
	struct json_object *answer = json_new(req->arena);

	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, hand_over, &handover));
	if (handover.changed)
		group_handover_tell(req, &handover.done);
	json_set(answer, "group", group_json(&handover.done.change.group));
	return respond(req, 200, answer);
}
