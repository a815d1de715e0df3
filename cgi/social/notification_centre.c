/* Handlers of a person's own notifications. */
#include "notification_centre.h"
#include "deliver.h"
#include "notification.h"
#include "respond.h"

static const struct field notification_mark_fields[] = {
    REQUIRED(struct notification_mark, up_to, 0, INT64_C(1) << 53),
};
const struct record notification_mark_record =
    RECORD(struct notification_mark, notification_mark_fields);

const struct error *notification_centre_list(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct json_object *list;
	int64_t unread;
	bool more;

	TRY(notification_list(req, req->query, &list, &more));
	json_set(answer, "notifications", list);
	json_set_bool(answer, "more", more);
	TRY(notification_unread(req->db, req->user_id, &unread));
	json_set_int(answer, "unread", unread);
	return respond(req, 200, answer);
}

/* Other devices of the same person take the badge away too. */
static void deliver_unread(struct request *req, int64_t up_to, int64_t unread)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_NOTIFICATION);
	json_set_int(event, "read_up_to", up_to);
	json_set_int(event, "unread", unread);
	deliver_to(req, &req->user_id, 1, event);
}

const struct error *notification_centre_read(struct request *req)
{
	const struct notification_mark *mark = req->input;
	struct json_object *answer = json_new(req->arena);
	int64_t unread, read;

	TRY(notification_mark_read(req->db, req->user_id, mark->up_to, &read));
	TRY(notification_unread(req->db, req->user_id, &unread));
	deliver_unread(req, read, unread);
	json_set_int(answer, "unread", unread);
	return respond(req, 200, answer);
}
