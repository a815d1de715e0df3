/* The SQL of what a member changes about a conversation for themselves alone. */
#include "my_conversation_store.h"

static const char SQL_CHANGE[] =
    "UPDATE member SET pinned = COALESCE(?, pinned), notify = COALESCE(?, notify),"
    " hidden_seq = CASE ? WHEN 1 THEN (SELECT last_message_seq FROM conversation"
    " WHERE id = member.conversation_id) WHEN 0 THEN NULL ELSE hidden_seq END,"
    " cleared_seq = GREATEST(cleared_seq, LEAST(COALESCE(?, 0), (SELECT last_seq"
    " FROM conversation WHERE id = member.conversation_id)))"
    " WHERE conversation_id = ? AND user_id = ?";

static const char SQL_UNHIDE[] =
    "UPDATE member SET hidden_seq = NULL"
    " WHERE conversation_id = ? AND user_id = ? AND hidden_seq IS NOT NULL";

const struct error *my_conversation_store(
    struct request *req, int64_t conversation, const struct conversation_change *change)
{
	return db_exec(req->db, SQL_CHANGE,
	    PARAMS(P(change->pinned), P(change->notify), P(change->hidden), P(change->cleared_seq),
		P(conversation), P(req->user_id)));
}

const struct error *my_conversation_unhide(struct request *req, int64_t conversation, bool *changed)
{
	TRY(db_exec(req->db, SQL_UNHIDE, PARAMS(P(conversation), P(req->user_id))));
	*changed = db_affected(req->db) > 0;
	return NULL;
}
