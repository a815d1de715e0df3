/* The SQL of receipts. */
#include "receipt_store.h"
#include "conversation.h"

static const struct field receipt_fields[] = {
    OUTPUT(struct receipt, conversation_id),
    OUTPUT(struct receipt, read_seq),
};
static const struct record receipt_record = RECORD(struct receipt, receipt_fields);

static const struct field position_fields[] = {
    OUTPUT(struct position, conversation_id),
    HIDDEN(struct position, kind),
    OUTPUT(struct position, last_seq),
    OUTPUT(struct position, delivered_seq),
    OUTPUT(struct position, read_seq),
    OUTPUT(struct position, read_ordinal),
    OUTPUT(struct position, target_ordinal),
    OUTPUT(struct position, peer_id),
    OUTPUT(struct position, tells),
    OUTPUT(struct position, unmarks),
};
static const struct record position_record = RECORD(struct position, position_fields);

static const char SQL_POSITIONS[] =
    "SELECT member.conversation_id, conversation.kind, conversation.last_seq,"
    " member.delivered_seq, member.read_seq, member.read_ordinal,"
    " message.ordinal AS target_ordinal, friendship.friend_id AS peer_id,"
    " COALESCE(self.sends_read_receipts = 1 AND other.sends_read_receipts = 1, 0) AS tells"
    " FROM JSON_TABLE(?, '$[*]' COLUMNS (conversation_id BIGINT PATH '$.conversation_id',"
    " read_seq BIGINT PATH '$.read_seq')) receipt"
    " STRAIGHT_JOIN member ON member.conversation_id = receipt.conversation_id"
    " AND member.user_id = ?"
    " STRAIGHT_JOIN conversation ON conversation.id = receipt.conversation_id" CONVERSATION_PEER
	CONVERSATION_READING
    " LEFT JOIN message ON message.conversation_id = receipt.conversation_id"
    " AND message.seq = LEAST(receipt.read_seq, conversation.last_seq)"
    " ORDER BY member.conversation_id";

/* Only rows of `member` are locked: a plain read has found the numbers, so that nobody who reads
 * has to wait for those who send. */
static const char SQL_MOVE[] =
    "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (conversation_id BIGINT PATH '$.conversation_id',"
    " delivered_seq BIGINT PATH '$.delivered_seq', read_seq BIGINT PATH '$.read_seq',"
    " read_ordinal BIGINT PATH '$.read_ordinal', unmarks INT PATH '$.unmarks')) moved"
    " STRAIGHT_JOIN member FORCE INDEX (PRIMARY)"
    " ON member.conversation_id = moved.conversation_id AND member.user_id = ?"
    " SET member.delivered_seq = GREATEST(member.delivered_seq, moved.delivered_seq),"
    " member.read_seq = GREATEST(member.read_seq, moved.read_seq),"
    " member.read_ordinal = GREATEST(member.read_ordinal, moved.read_ordinal),"
    " member.marked_unread = CASE moved.unmarks WHEN 1 THEN 0 ELSE member.marked_unread END";

static const char *as_json(
    struct arena *arena, const struct record *record, const struct rows *items)
{
	struct rows rows = {record, items->items, items->count};

	return json_write(json_own(arena, json_list(&rows)));
}

const struct error *receipt_positions(
    struct request *req, const struct rows *receipts, struct rows *positions)
{
	return db_rows(req->db, req->arena, &position_record, positions, SQL_POSITIONS,
	    PARAMS(P(as_json(req->arena, &receipt_record, receipts)), P(req->user_id)));
}

const struct error *receipt_move(struct request *req, const struct rows *positions)
{
	return db_exec(req->db, SQL_MOVE,
	    PARAMS(P(as_json(req->arena, &position_record, positions)), P(req->user_id)));
}
