/* The SQL of reactions. */
#include "reaction_store.h"
#include "message_view.h"

static const char SQL_EXISTS[] = "SELECT 1 FROM reaction"
				 " WHERE conversation_id = ? AND seq = ? AND emoji = ?"
				 " AND user_id = ?";

static const char SQL_ADD[] =
    "INSERT INTO reaction (conversation_id, seq, emoji, user_id, reaction_seq)"
    " VALUES (?, ?, ?, ?, ?)";

static const char SQL_REMOVE[] = "DELETE FROM reaction"
				 " WHERE conversation_id = ? AND seq = ? AND emoji = ?"
				 " AND user_id = ?";

static const char SQL_EARLIEST[] =
    "SELECT user_id FROM reaction FORCE INDEX (earliest)"
    " WHERE conversation_id = ? AND seq = ? AND emoji = ? ORDER BY reaction_seq LIMIT ?";

static const char SQL_FORGET[] = "DELETE FROM reaction WHERE conversation_id = ? AND seq = ?";

const struct error *reaction_exists(
    struct request *req, const struct message *target, const char *emoji, bool *exists)
{
	return db_exists(req->db, exists, SQL_EXISTS,
	    PARAMS(P(target->conversation_id), P(target->seq), P(emoji), P(req->user_id)));
}

const struct error *reaction_add(
    struct db *db, const struct message *target, const char *emoji, const struct message *row)
{
	return db_exec(db, SQL_ADD,
	    PARAMS(P(target->conversation_id), P(target->seq), P(emoji), P(row->sender_id),
		P(row->seq)));
}

const struct error *reaction_remove(
    struct request *req, const struct message *target, const char *emoji)
{
	return db_exec(req->db, SQL_REMOVE,
	    PARAMS(P(target->conversation_id), P(target->seq), P(emoji), P(req->user_id)));
}

const struct error *reaction_earliest(struct db *db, struct arena *arena,
    const struct message *target, const char *emoji, struct id_list *users)
{
	return db_ids(db, arena, users, SQL_EARLIEST,
	    PARAMS(P(target->conversation_id), P(target->seq), P(emoji), P(REACTION_NAMED)));
}

const struct error *reaction_forget(struct db *db, const struct message *target)
{
	return db_exec(db, SQL_FORGET, PARAMS(P(target->conversation_id), P(target->seq)));
}
