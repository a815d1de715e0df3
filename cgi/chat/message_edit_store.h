/* The SQL of edits. */
#ifndef HICHAT_MESSAGE_EDIT_STORE_H
#define HICHAT_MESSAGE_EDIT_STORE_H

#include "stream.h"

/* A text that was replaced. */
struct message_edit {
	int64_t seq; /* of the row that replaced it */
	const char *text;
	int64_t edited_at;
};

const struct error *message_edit_add(
    struct db *db, const struct message *target, const struct message *row, const char *text);
/* Oldest first, those after query->after. */
const struct error *message_edit_page(struct request *req, const struct message *target,
    const struct page_query *query, struct rows *page, bool *more);
/* Of a message that is recalled: what it said before, and in the rows of its edits. */
const struct error *message_edit_forget(
    struct db *db, const struct message *target, struct json_text body);

#endif
