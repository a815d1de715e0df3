/* The SQL of edits. */
#include "message_edit_store.h"

static const struct field edit_fields[] = {
    OUTPUT(struct message_edit, seq),
    OUTPUT(struct message_edit, text),
    OUTPUT(struct message_edit, edited_at),
};
static const struct record edit_record = RECORD(struct message_edit, edit_fields);

static const char SQL_ADD[] =
    "INSERT INTO message_edit (conversation_id, seq, edit_seq, text, edited_at)"
    " VALUES (?, ?, ?, ?, ?)";

static const char SQL_PAGE[] =
    "SELECT edit_seq AS seq, text, edited_at FROM message_edit"
    " WHERE conversation_id = ? AND seq = ? AND edit_seq > ? ORDER BY edit_seq LIMIT ?";

static const char SQL_FORGET_ROWS[] =
    "UPDATE message_edit STRAIGHT_JOIN message FORCE INDEX (PRIMARY)"
    " ON message.conversation_id = message_edit.conversation_id"
    " AND message.seq = message_edit.edit_seq SET message.body = ?"
    " WHERE message_edit.conversation_id = ? AND message_edit.seq = ?";

static const char SQL_FORGET[] = "DELETE FROM message_edit WHERE conversation_id = ? AND seq = ?";

const struct error *message_edit_add(
    struct db *db, const struct message *target, const struct message *row, const char *text)
{
	return db_exec(db, SQL_ADD,
	    PARAMS(P(target->conversation_id), P(target->seq), P(row->seq), P(text),
		P(row->created_at)));
}

const struct error *message_edit_page(struct request *req, const struct message *target,
    const struct page_query *query, struct rows *page, bool *more)
{
	int64_t limit = page_limit(query);
	int64_t after = query->after != ABSENT ? query->after : 0;

	TRY(db_rows(req->db, req->arena, &edit_record, page, SQL_PAGE,
	    PARAMS(P(target->conversation_id), P(target->seq), P(after), P(limit + 1))));
	*more = page->count > (size_t)limit;
	if (*more)
		page->count--;
	return NULL;
}

const struct error *message_edit_forget(
    struct db *db, const struct message *target, struct json_text body)
{
	TRY(db_exec(
	    db, SQL_FORGET_ROWS, PARAMS(P(body), P(target->conversation_id), P(target->seq))));
	return db_exec(db, SQL_FORGET, PARAMS(P(target->conversation_id), P(target->seq)));
}
