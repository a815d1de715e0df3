/* Leaving and removing.  Both hold the group's lock, as sends do: what is committed later reaches
 * nobody who has gone. */
#include "group_departure.h"
#include "group_limit.h"
#include "group_member_store.h"
#include "group_parting.h"
#include "notification.h"
#include "respond.h"

#define REMOVED_MAX 1000

static const struct field group_removal_fields[] = {
    REQUIRED(struct group_removal, user_ids, 1, REMOVED_MAX),
};
const struct record group_removal_record = RECORD(struct group_removal, group_removal_fields);

struct departure {
	struct request *req;
	struct id_list users; /* who is to go */
	struct group_parting done;
	struct id_list notifications;
};

/* Nothing keeps anybody in a group that is over, not even owning it. */
static const struct error *allow_leaving(const struct group *group)
{
	if (group->role != NULL && group->dissolved_at != ABSENT)
		return NULL;
	return group_allow(group, GROUP_LEAVE);
}

static const struct error *leave(struct db *db, void *context)
{
	struct departure *departure = context;
	struct request *req = departure->req;
	struct group group;

	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(allow_leaving(&group));
	return group_part(
	    db, req->arena, &group, req->user_id, departure->users, "left", &departure->done);
}

static const struct error *allow_removing(
    struct db *db, struct departure *departure, const struct group *group)
{
	struct group_ranks ranks;

	TRY(group_allow(group, GROUP_REMOVE_MEMBER));
	TRY(group_member_ranks(db, departure->req->arena, group->id, departure->users, &ranks));
	if (ranks.admins > 0)
		TRY(group_allow(group, GROUP_REMOVE_ADMIN));
	return ranks.owners > 0 ? FAIL(FORBIDDEN) : NULL;
}

static const struct error *remove_all(struct db *db, void *context)
{
	struct departure *departure = context;
	struct request *req = departure->req;
	struct arena *arena = req->arena;
	struct json_text subject;
	struct group group;

	TRY(group_lock(db, arena, path_id(req, "group"), req->user_id, &group));
	TRY(allow_removing(db, departure, &group));
	TRY(group_part(
	    db, arena, &group, req->user_id, departure->users, "removed", &departure->done));
	if (departure->done.gone.count == 0)
		return NULL;
	subject = (struct json_text){json_write(group_subject(arena, &group))};
	return notification_add_many(db, arena, departure->done.gone, "group_removed", req->user_id,
	    subject, &departure->notifications);
}

static void tell(struct request *req, const struct departure *departure)
{
	group_parting_tell(req, &departure->done);
	/* It is done: a database that fails now must not keep anybody from hearing of the above. */
	(void)notification_deliver_many(req, departure->notifications);
}

const struct error *group_member_delete(struct request *req)
{
	int64_t user_id = path_id(req, "user");
	struct departure departure = {.req = req, .users = {&user_id, 1}};

	/* Leaving is nothing to be kept from. */
	if (user_id != req->user_id)
		TRY(group_limit_changes(req));
	TRY(db_transaction(
	    req->db, false, user_id == req->user_id ? leave : remove_all, &departure));
	if (departure.done.gone.count == 0)
		return FAIL(NOT_FOUND);
	tell(req, &departure);
	return respond_empty(req);
}

const struct error *group_removals_create(struct request *req)
{
	const struct group_removal *removal = req->input;
	struct departure departure = {.req = req, .users = removal->user_ids};
	struct json_object *answer = json_new(req->arena);

	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, remove_all, &departure));
	if (departure.done.gone.count > 0)
		tell(req, &departure);
	json_set_int(answer, "removed", (int64_t)departure.done.gone.count);
	return respond(req, 200, answer);
}
