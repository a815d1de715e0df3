/* Conversations: opening direct ones, their members, and their heads as each member sees them. */
#include "conversation.h"
#include "clock.h"
#include "deliver.h"
#include "stream.h"
#include "user.h"
#include <inttypes.h>
#include <stdio.h>

/* The rows of `last` and the card of the peer are nested in JSON, flat in SQL. */
struct conversation_head {
	int64_t id;
	const char *kind;
	int64_t last_seq;
	int64_t unread;
	int64_t mentioned; /* unread messages that mention this member */
	int64_t read_seq;
	int64_t cleared_seq;
	int64_t peer_id;
	int64_t peer_read_seq;
	int64_t peer_delivered_seq;
	bool pinned;
	bool notify;
	bool hidden;
	int64_t updated_at;
	struct message last; /* its seq is absent when there is nothing to show */
};

static const struct field head_fields[] = {
    OUTPUT(struct conversation_head, id),
    OUTPUT(struct conversation_head, kind),
    OUTPUT(struct conversation_head, last_seq),
    OUTPUT(struct conversation_head, unread),
    OUTPUT(struct conversation_head, mentioned),
    OUTPUT(struct conversation_head, read_seq),
    OUTPUT(struct conversation_head, cleared_seq),
    HIDDEN(struct conversation_head, peer_id),
    OUTPUT(struct conversation_head, peer_read_seq),
    OUTPUT(struct conversation_head, peer_delivered_seq),
    OUTPUT(struct conversation_head, pinned),
    OUTPUT(struct conversation_head, notify),
    OUTPUT(struct conversation_head, hidden),
    OUTPUT(struct conversation_head, updated_at),
    MESSAGE_FIELDS(struct conversation_head, last),
};
static const struct record head_record = RECORD(struct conversation_head, head_fields);

#define LAST_MESSAGE MESSAGE_COLUMNS_AS("last")

/* Mentions only set a message apart where more than two people talk.  Only a friend is told how
 * far the other has read. */
#define HEADS                                                                                 \
	"SELECT conversation.id, conversation.kind, conversation.last_seq,"                   \
	" conversation.last_ordinal - member.read_ordinal AS unread, 0 AS mentioned,"         \
	" member.read_seq, member.cleared_seq, peer.user_id AS peer_id,"                      \
	" CASE WHEN friendship.since IS NULL THEN 0 ELSE peer.read_seq END AS peer_read_seq," \
	" CASE WHEN friendship.since IS NULL THEN 0 ELSE peer.delivered_seq END"              \
	" AS peer_delivered_seq,"                                                             \
	" member.pinned, member.notify,"                                                      \
	" COALESCE(member.hidden_seq >= conversation.last_message_seq, 0) AS hidden,"         \
	" conversation.updated_at, " LAST_MESSAGE                                             \
	" FROM member JOIN conversation ON conversation.id = member.conversation_id"          \
	" LEFT JOIN member peer ON conversation.kind = 'direct'"                              \
	" AND peer.conversation_id = member.conversation_id"                                  \
	" AND peer.user_id <> member.user_id"                                                 \
	" LEFT JOIN friendship ON friendship.user_id = member.user_id"                        \
	" AND friendship.friend_id = peer.user_id"                                            \
	" LEFT JOIN message ON message.conversation_id = conversation.id"                     \
	" AND message.seq = conversation.last_message_seq"                                    \
	" AND message.seq > GREATEST(member.join_seq, member.cleared_seq)"

static const char SQL_HEAD[] = HEADS " WHERE member.conversation_id = ? AND member.user_id = ?";

static const char SQL_HEADS[] =
    HEADS " WHERE member.user_id = ?"
	  " AND COALESCE(member.hidden_seq < conversation.last_message_seq, 1)"
	  " ORDER BY conversation.updated_at DESC, conversation.id DESC";

static const char SQL_FIND_DIRECT[] = "SELECT id FROM conversation WHERE direct_key = ?";

static const char SQL_ADD_DIRECT[] =
    "INSERT INTO conversation (kind, direct_key, created_at, updated_at)"
    " VALUES ('direct', ?, ?, ?)";

static const char SQL_ADD_MEMBER[] =
    "INSERT INTO member (conversation_id, user_id, joined_at) VALUES (?, ?, ?)";

static const char SQL_MEMBERS[] =
    "SELECT user_id FROM member WHERE conversation_id = ? ORDER BY user_id";

static const struct error *add_direct(
    struct db *db, int64_t smaller, int64_t larger, const char *key, int64_t *conversation)
{
	int64_t now = clock_wall_ms();

	TRY(db_exec(db, SQL_ADD_DIRECT, PARAMS(P(key), P(now), P(now))));
	*conversation = db_insert_id(db);
	TRY(db_exec(db, SQL_ADD_MEMBER, PARAMS(P(*conversation), P(smaller), P(now))));
	return db_exec(db, SQL_ADD_MEMBER, PARAMS(P(*conversation), P(larger), P(now)));
}

const struct error *conversation_open_direct(
    struct db *db, int64_t user_id, int64_t other_id, int64_t *conversation, bool *created)
{
	int64_t smaller = user_id < other_id ? user_id : other_id;
	int64_t larger = user_id < other_id ? other_id : user_id;
	const struct error *error;
	char buffer[48];
	const char *key = buffer;

	*created = false;
	snprintf(buffer, sizeof(buffer), "%" PRId64 ":%" PRId64, smaller, larger);
	TRY(db_int(db, conversation, SQL_FIND_DIRECT, PARAMS(P(key))));
	if (*conversation != ABSENT)
		return NULL;
	error = add_direct(db, smaller, larger, key, conversation);
	if (error == NULL)
		*created = true;
	/* Somebody else opened it between the two statements. */
	if (error_is(error, FAIL(CONFLICT)))
		return db_int(db, conversation, SQL_FIND_DIRECT, PARAMS(P(key)));
	return error;
}

const struct error *conversation_members(
    struct db *db, struct arena *arena, int64_t conversation, struct id_list *members)
{
	return db_ids(db, arena, members, SQL_MEMBERS, PARAMS(P(conversation)));
}

static const struct error *peers_of(
    struct request *req, const struct rows *heads, struct rows *peers)
{
	int64_t *ids = arena_array(req->arena, heads->count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < heads->count; i++) {
		int64_t peer = ROW(struct conversation_head, heads, i)->peer_id;

		if (peer != ABSENT)
			ids[count++] = peer;
	}
	return user_cards(req, ids, count, peers);
}

static struct json_object *head_json(const struct conversation_head *head, const struct rows *peers)
{
	struct json_object *object = json_record(&head_record, head);
	const struct user_card *peer = user_cards_find(peers, head->peer_id);

	json_set(object, "peer", peer != NULL ? json_record(&user_card_record, peer) : NULL);
	json_set(object, "last_message",
	    head->last.seq != ABSENT ? json_record(&message_record, &head->last) : NULL);
	return object;
}

const struct error *conversation_head(
    struct request *req, int64_t user_id, int64_t conversation, struct json_object **head)
{
	struct rows rows, peers;

	TRY(db_rows(req->db, req->arena, &head_record, &rows, SQL_HEAD,
	    PARAMS(P(conversation), P(user_id))));
	if (rows.count == 0)
		return FAIL(NOT_MEMBER);
	TRY(peers_of(req, &rows, &peers));
	*head = head_json(ROW(struct conversation_head, &rows, 0), &peers);
	return NULL;
}

const struct error *conversation_heads(
    struct request *req, int64_t user_id, struct json_object **heads)
{
	struct rows rows, peers;

	TRY(db_rows(req->db, req->arena, &head_record, &rows, SQL_HEADS, PARAMS(P(user_id))));
	TRY(peers_of(req, &rows, &peers));
	*heads = json_child_list();
	for (size_t i = 0; i < rows.count; i++)
		json_append(*heads, head_json(ROW(struct conversation_head, &rows, i), &peers));
	return NULL;
}

const struct error *conversation_deliver(
    struct request *req, int64_t conversation, const int64_t *users, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct json_object *event = json_new(req->arena);
		struct json_object *head;

		TRY(conversation_head(req, users[i], conversation, &head));
		json_set_text(event, "event", EVENT_CONVERSATION);
		json_set(event, "conversation", head);
		deliver_to(req, &users[i], 1, event);
	}
	return NULL;
}
