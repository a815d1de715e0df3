/* The SQL of what a member changes about a conversation for themselves alone. */
#include "my_conversation_store.h"
#include "clock.h"

static const char SQL_CHANGE[] =
    "UPDATE member SET pinned = COALESCE(?, pinned), notify = COALESCE(?, notify),"
    " hidden_seq = CASE ? WHEN 1 THEN (SELECT last_message_seq FROM conversation"
    " WHERE id = member.conversation_id) WHEN 0 THEN NULL ELSE hidden_seq END,"
    " marked_unread = COALESCE(?, marked_unread),"
    " cleared_seq = GREATEST(cleared_seq, LEAST(COALESCE(?, 0), (SELECT last_seq"
    " FROM conversation WHERE id = member.conversation_id)))"
    " WHERE conversation_id = ? AND user_id = ?";

/* Its time only rises: devices take the later one of two. */
static const char SQL_KEEP[] = "UPDATE member SET draft_text = ?, draft_reply_to = ?,"
			       " draft_updated_at = GREATEST(draft_updated_at + 1, ?)"
			       " WHERE conversation_id = ? AND user_id = ?";

static const char SQL_UNHIDE[] =
    "UPDATE member SET hidden_seq = NULL"
    " WHERE conversation_id = ? AND user_id = ? AND hidden_seq IS NOT NULL";

const struct error *my_conversation_store(
    struct request *req, int64_t conversation, const struct conversation_change *change)
{
	return db_exec(req->db, SQL_CHANGE,
	    PARAMS(P(change->pinned), P(change->notify), P(change->hidden),
		P(change->marked_unread), P(change->cleared_seq), P(conversation),
		P(req->user_id)));
}

const struct error *my_conversation_keep(
    struct request *req, int64_t conversation, const struct unsent *unsent)
{
	bool empty = unsent->text[0] == '\0';
	const char *text = empty ? NULL : unsent->text;
	int64_t reply_to = empty ? ABSENT : unsent->reply_to;

	return db_exec(req->db, SQL_KEEP,
	    PARAMS(P(text), P(reply_to), P(clock_wall_ms()), P(conversation), P(req->user_id)));
}

const struct error *my_conversation_unhide(struct request *req, int64_t conversation, bool *changed)
{
	TRY(db_exec(req->db, SQL_UNHIDE, PARAMS(P(conversation), P(req->user_id))));
	*changed = db_affected(req->db) > 0;
	return NULL;
}
