/* Handing groups over: roles, the row of the stream, and who is told. */
#include "group_handover.h"
#include "conversation.h"
#include "notification.h"

static const char SQL_SET_OWNER[] = "UPDATE chat_group SET owner_id = ? WHERE id = ?";
static const char SQL_STEP_DOWN[] =
    "UPDATE member SET role = 'admin' WHERE conversation_id = ? AND user_id = ?";
static const char SQL_STEP_UP[] =
    "UPDATE member SET role = 'owner', muted_until = 0 WHERE conversation_id = ? AND user_id = ?";

static const struct error *set_owner(struct db *db, int64_t group_id, int64_t old, int64_t new)
{
	TRY(db_exec(db, SQL_SET_OWNER, PARAMS(P(new), P(group_id))));
	TRY(db_exec(db, SQL_STEP_DOWN, PARAMS(P(group_id), P(old))));
	TRY(db_exec(db, SQL_STEP_UP, PARAMS(P(group_id), P(new))));
	return conversation_change_members(db, group_id);
}

const struct error *group_hand_over(struct db *db, struct arena *arena, const struct group *group,
    int64_t from, int64_t heir, struct group_handover *handover)
{
	struct json_object *subject = group_subject(arena, group);
	struct json_object *body = group_change_body(arena, "owner");

	handover->from = from;
	handover->heir = heir;
	TRY(set_owner(db, group->id, from, heir));
	json_set_text(subject, "role", "owner");
	TRY(notification_add(db, heir, "group_role", from, (struct json_text){json_write(subject)},
	    &handover->notification));
	json_set_int(body, "user_id", heir);
	return group_change_record(
	    db, arena, group->id, from, body, STREAM_QUIET, &handover->change);
}

void group_handover_tell(struct request *req, const struct group_handover *handover)
{
	const int64_t both[] = {handover->from, handover->heir};

	group_change_announce(req, &handover->change);
	/* It is done: a database that fails now must not keep the rest from hearing of it. */
	(void)conversation_deliver(req, handover->change.group.id, both, 2);
	(void)notification_deliver(req, handover->notification);
}
