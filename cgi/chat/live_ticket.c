/* POST /live-tickets: see lib/event.h for what a ticket holds. */
#include "live_ticket.h"
#include "clock.h"
#include "event.h"
#include "friendship.h"
#include "respond.h"

/* An access token outlives its session for minutes when Redis has forgotten that it ended, but a
 * live connection would outlive both. */
static const char SQL_SESSION[] = "SELECT 1 FROM session JOIN user ON user.id = session.user_id"
				  " WHERE session.id = ? AND session.user_id = ?"
				  " AND session.revoked_at IS NULL AND session.expires_at > ?"
				  " AND user.suspended_at IS NULL AND user.deleted_at IS NULL";

struct pair {
	int64_t conversation_id;
	int64_t peer_id;
};

static const struct field pair_fields[] = {
    OUTPUT(struct pair, conversation_id),
    OUTPUT(struct pair, peer_id),
};
static const struct record pair_record = RECORD(struct pair, pair_fields);

/* wsd needs them to forward "is typing" before a first event has told it of the members.  Who is
 * a friend no longer need not know. */
static const char SQL_PAIRS[] = "SELECT member.conversation_id, peer.user_id AS peer_id FROM member"
				" JOIN conversation ON conversation.id = member.conversation_id"
				" JOIN member peer ON peer.conversation_id = member.conversation_id"
				" AND peer.user_id <> member.user_id"
				" JOIN friendship ON friendship.user_id = member.user_id"
				" AND friendship.friend_id = peer.user_id"
				" WHERE member.user_id = ? AND conversation.kind = 'direct'"
				" ORDER BY conversation.updated_at DESC LIMIT 500";

static const struct error *check_session(struct request *req)
{
	bool alive;

	TRY(db_exists(req->db, &alive, SQL_SESSION,
	    PARAMS(P(req->session_id), P(req->user_id), P(clock_wall_ms()))));
	return alive ? NULL : FAIL(SESSION_ENDED);
}

static const struct error *set_watch(struct request *req, struct json_object *ticket)
{
	struct json_object *watch = json_child_list();
	struct id_list friends;

	json_set(ticket, "watch", watch);
	TRY(friendship_ids(req->db, req->arena, req->user_id, &friends));
	for (size_t i = 0; i < friends.count; i++)
		json_append_int(watch, friends.ids[i]);
	return NULL;
}

static const struct error *set_conversations(struct request *req, struct json_object *ticket)
{
	struct json_object *conversations = json_child_list();
	struct rows pairs;

	json_set(ticket, "conversations", conversations);
	TRY(db_rows(req->db, req->arena, &pair_record, &pairs, SQL_PAIRS, PARAMS(P(req->user_id))));
	for (size_t i = 0; i < pairs.count; i++) {
		const struct pair *pair = ROW(struct pair, &pairs, i);
		struct json_object *entry = json_child_list();

		json_append_int(entry, pair->conversation_id);
		json_append_int(entry, pair->peer_id);
		json_append(conversations, entry);
	}
	return NULL;
}

const struct error *live_ticket_create(struct request *req)
{
	struct json_object *ticket = json_new(req->arena);
	struct json_object *answer = json_new(req->arena);
	const char *name = token_random(req->arena);

	/* Without wsd clients poll. */
	if (req->config->live.url[0] == '\0')
		return FAIL(NOT_FOUND);
	TRY(check_session(req));
	json_set_int(ticket, "user", req->user_id);
	json_set_int(ticket, "session", req->session_id);
	TRY(set_watch(req, ticket));
	TRY(set_conversations(req, ticket));
	if (!redis_set(req->redis, arena_printf(req->arena, EVENT_TICKET_KEY "%s", name),
		json_write(ticket), EVENT_TICKET_SECONDS))
		return FAIL(UNAVAILABLE);
	json_set_text(answer, "ticket", name);
	json_set_text(answer, "url", req->config->live.url);
	json_set_int(answer, "expires_in", EVENT_TICKET_SECONDS);
	return respond(req, 201, answer);
}
