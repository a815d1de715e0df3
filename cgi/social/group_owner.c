/* A group's owner hands it over to another member. */
#include "group_owner.h"
#include "conversation.h"
#include "group_change.h"
#include "group_limit.h"
#include "group_member_store.h"
#include "group_store.h"
#include "notification.h"
#include "respond.h"

static const struct field group_heir_fields[] = {
    REQUIRED(struct group_heir, user_id, 1, INT64_C(1) << 53),
};
const struct record group_heir_record = RECORD(struct group_heir, group_heir_fields);

struct handover {
	struct request *req;
	int64_t heir;
	struct group_change change; /* change.group is the group as it is afterwards in any case */
	int64_t notification;	    /* ABSENT: the heir owned it already */
};

static const struct error *tell_heir(
    struct db *db, struct handover *handover, const struct group *group)
{
	struct request *req = handover->req;
	struct json_object *subject = group_subject(req->arena, group);

	json_set_text(subject, "role", "owner");
	return notification_add(db, handover->heir, "group_role", req->user_id,
	    (struct json_text){json_write(subject)}, &handover->notification);
}

static const struct error *hand_over(struct db *db, void *context)
{
	struct handover *handover = context;
	struct request *req = handover->req;
	struct json_object *body = group_change_body(req->arena, "owner");
	struct group *group = &handover->change.group;
	struct group_member member;
	bool acts;

	handover->notification = ABSENT;
	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, group));
	TRY(group_allow(group, GROUP_TRANSFER));
	TRY(group_member_load(db, req->arena, group->id, handover->heir, &member));
	if (handover->heir == req->user_id)
		return NULL;
	/* A group must not end up with somebody who cannot log in. */
	TRY(group_member_acts(db, handover->heir, &acts));
	if (!acts)
		return error_field(req->arena, FAIL(NOT_FOUND), "user_id");
	TRY(group_set_owner(db, group->id, req->user_id, handover->heir));
	TRY(tell_heir(db, handover, group));
	json_set_int(body, "user_id", handover->heir);
	return group_change_record(
	    db, req->arena, group->id, req->user_id, body, STREAM_QUIET, &handover->change);
}

const struct error *group_owner_put(struct request *req)
{
	const struct group_heir *input = req->input;
	struct handover handover = {.req = req, .heir = input->user_id};
	int64_t both[] = {req->user_id, input->user_id};
	struct json_object *answer = json_new(req->arena);

	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, hand_over, &handover));
	if (handover.notification != ABSENT) {
		group_change_announce(req, &handover.change);
		/* It is done: a database that fails now must not keep the rest from hearing of it.
		 */
		(void)conversation_deliver(req, handover.change.group.id, both, 2);
		(void)notification_deliver(req, handover.notification);
	}
	json_set(answer, "group", group_json(&handover.change.group));
	return respond(req, 200, answer);
}
