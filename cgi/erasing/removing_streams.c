/* What the person keeps in conversations, and the conversations with people who are erased as well.
 * Whichever of the two comes second finds the other gone. */
#include "erasing_step.h"

#define REMOVE(table)                                             \
	{                                                         \
		"DELETE FROM " table " WHERE conversation_id = ?" \
		" LIMIT " ERASING_PAGE,                           \
		    1, true                                       \
	}

/* Messages last: as long as there are any, the conversation is found again. */
static const struct sweep stream_sweeps[] = {
    REMOVE("media_use"),
    REMOVE("message_edit"),
    REMOVE("reaction"),
    REMOVE("pin"),
    REMOVE("hidden_message"),
    REMOVE("mention"),
    REMOVE("search_block"),
    REMOVE("message"),
    /* Empty as on its first day, so that nobody looks for what is not there. */
    {"UPDATE conversation SET last_seq = 0, last_ordinal = 0, last_message_seq = 0 WHERE id = ?", 1,
	false},
};

const struct error *stream_remove(struct db *db, int64_t conversation, bool *more)
{
	return SWEEP(db, conversation, stream_sweeps, more);
}

static const char SQL_NEXT[] =
    "SELECT conversation.id FROM member STRAIGHT_JOIN conversation"
    " ON conversation.id = member.conversation_id AND conversation.kind = 'direct'"
    " AND conversation.last_seq > 0"
    " STRAIGHT_JOIN member peer ON peer.conversation_id = conversation.id"
    " AND peer.user_id <> member.user_id"
    " STRAIGHT_JOIN user ON user.id = peer.user_id AND user.deleted_at IS NOT NULL"
    " WHERE member.user_id = ? ORDER BY conversation.id LIMIT 1";

static const char SQL_LOCK[] = "SELECT 1 FROM conversation WHERE id = ? FOR UPDATE";

static const struct sweep own_sweeps[] = {
    {"UPDATE member SET draft_text = NULL, draft_reply_to = NULL, draft_updated_at = 0,"
     " marked_unread = 0 WHERE user_id = ? AND (draft_text IS NOT NULL OR marked_unread = 1)"
     " LIMIT " ERASING_PAGE,
	1, true},
    {"DELETE hidden_message FROM member STRAIGHT_JOIN hidden_message"
     " ON hidden_message.conversation_id = member.conversation_id"
     " AND hidden_message.user_id = member.user_id WHERE member.user_id = ?",
	1, false},
};

const struct error *removing_streams(struct db *db, struct erasure *erasure)
{
	int64_t user_id = erasure->req->user_id, conversation;
	bool there, rest;

	TRY(db_int(db, &conversation, SQL_NEXT, PARAMS(P(user_id))));
	if (conversation == ABSENT)
		return SWEEP(db, user_id, own_sweeps, &erasure->more);
	erasure->more = true;
	TRY(db_exists(db, &there, SQL_LOCK, PARAMS(P(conversation))));
	return stream_remove(db, conversation, &rest);
}
