/* The person's groups: handed over, left, or ended with the last member. */
#include "deliver.h"
#include "erasing_step.h"
#include "group_dissolution.h"
#include "group_handover.h"
#include "group_parting.h"
#include "membership.h"
#include "parting_from_groups_store.h"
#include <string.h>

static void tell_handover(struct erasure *erasure)
{
	group_handover_tell(erasure->req, erasure->news);
}

static const struct error *hand_over(
    struct db *db, struct erasure *erasure, const struct group *group, int64_t heir)
{
	struct request *req = erasure->req;
	struct group_handover *handover = arena_alloc(req->arena, sizeof(*handover));

	erasure->news = handover;
	erasure->tell = tell_handover;
	return group_hand_over(db, req->arena, group, req->user_id, heir, handover);
}

static void tell_parting(struct erasure *erasure)
{
	const struct group_parting *parting = erasure->news;
	const struct id_list *members = &parting->change.members;

	group_parting_tell(erasure->req, parting);
	deliver_to(erasure->req, members->ids, members->count, gone_event(erasure->req));
}

static const struct error *leave(struct db *db, struct erasure *erasure, struct group *group)
{
	struct request *req = erasure->req;
	struct group_parting *parting = arena_alloc(req->arena, sizeof(*parting));

	erasure->news = parting;
	erasure->tell = tell_parting;
	TRY(parting_forget(db, group->id, req->user_id));
	return group_part(db, req->arena, group, req->user_id, (struct id_list){&req->user_id, 1},
	    "left", parting);
}

struct ending {
	int64_t group_id;
	struct group_waiting waiting; /* what waited for an answer */
};

static void tell_ending(struct erasure *erasure)
{
	const struct ending *ending = erasure->news;

	group_waiting_tell(erasure->req, ending->group_id, &ending->waiting);
}

/* Nobody else is in it: it is dissolved, what was said in it goes, and with that the last member.
 */
static const struct error *end_group(struct db *db, struct erasure *erasure, struct group *group)
{
	struct request *req = erasure->req;
	struct ending *ending = arena_alloc(req->arena, sizeof(*ending));
	struct id_list removed;
	bool more;

	ending->group_id = group->id;
	if (group->dissolved_at == ABSENT) {
		erasure->news = ending;
		erasure->tell = tell_ending;
		TRY(group_waiting_all(db, req->arena, group->id, &ending->waiting));
		return group_set_dissolved(db, group->id);
	}
	TRY(stream_remove(db, group->id, &more));
	if (more)
		return NULL;
	TRY(parting_scrub(db, group->id));
	return membership_remove(
	    db, req->arena, group, (struct id_list){&req->user_id, 1}, &removed);
}

/* One group, or a piece of it. */
const struct error *parting_from_groups(struct db *db, struct erasure *erasure)
{
	struct request *req = erasure->req;
	int64_t group_id, heir;
	struct group group;
	bool again;

	TRY(parting_next(db, req->user_id, &group_id));
	if (group_id == ABSENT)
		return parting_forget_rest(db, req->user_id);
	erasure->more = true;
	TRY(group_lock(db, req->arena, group_id, req->user_id, &group));
	if (group.role == NULL)
		return NULL;
	TRY(parting_heir(db, group_id, req->user_id, &heir, &again));
	if (again)
		return NULL;
	if (heir == ABSENT)
		return end_group(db, erasure, &group);
	if (strcmp(group.role, "owner") == 0 && group.dissolved_at == ABSENT)
		return hand_over(db, erasure, &group, heir);
	return leave(db, erasure, &group);
}

/* What they asked of groups, and were asked, in the groups of others: one group. */
const struct error *withdrawing_from_groups(struct db *db, struct erasure *erasure)
{
	struct request *req = erasure->req;
	struct ending *ending = arena_alloc(req->arena, sizeof(*ending));
	struct group group;

	TRY(parting_next_request(db, req->user_id, &ending->group_id));
	if (ending->group_id == ABSENT)
		return NULL;
	erasure->more = true;
	erasure->news = ending;
	erasure->tell = tell_ending;
	TRY(group_lock(db, req->arena, ending->group_id, req->user_id, &group));
	TRY(group_waiting_about(db, req->arena, ending->group_id,
	    (struct id_list){&req->user_id, 1}, &ending->waiting));
	return parting_forget_requests(db, ending->group_id, req->user_id);
}
