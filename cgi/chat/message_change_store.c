/* The SQL of changing messages: one row each, found by its key. */
#include "message_change_store.h"

static const char SQL_TARGET[] =
    "SELECT " MESSAGE_COLUMNS ", " MESSAGE_HIDDEN " FROM message" MESSAGE_HIDDEN_FROM(
	"?") " WHERE message.conversation_id = ? AND message.seq = ? AND message.seq > ?";

static const char SQL_SAVE[] =
    "UPDATE message SET body = ?, mentions = ?, edited_at = ?, recalled_at = ?, changed_seq = ?,"
    " pinned_at = ?, reactions = ? WHERE conversation_id = ? AND seq = ?";

static const char SQL_FORGET_MENTIONS[] =
    "DELETE mention FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
    " STRAIGHT_JOIN mention ON mention.conversation_id = ? AND mention.user_id = wanted.id"
    " AND mention.seq = ?";

const struct error *message_target(
    struct request *req, int64_t conversation, int64_t seq, int64_t floor, struct message *target)
{
	return db_one(req->db, req->arena, &message_record, target, SQL_TARGET,
	    PARAMS(P(req->user_id), P(conversation), P(seq), P(floor)));
}

const struct error *message_target_save(struct db *db, const struct message *target)
{
	return db_exec(db, SQL_SAVE,
	    PARAMS(P(target->body), P(target->mentions), P(target->edited_at),
		P(target->recalled_at), P(target->changed_seq), P(target->pinned_at),
		P(target->reactions), P(target->conversation_id), P(target->seq)));
}

const struct error *message_forget_mentions(struct db *db, const struct message *message)
{
	return db_exec(db, SQL_FORGET_MENTIONS,
	    PARAMS(P(message->mentions), P(message->conversation_id), P(message->seq)));
}
