/* The SQL of who has read a message: the positions of the members, by their key. */
#include "readers_store.h"

static const struct field reader_fields[] = {
    HIDDEN(struct reader, user_id),
    OUTPUT(struct reader, state),
    HIDDEN(struct reader, tells),
};
const struct record reader_record = RECORD(struct reader, reader_fields);

static const char SQL_SIZE[] =
    "SELECT COALESCE(chat_group.member_count, 2) FROM conversation"
    " LEFT JOIN chat_group ON chat_group.id = conversation.id WHERE conversation.id = ?";

/* Whoever came later has nothing to read, or counts as having read all of it.  Between two people
 * the rules are those of CONVERSATION_PEER. */
static const char SQL_READERS[] =
    "SELECT member.user_id, CASE WHEN member.read_seq >= ? THEN 'read'"
    " WHEN member.delivered_seq >= ? THEN 'delivered' ELSE 'sent' END AS state,"
    " user.sends_read_receipts = 1 AND own.user_id IS NULL AND theirs.user_id IS NULL"
    " AND (conversation.kind = 'group' OR friendship.since IS NOT NULL) AS tells"
    " FROM conversation STRAIGHT_JOIN member ON member.conversation_id = conversation.id"
    " STRAIGHT_JOIN user ON user.id = member.user_id"
    " LEFT JOIN block own FORCE INDEX (PRIMARY) ON own.user_id = ?"
    " AND own.blocked_id = member.user_id"
    " LEFT JOIN block theirs FORCE INDEX (PRIMARY) ON theirs.user_id = member.user_id"
    " AND theirs.blocked_id = ?"
    " LEFT JOIN friendship ON friendship.user_id = CASE conversation.kind WHEN 'direct' THEN ? END"
    " AND friendship.friend_id = member.user_id"
    " WHERE conversation.id = ? AND member.user_id <> ? AND member.joined_at <= ?"
    " ORDER BY member.user_id";

const struct error *readers_size(struct request *req, int64_t conversation, int64_t *size)
{
	return db_int(req->db, size, SQL_SIZE, PARAMS(P(conversation)));
}

const struct error *readers_of(
    struct request *req, const struct message *message, struct rows *readers)
{
	int64_t me = req->user_id;

	return db_rows(req->db, req->arena, &reader_record, readers, SQL_READERS,
	    PARAMS(P(message->seq), P(message->seq), P(me), P(me), P(me),
		P(message->conversation_id), P(me), P(message->created_at)));
}
