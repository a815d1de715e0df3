/* Changes of groups: the row of the stream, the events. */
#include "group_change.h"
#include "conversation.h"
#include "deliver.h"

static const char SQL_MARK[] = "UPDATE chat_group SET changed_seq = ? WHERE id = ?";

struct json_object *group_change_body(struct arena *arena, const char *event)
{
	struct json_object *body = json_new(arena);

	json_set_text(body, "event", event);
	return body;
}

void group_change_name(struct json_object *body, struct id_list users)
{
	struct json_object *named = json_child_list();

	json_set(body, "user_ids", named);
	for (size_t i = 0; i < users.count && i < GROUP_CHANGE_NAMED; i++)
		json_append_int(named, users.ids[i]);
	json_set_int(body, "count", (int64_t)users.count);
}

static const struct error *record_row(struct db *db, struct arena *arena, int64_t group_id,
    int64_t actor_id, struct json_object *body, enum stream_weight weight,
    struct group_change *change)
{
	struct json_text text = {json_write(body)};

	TRY(stream_append(
	    db, arena, group_id, actor_id, STREAM_SYSTEM, text, weight, &change->row));
	TRY(db_exec(db, SQL_MARK, PARAMS(P(change->row.seq), P(group_id))));
	return group_load(db, arena, group_id, actor_id, &change->group);
}

const struct error *group_change_record(struct db *db, struct arena *arena, int64_t group_id,
    int64_t actor_id, struct json_object *body, enum stream_weight weight,
    struct group_change *change)
{
	TRY(record_row(db, arena, group_id, actor_id, body, weight, change));
	return conversation_members(db, arena, group_id, &change->members);
}

const struct error *group_changes_record(struct db *db, struct arena *arena, int64_t group_id,
    int64_t actor_id, struct json_object *body, struct group_changes *changes)
{
	struct group_change *change = &changes->list[changes->count++];

	if (change == changes->list)
		return group_change_record(
		    db, arena, group_id, actor_id, body, STREAM_QUIET, change);
	change->members = changes->list[0].members;
	return record_row(db, arena, group_id, actor_id, body, STREAM_QUIET, change);
}

static struct json_object *conversation_event(
    struct request *req, int64_t group_id, struct json_object **conversation)
{
	struct json_object *event = json_new(req->arena);

	*conversation = json_child();
	json_set_text(event, "event", EVENT_CONVERSATION);
	json_set(event, "conversation", *conversation);
	json_set_int(*conversation, "id", group_id);
	json_set_text(*conversation, "kind", "group");
	return event;
}

void group_change_announce(struct request *req, const struct group_change *change)
{
	const struct id_list *members = &change->members;
	int64_t group_id = change->group.id;
	struct json_object *conversation;
	struct json_object *event = conversation_event(req, group_id, &conversation);

	json_set_bool(event, "shared", true);
	json_set(conversation, "group", group_shared_json(&change->group));
	deliver_to_members(req, group_id, members->ids, members->count,
	    json_own(req->arena, stream_event(&change->row)));
	deliver_to_members(req, group_id, members->ids, members->count, event);
}

void group_changes_announce(struct request *req, const struct group_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		group_change_announce(req, &changes->list[i]);
}

void group_change_part(struct request *req, const struct group_change *change, struct id_list users)
{
	struct json_object *conversation;
	struct json_object *event = conversation_event(req, change->group.id, &conversation);

	json_set_bool(conversation, "removed", true);
	json_set_int(conversation, "changed_seq", change->row.seq);
	deliver_to(req, users.ids, users.count, event);
}
