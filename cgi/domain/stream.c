/* The stream of a conversation: its rows, and those that the programs write themselves. */
#include "stream.h"
#include "clock.h"
#include "event.h"

static const struct field message_fields[] = {
    OUTPUT(struct message, conversation_id),
    OUTPUT(struct message, seq),
    OUTPUT(struct message, ordinal),
    OUTPUT(struct message, sender_id),
    OUTPUT(struct message, client_key),
    OUTPUT(struct message, kind),
    OUTPUT(struct message, body),
    OUTPUT(struct message, reply_to),
    OUTPUT(struct message, mentions),
    OUTPUT(struct message, created_at),
    OUTPUT(struct message, edited_at),
    OUTPUT(struct message, recalled_at),
    OUTPUT(struct message, changed_seq),
    OUTPUT(struct message, pinned_at),
    OUTPUT(struct message, reactions),
    OUTPUT(struct message, hidden),
};
const struct record message_record = RECORD(struct message, message_fields);

struct stream_head {
	int64_t last_seq;
	int64_t last_ordinal;
};

static const struct field stream_head_fields[] = {
    OUTPUT(struct stream_head, last_seq),
    OUTPUT(struct stream_head, last_ordinal),
};
static const struct record stream_head_record = RECORD(struct stream_head, stream_head_fields);

static const char SQL_LOCK[] =
    "SELECT last_seq, last_ordinal FROM conversation WHERE id = ? FOR UPDATE";

static const char SQL_INSERT[] =
    "INSERT INTO message"
    " (conversation_id, seq, ordinal, sender_id, client_key, kind, body, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

static const char SQL_ADVANCE_QUIETLY[] = "UPDATE conversation SET last_seq = ? WHERE id = ?";

static const char SQL_ADVANCE[] =
    "UPDATE conversation SET last_seq = ?, last_ordinal = ?, last_message_seq = ?, updated_at = ?"
    " WHERE id = ?";

static const char SQL_READ_OWN[] =
    "UPDATE member SET read_seq = ?, read_ordinal = ?, delivered_seq = ?, marked_unread = 0"
    " WHERE conversation_id = ? AND user_id = ?";

static const struct error *store(
    struct db *db, const struct message *row, enum stream_weight weight)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(row->conversation_id), P(row->seq), P(row->ordinal), P(row->sender_id),
		P(row->client_key), P(row->kind), P(row->body), P(row->created_at))));
	if (weight == STREAM_QUIET)
		return db_exec(
		    db, SQL_ADVANCE_QUIETLY, PARAMS(P(row->seq), P(row->conversation_id)));
	TRY(db_exec(db, SQL_ADVANCE,
	    PARAMS(P(row->seq), P(row->ordinal), P(row->seq), P(row->created_at),
		P(row->conversation_id))));
	return db_exec(db, SQL_READ_OWN,
	    PARAMS(P(row->seq), P(row->ordinal), P(row->seq), P(row->conversation_id),
		P(row->sender_id)));
}

const struct error *stream_append(struct db *db, struct arena *arena, int64_t conversation,
    int64_t actor_id, const char *kind, struct json_text body, enum stream_weight weight,
    struct message *message)
{
	struct stream_head head;
	int64_t seq;

	TRY(db_one(db, arena, &stream_head_record, &head, SQL_LOCK, PARAMS(P(conversation))));
	seq = head.last_seq + 1;
	*message = (struct message){
	    .conversation_id = conversation,
	    .seq = seq,
	    .ordinal = head.last_ordinal + (weight == STREAM_COUNTED),
	    .sender_id = actor_id,
	    /* No client may send a "~", so this cannot meet a key of the actor's own. */
	    .client_key = arena_printf(arena, "~%lld", (long long)seq),
	    .kind = kind,
	    .body = body,
	    .reply_to = ABSENT,
	    .mentions = {"[]"},
	    .created_at = clock_wall_ms(),
	    .edited_at = ABSENT,
	    .recalled_at = ABSENT,
	    .changed_seq = ABSENT,
	    .pinned_at = ABSENT,
	    .reactions = {"[]"},
	};
	return store(db, message, weight);
}

struct json_object *stream_event(const struct message *message)
{
	struct json_object *event = json_record(&message_record, message);

	json_set_text(event, "event", EVENT_MESSAGE);
	return event;
}
