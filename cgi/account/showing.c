/* Live connections follow what somebody shows.  Who cannot see it anyway, because they hide their
 * own, is not told. */
#include "showing.h"
#include "deliver.h"

/* {"event":"receipt","user_id":…,"shown":…} */
static const struct error *tell_receipts(struct request *req, bool shown)
{
	struct json_object *event = json_new(req->arena);
	struct id_list friends;

	TRY(openness_receipt_friends(req->db, req->arena, req->user_id, &friends));
	json_set_text(event, "event", EVENT_RECEIPT);
	json_set_int(event, "user_id", req->user_id);
	json_set_bool(event, "shown", shown);
	deliver_to(req, friends.ids, friends.count, event);
	return NULL;
}

static const struct error *tell_presence(struct request *req, bool shown)
{
	struct json_object *event = json_new(req->arena);
	struct id_list friends;

	TRY(openness_present_friends(req->db, req->arena, req->user_id, &friends));
	if (shown) {
		for (size_t i = 0; i < friends.count; i++) {
			deliver_watch(req, req->user_id, friends.ids[i], true);
			deliver_watch(req, friends.ids[i], req->user_id, true);
		}
		return NULL;
	}
	/* What they saw last is true no longer. */
	json_set_text(event, "event", EVENT_PRESENCE);
	json_set_int(event, "user_id", req->user_id);
	json_set_bool(event, "online", false);
	json_set(event, "last_seen_at", NULL);
	deliver_to(req, friends.ids, friends.count, event);
	return NULL;
}

const struct error *showing_tell(
    struct request *req, const struct openness *before, const struct profile *now)
{
	if (before->sends_typing != now->sends_typing)
		deliver_shows(req, EVENT_SHOWS_TYPING, now->sends_typing);
	if (before->shows_presence != now->shows_presence) {
		deliver_shows(req, EVENT_SHOWS_PRESENCE, now->shows_presence);
		TRY(tell_presence(req, now->shows_presence));
	}
	if (before->sends_read_receipts != now->sends_read_receipts)
		return tell_receipts(req, now->sends_read_receipts);
	return NULL;
}
