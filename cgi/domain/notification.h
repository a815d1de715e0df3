/* Stored notifications, with their live event. */
#ifndef HICHAT_NOTIFICATION_H
#define HICHAT_NOTIFICATION_H

#include "notification_row.h"
#include "request.h"

/* As notification_add() for many, who ascend: ids->ids[i], in the arena, is of users.ids[i]. */
const struct error *notification_add_many(struct db *db, struct arena *arena, struct id_list users,
    const char *kind, int64_t actor_id, struct json_text subject, struct id_list *ids);

/* The same, of whatever is to be told to whom: ids->ids[i] is of drafts[i]. */
struct notification_draft {
	int64_t user_id;
	const char *kind;
	int64_t actor_id;
	struct json_text subject;
};
const struct error *notification_add_all(struct db *db, struct arena *arena,
    const struct notification_draft *drafts, size_t count, struct id_list *ids);

/* The same as for many, with a subject for each. */
const struct error *notification_add_each(struct db *db, struct arena *arena, struct id_list users,
    const char *kind, int64_t actor_id, const struct json_text *subjects, struct id_list *ids);

/* After the commit: {"event":"notification", id, kind, actor:U, subject, created_at, read}
 * to the receiver's devices. */
const struct error *notification_deliver(struct request *req, int64_t id);
/* The same for many, each to its own receiver. */
const struct error *notification_deliver_many(struct request *req, struct id_list ids);

/* Newest first: those of the caller below `before` (ABSENT: all) or above `after`, `limit` at
 * most, as JSON objects {id, kind, actor:U|null, subject, created_at, read}; *more: there are
 * others. *list is a child without a parent yet. */
const struct error *notification_list(
    struct request *req, const struct page_query *page, struct json_object **list, bool *more);

const struct error *notification_unread(struct db *db, int64_t user_id, int64_t *unread);

/* Everything up to and including `up_to` is read from now on; never goes back.  *read: up to where
 * it is. */
const struct error *notification_mark_read(
    struct db *db, int64_t user_id, int64_t up_to, int64_t *read);

#endif
