/* Joining groups: what every way into one has in common. */
#include "group_join.h"
#include "conversation.h"
#include "membership.h"

const struct error *group_join_record(struct db *db, struct arena *arena, struct group *group,
    int64_t actor_id, struct id_list users, const char *via, struct group_join *join)
{
	struct json_object *body = group_change_body(arena, "joined");

	TRY(group_waiting_about(db, arena, group->id, users, &join->answered));
	TRY(membership_add(db, arena, group, actor_id, users, &join->joined));
	if (join->joined.count == 0)
		return NULL;
	group_change_name(body, join->joined);
	json_set_text(body, "via", via);
	return group_change_record(
	    db, arena, group->id, actor_id, body, STREAM_QUIET, &join->change);
}

void group_join_announce(struct request *req, const struct group_join *join)
{
	const struct id_list *joined = &join->joined;

	if (joined->count == 0)
		return;
	/* They are members: a database that fails now must not keep the others from hearing so. */
	(void)conversation_deliver(req, join->change.group.id, joined->ids, joined->count);
	group_change_announce(req, &join->change);
	group_waiting_tell(req, join->change.group.id, &join->answered);
}
