/* The SQL of recalls and of what people hide from themselves. */
#include "message_recall_store.h"

static const char SQL_OWNS[] = "SELECT 1 FROM chat_group WHERE id = ? AND owner_id = ?";

static const char SQL_HIDE[] =
    "INSERT INTO hidden_message (conversation_id, user_id, seq) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE seq = VALUES(seq)";

const struct error *message_sender_owns(
    struct db *db, int64_t group_id, int64_t user_id, bool *owns)
{
	return db_exists(db, owns, SQL_OWNS, PARAMS(P(group_id), P(user_id)));
}

const struct error *message_hide(struct request *req, const struct message *target, bool *changed)
{
	TRY(db_exec(req->db, SQL_HIDE,
	    PARAMS(P(target->conversation_id), P(req->user_id), P(target->seq))));
	*changed = db_affected(req->db) > 0;
	return NULL;
}
