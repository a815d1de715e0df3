/* The SQL of a batch.
 *
 * A batch travels as JSON in one parameter for a statement, so that every statement is a
 * constant; STRAIGHT_JOIN and FORCE INDEX make the server walk that list and look up by key,
 * whatever it thinks of the tables' sizes: it must not lock what nobody asked for. */
#include "send_batch_store.h"

static const struct field locked_fields[] = {
    OUTPUT(struct send_locked, id),
    OUTPUT(struct send_locked, last_seq),
    OUTPUT(struct send_locked, last_ordinal),
};
static const struct record locked_record = RECORD(struct send_locked, locked_fields);

static const char SQL_LOCK[] =
    "SELECT conversation.id, conversation.last_seq, conversation.last_ordinal"
    " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
    " STRAIGHT_JOIN conversation FORCE INDEX (PRIMARY) ON conversation.id = wanted.id"
    " FOR UPDATE";

static const struct field standing_fields[] = {
    OUTPUT(struct send_standing, draft),
    OUTPUT(struct send_standing, floor),
    OUTPUT(struct send_standing, peer_id),
    OUTPUT(struct send_standing, friends),
    MESSAGE_FIELDS(struct send_standing, stored),
};
static const struct record standing_record = RECORD(struct send_standing, standing_fields);

/* Who asks for what: the parameter of SQL_STANDING. */
static const struct field wanted_fields[] = {
    OUTPUT(struct message, conversation_id),
    OUTPUT(struct message, sender_id),
    OUTPUT(struct message, client_key),
};
static const struct record wanted_record = RECORD(struct message, wanted_fields);

#define STORED_MESSAGE MESSAGE_COLUMNS_AS("stored")

static const char SQL_STANDING[] =
    "SELECT wanted.draft, GREATEST(member.join_seq, member.cleared_seq) AS floor,"
    " peer.user_id AS peer_id, friendship.user_id IS NOT NULL AS friends, " STORED_MESSAGE
    " FROM JSON_TABLE(?, '$[*]' COLUMNS (draft FOR ORDINALITY,"
    " conversation_id BIGINT PATH '$.conversation_id', sender_id BIGINT PATH '$.sender_id',"
    " client_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$.client_key')) wanted"
    " STRAIGHT_JOIN member FORCE INDEX (PRIMARY)"
    " ON member.conversation_id = wanted.conversation_id AND member.user_id = wanted.sender_id"
    " LEFT JOIN member peer FORCE INDEX (PRIMARY)"
    " ON peer.conversation_id = wanted.conversation_id AND peer.user_id <> wanted.sender_id"
    " LEFT JOIN friendship FORCE INDEX (PRIMARY)"
    " ON friendship.user_id = wanted.sender_id AND friendship.friend_id = peer.user_id"
    " LEFT JOIN message FORCE INDEX (client_key)"
    " ON message.conversation_id = wanted.conversation_id"
    " AND message.sender_id = wanted.sender_id AND message.client_key = wanted.client_key";

static const struct field inserted_fields[] = {
    OUTPUT(struct message, conversation_id),
    OUTPUT(struct message, seq),
    OUTPUT(struct message, ordinal),
    OUTPUT(struct message, sender_id),
    OUTPUT(struct message, client_key),
    OUTPUT(struct message, kind),
    OUTPUT(struct message, body.text),
    OUTPUT(struct message, reply_to),
    OUTPUT(struct message, mentions.text),
    OUTPUT(struct message, created_at),
};
static const struct record inserted_record = RECORD(struct message, inserted_fields);

static const char SQL_INSERT[] =
    "INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind, body,"
    " reply_to, mentions, created_at)"
    " SELECT conversation_id, seq, ordinal, sender_id, client_key, kind, body, reply_to,"
    " mentions, created_at"
    " FROM JSON_TABLE(?, '$[*]' COLUMNS (conversation_id BIGINT PATH '$.conversation_id',"
    " seq BIGINT PATH '$.seq', ordinal BIGINT PATH '$.ordinal',"
    " sender_id BIGINT PATH '$.sender_id', client_key VARCHAR(64) PATH '$.client_key',"
    " kind VARCHAR(10) PATH '$.kind', body LONGTEXT PATH '$.\"body.text\"',"
    " reply_to BIGINT PATH '$.reply_to', mentions TEXT PATH '$.\"mentions.text\"',"
    " created_at BIGINT PATH '$.created_at')) sent";

static const struct field advance_fields[] = {
    OUTPUT(struct send_advance, conversation_id),
    OUTPUT(struct send_advance, last_seq),
    OUTPUT(struct send_advance, last_ordinal),
    OUTPUT(struct send_advance, sender_id),
    OUTPUT(struct send_advance, read_seq),
    OUTPUT(struct send_advance, read_ordinal),
    OUTPUT(struct send_advance, updated_at),
};
const struct record send_advance_record = RECORD(struct send_advance, advance_fields);

/* One statement for both tables: a list costs the server more than a row. */
static const char SQL_ADVANCE[] =
    "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (conversation_id BIGINT PATH '$.conversation_id',"
    " last_seq BIGINT PATH '$.last_seq', last_ordinal BIGINT PATH '$.last_ordinal',"
    " sender_id BIGINT PATH '$.sender_id', read_seq BIGINT PATH '$.read_seq',"
    " read_ordinal BIGINT PATH '$.read_ordinal',"
    " updated_at BIGINT PATH '$.updated_at')) advance"
    " STRAIGHT_JOIN conversation FORCE INDEX (PRIMARY)"
    " ON conversation.id = advance.conversation_id"
    " STRAIGHT_JOIN member FORCE INDEX (PRIMARY)"
    " ON member.conversation_id = advance.conversation_id"
    " AND member.user_id = advance.sender_id"
    " SET conversation.last_seq = advance.last_seq,"
    " conversation.last_ordinal = advance.last_ordinal,"
    " conversation.last_message_seq = advance.last_seq,"
    " conversation.updated_at = advance.updated_at,"
    " member.read_seq = advance.read_seq, member.read_ordinal = advance.read_ordinal,"
    " member.delivered_seq = advance.read_seq";

static const char *as_json(struct arena *arena, const struct rows *rows)
{
	return json_write(json_own(arena, json_list(rows)));
}

const struct error *send_batch_read(struct db *db, struct arena *arena,
    const struct id_list *conversations, const struct rows *messages, struct rows *locked,
    struct rows *standings)
{
	const char *ids = json_ids(arena, conversations->ids, conversations->count);
	struct rows wanted = {&wanted_record, messages->items, messages->count};
	const struct db_step steps[] = {
	    {"START TRANSACTION", NO_PARAMS, NULL, NULL},
	    {SQL_LOCK, PARAMS(P(ids)), &locked_record, locked},
	    {SQL_STANDING, PARAMS(P(as_json(arena, &wanted))), &standing_record, standings},
	};

	return db_run(db, arena, steps, sizeof(steps) / sizeof(steps[0]));
}

const struct error *send_batch_write(
    struct db *db, struct arena *arena, const struct rows *messages, const struct rows *advances)
{
	struct rows inserted = {&inserted_record, messages->items, messages->count};
	const struct db_step steps[] = {
	    {SQL_INSERT, PARAMS(P(as_json(arena, &inserted))), NULL, NULL},
	    {SQL_ADVANCE, PARAMS(P(as_json(arena, advances))), NULL, NULL},
	    {"COMMIT", NO_PARAMS, NULL, NULL},
	};

	return db_run(db, arena, steps, sizeof(steps) / sizeof(steps[0]));
}
