/* GET /sync: the heads of all conversations and the counters, cheap to ask for again. */
#include "sync.h"
#include "clock.h"
#include "conversation.h"
#include "moment_feed.h"
#include "notification.h"
#include "poll_file.h"
#include "presence.h"
#include "respond.h"

/* What was said to the caller, and whether there is anything new to look at. */
static const struct error *tell_moments(struct request *req, struct json_object *answer)
{
	int64_t unread;
	bool fresh;

	TRY(moment_feed_unread(req->db, req->user_id, &unread));
	TRY(moment_feed_fresh(req->db, req->user_id, &fresh));
	json_set_int(answer, "moments_unread", unread);
	json_set_bool(answer, "moments_new", fresh);
	return NULL;
}

const struct error *sync_show(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct json_object *heads;
	const char *version;
	int64_t unread;

	/* Every client syncs now and then, whatever else it has: that is how it is last seen. */
	TRY(presence_seen(req));
	TRY(notification_unread(req->db, req->user_id, &unread));
	TRY(conversation_heads(req, req->user_id, &heads));
	json_set(answer, "conversations", heads);
	json_set_int(answer, "notifications_unread", unread);
	TRY(tell_moments(req, answer));
	json_set_text(
	    answer, "poll_url", poll_file_url(req->config, req->keys, req->arena, req->user_id));
	json_set_int(answer, "edit_window", req->config->chat.edit_window);
	json_set_int(answer, "recall_window", req->config->chat.recall_window);
	version = arena_text(req->arena, json_write(answer));
	json_set_int(answer, "server_time", clock_wall_ms());
	return respond_versioned(req, answer, version);
}
