/* Leaving and removing: membership, the row of the stream, and who is told. */
#include "group_parting.h"
#include "membership.h"

const struct error *group_part(struct db *db, struct arena *arena, struct group *group,
    int64_t actor_id, struct id_list users, const char *event, struct group_parting *parting)
{
	struct json_object *body = group_change_body(arena, event);

	TRY(group_waiting_by(db, arena, group->id, users, &parting->ended));
	TRY(membership_remove(db, arena, group, users, &parting->gone));
	if (parting->gone.count == 0)
		return NULL;
	group_change_name(body, parting->gone);
	return group_change_record(
	    db, arena, group->id, actor_id, body, STREAM_QUIET, &parting->change);
}

void group_parting_tell(struct request *req, const struct group_parting *parting)
{
	group_change_announce(req, &parting->change);
	group_change_part(req, &parting->change, parting->gone);
	group_waiting_tell(req, parting->change.group.id, &parting->ended);
}
