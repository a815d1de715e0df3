/* The SQL of pins. */
#include "pin_store.h"
#include "message_view.h"

static const char SQL_COUNT[] = "SELECT COUNT(*) FROM pin WHERE conversation_id = ?";

static const char SQL_ADD[] = "INSERT INTO pin (conversation_id, seq, pin_seq) VALUES (?, ?, ?)";

static const char SQL_REMOVE[] = "DELETE FROM pin WHERE conversation_id = ? AND seq = ?";

static const char SQL_MESSAGES[] =
    "SELECT " MESSAGE_COLUMNS " FROM pin STRAIGHT_JOIN message FORCE INDEX (PRIMARY)"
    " ON message.conversation_id = pin.conversation_id"
    " AND message.seq = pin.seq" MESSAGE_HIDDEN_FROM(
	"?") " WHERE pin.conversation_id = ? AND pin.seq > ? AND hidden_message.seq IS NULL"
	     " ORDER BY pin.pin_seq DESC";

const struct error *pin_count(struct db *db, int64_t conversation, int64_t *count)
{
	return db_int(db, count, SQL_COUNT, PARAMS(P(conversation)));
}

const struct error *pin_add(struct db *db, const struct message *target, const struct message *row)
{
	return db_exec(
	    db, SQL_ADD, PARAMS(P(target->conversation_id), P(target->seq), P(row->seq)));
}

const struct error *pin_remove(struct db *db, const struct message *target)
{
	return db_exec(db, SQL_REMOVE, PARAMS(P(target->conversation_id), P(target->seq)));
}

const struct error *pin_messages(
    struct request *req, int64_t conversation, int64_t floor, struct rows *messages)
{
	TRY(db_rows(req->db, req->arena, &message_record, messages, SQL_MESSAGES,
	    PARAMS(P(req->user_id), P(conversation), P(floor))));
	return message_view_rows(req, messages);
}
