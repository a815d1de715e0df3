/* POST /live-tickets: see lib/event.h for what a ticket holds. */
#include "live_ticket.h"
#include "clock.h"
#include "conversation.h"
#include "event.h"
#include "openness.h"
#include "respond.h"

/* An access token outlives its session for minutes when Redis has forgotten that it ended, but a
 * live connection would outlive both. */
static const char SQL_SESSION[] = "SELECT 1 FROM session JOIN user ON user.id = session.user_id"
				  " WHERE session.id = ? AND session.user_id = ?"
				  " AND session.revoked_at IS NULL AND session.expires_at > ?"
				  " AND user.suspended_at IS NULL AND user.deleted_at IS NULL";

struct place {
	int64_t conversation_id;
	int64_t user_id;
};

static const struct field place_fields[] = {
    OUTPUT(struct place, conversation_id),
    OUTPUT(struct place, user_id),
};
static const struct record place_record = RECORD(struct place, place_fields);

/* wsd needs them to forward "is typing" before a first event has told it of the members.  Who is
 * a friend no longer, or blocked, need not know. */
static const char SQL_DIRECT[] =
    "SELECT STRAIGHT_JOIN member.conversation_id, friendship.friend_id AS user_id FROM member"
    " STRAIGHT_JOIN conversation ON conversation.id = member.conversation_id" CONVERSATION_PEER
    "WHERE member.user_id = ? AND friendship.friend_id IS NOT NULL"
    " ORDER BY conversation.updated_at DESC LIMIT 500";

/* Those with the latest messages: with 50 people in each, a ticket has to end somewhere. */
static const char SQL_CIRCLES[] =
    "SELECT member.conversation_id, member.user_id FROM"
    " (SELECT conversation.id FROM member STRAIGHT_JOIN chat_group"
    " ON chat_group.id = member.conversation_id AND chat_group.member_count BETWEEN 2 AND ?"
    " AND chat_group.dissolved_at IS NULL"
    " STRAIGHT_JOIN conversation ON conversation.id = chat_group.id"
    " WHERE member.user_id = ? ORDER BY conversation.updated_at DESC LIMIT 100) circle"
    " STRAIGHT_JOIN member ON member.conversation_id = circle.id"
    " ORDER BY member.conversation_id, member.user_id";

static const struct error *check_session(struct request *req)
{
	bool alive;

	TRY(db_exists(req->db, &alive, SQL_SESSION,
	    PARAMS(P(req->session_id), P(req->user_id), P(clock_wall_ms()))));
	return alive ? NULL : FAIL(SESSION_ENDED);
}

static const struct error *set_openness(struct request *req, struct json_object *ticket)
{
	struct json_object *watch = json_child_list();
	struct openness openness;
	struct id_list friends;

	json_set(ticket, "watch", watch);
	TRY(openness_load(req->db, req->arena, req->user_id, &openness));
	json_set_int(ticket, "typing", openness.sends_typing);
	if (!openness.shows_presence)
		return NULL;
	TRY(openness_present_friends(req->db, req->arena, req->user_id, &friends));
	for (size_t i = 0; i < friends.count; i++)
		json_append_int(watch, friends.ids[i]);
	return NULL;
}

/* [conversation, user …]: rows of one conversation follow each other. */
static void append_places(struct json_object *conversations, const struct rows *places)
{
	struct json_object *entry = NULL;
	int64_t conversation = ABSENT;

	for (size_t i = 0; i < places->count; i++) {
		const struct place *place = ROW(struct place, places, i);

		if (entry == NULL || place->conversation_id != conversation) {
			conversation = place->conversation_id;
			entry = json_child_list();
			json_append(conversations, entry);
			json_append_int(entry, conversation);
		}
		json_append_int(entry, place->user_id);
	}
}

static const struct error *set_conversations(struct request *req, struct json_object *ticket)
{
	struct json_object *conversations = json_child_list();
	struct rows places;

	json_set(ticket, "conversations", conversations);
	TRY(db_rows(
	    req->db, req->arena, &place_record, &places, SQL_DIRECT, PARAMS(P(req->user_id))));
	append_places(conversations, &places);
	TRY(db_rows(req->db, req->arena, &place_record, &places, SQL_CIRCLES,
	    PARAMS(P(EVENT_TYPING_MAX), P(req->user_id))));
	append_places(conversations, &places);
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
	TRY(set_openness(req, ticket));
	TRY(set_conversations(req, ticket));
	if (!redis_set(req->redis, arena_printf(req->arena, EVENT_TICKET_KEY "%s", name),
		json_write(ticket), EVENT_TICKET_SECONDS))
		return FAIL(UNAVAILABLE);
	json_set_text(answer, "ticket", name);
	json_set_text(answer, "url", req->config->live.url);
	json_set_int(answer, "expires_in", EVENT_TICKET_SECONDS);
	return respond(req, 201, answer);
}
