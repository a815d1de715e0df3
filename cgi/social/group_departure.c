/* Leaving and removing.  Both hold the group's lock, as sends do: what is committed later reaches
 * nobody who has gone. */
#include "group_departure.h"
#include "group_change.h"
#include "group_limit.h"
#include "group_member_store.h"
#include "group_waiting.h"
#include "membership.h"
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
	struct id_list gone;  /* those of them who were members */
	struct group_change change;
	struct group_waiting ended; /* invitations by those who have gone */
	struct id_list notifications;
};

/* The row, when anybody has gone. */
static const struct error *record(
    struct db *db, struct departure *departure, int64_t group_id, const char *event)
{
	struct request *req = departure->req;
	struct json_object *body = group_change_body(req->arena, event);

	group_change_name(body, departure->gone);
	return group_change_record(
	    db, req->arena, group_id, req->user_id, body, STREAM_QUIET, &departure->change);
}

/* Nothing keeps anybody in a group that is over, not even owning it. */
static const struct error *allow_leaving(const struct group *group)
{
	if (group->role != NULL && group->dissolved_at != ABSENT)
		return NULL;
	return group_allow(group, GROUP_LEAVE);
}

static const struct error *part(struct db *db, struct departure *departure, struct group *group)
{
	struct arena *arena = departure->req->arena;

	TRY(group_waiting_by(db, arena, group->id, departure->users, &departure->ended));
	return membership_remove(db, arena, group, departure->users, &departure->gone);
}

static const struct error *leave(struct db *db, void *context)
{
	struct departure *departure = context;
	struct request *req = departure->req;
	struct group group;

	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(allow_leaving(&group));
	TRY(part(db, departure, &group));
	return record(db, departure, group.id, "left");
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
	TRY(part(db, departure, &group));
	if (departure->gone.count == 0)
		return NULL;
	subject = (struct json_text){json_write(group_subject(arena, &group))};
	TRY(notification_add_many(db, arena, departure->gone, "group_removed", req->user_id,
	    subject, &departure->notifications));
	return record(db, departure, group.id, "removed");
}

static void tell(struct request *req, const struct departure *departure)
{
	group_change_announce(req, &departure->change);
	group_change_part(req, &departure->change, departure->gone);
	group_waiting_tell(req, path_id(req, "group"), &departure->ended);
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
	if (departure.gone.count == 0)
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
	if (departure.gone.count > 0)
		tell(req, &departure);
	json_set_int(answer, "removed", (int64_t)departure.gone.count);
	return respond(req, 200, answer);
}
