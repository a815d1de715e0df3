/* What all changes of messages have in common. */
#include "message_change.h"
#include "clock.h"
#include "deliver.h"
#include "message_body.h"
#include "message_change_store.h"
#include "message_view.h"
#include "respond.h"
#include "send_group.h"
#include "send_right.h"
#include "sending.h"

static const struct error *find_target(struct db *db, struct message_change *change)
{
	struct request *req = change->req;
	int64_t conversation = path_id(req, "conversation");

	TRY(send_batch_lock(
	    db, req->arena, conversation, req->user_id, &change->place, &change->standing));
	TRY(message_target(
	    req, conversation, path_id(req, "seq"), change->standing.floor, &change->target));
	return message_body_written(change->target.kind) ? NULL : FAIL(NOT_FOUND);
}

static const struct error *work(struct db *db, void *context)
{
	struct message_change *change = context;

	change->made = false;
	change->now = clock_wall_ms();
	TRY(find_target(db, change));
	return change->apply(db, change);
}

/* Two people who are friends no more, or between whom a block stands, still learn what becomes of
 * their messages; but wsd must not take them for two who may tell each other that they write. */
static void tell(struct message_change *change)
{
	const struct send_standing *standing = &change->standing;
	bool near = message_change_in_group(change) || (standing->friends && !standing->blocked);

	deliver_to_members(change->req, near ? change->place.id : ABSENT, change->members.ids,
	    change->members.count, json_own(change->req->arena, stream_event(&change->row)));
}

const struct error *message_change_run(struct message_change *change)
{
	struct request *req = change->req;
	const struct sending *sending = req->state;

	TRY(sending_limit(req));
	TRY(db_transaction(req->db, true, work, change));
	if (!change->made)
		return NULL;
	tell(change);
	index_queue_add(sending->written, change->place.id);
	return NULL;
}

const struct error *message_change_respond(struct message_change *change)
{
	struct request *req = change->req;
	struct json_object *answer = json_new(req->arena);

	TRY(message_view(req->db, req->arena, &(struct viewed){&change->target, req->user_id}, 1));
	json_set(answer, "message", json_record(&message_record, &change->target));
	return respond(req, 200, answer);
}

bool message_change_in_group(const struct message_change *change)
{
	return change->standing.peer_id == ABSENT;
}

const struct error *message_change_allow_writing(const struct message_change *change)
{
	return send_right(change->req->arena, &change->place, &change->standing, change->now);
}

bool message_change_too_late(const struct message_change *change, int64_t seconds)
{
	return seconds > 0 && change->now - change->target.created_at > seconds * 1000;
}

struct json_object *message_change_body(const struct message_change *change)
{
	struct json_object *body = json_new(change->req->arena);

	json_set_int(body, "target", change->target.seq);
	return body;
}

/* Everybody who is a member under the lock: who leaves later sees the row for the last time, who
 * left before does not. */
static const struct error *list_members(struct message_change *change)
{
	struct request *req = change->req;
	struct send_means means = sending_means(req);
	const struct member_list *list;
	int64_t *both;

	if (message_change_in_group(change)) {
		TRY(send_group_members(&means, &change->place, &list));
		change->members = list->members;
		return NULL;
	}
	both = arena_array(req->arena, 2, sizeof(*both));
	both[0] = req->user_id;
	both[1] = change->standing.peer_id;
	change->members = (struct id_list){both, 2};
	return NULL;
}

const struct error *message_change_append(
    struct db *db, struct message_change *change, const char *kind, struct json_object *body)
{
	struct request *req = change->req;
	struct json_text text = {json_write(body)};

	TRY(list_members(change));
	TRY(stream_append(db, req->arena, change->place.id, req->user_id, kind, text, STREAM_QUIET,
	    &change->row));
	change->target.changed_seq = change->row.seq;
	change->made = true;
	return NULL;
}

const struct error *message_change_save(struct db *db, const struct message_change *change)
{
	return message_target_save(db, &change->target);
}
