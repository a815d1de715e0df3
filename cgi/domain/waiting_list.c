/* Live events about lists of what waits for an answer. */
#include "waiting_list.h"
#include "deliver.h"

static struct json_object *event_about(struct request *req, const char *list)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_NOTIFICATION);
	json_set_text(event, "changed", list);
	return event;
}

void waiting_list_tell_friends(struct request *req, struct id_list users)
{
	deliver_to(req, users.ids, users.count, event_about(req, "friend_requests"));
}

void waiting_list_tell_invited(struct request *req, struct id_list users)
{
	deliver_to(req, users.ids, users.count, event_about(req, "group_invitations"));
}

void waiting_list_tell_judges(struct request *req, int64_t group_id, struct id_list judges)
{
	struct json_object *event = event_about(req, "join_requests");

	json_set_int(event, "group_id", group_id);
	deliver_to(req, judges.ids, judges.count, event);
}
