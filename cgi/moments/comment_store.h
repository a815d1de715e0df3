/* The SQL of comments.  What writes expects to run in a transaction that holds post_entry(). */
#ifndef HICHAT_COMMENT_STORE_H
#define HICHAT_COMMENT_STORE_H

#include "request.h"

struct comment {
	int64_t id;
	int64_t moment_id;
	int64_t author_id;
	int64_t reply_to;      /* ABSENT, or a comment that may be deleted by now */
	int64_t reply_user_id; /* who wrote that */
	const char *text;
	int64_t created_at;
};
extern const struct record comment_record;

/* Those of one post that the caller, who sees it, is shown: the oldest above `after`, or the newest
 * below `before`; ascending in both cases, the row too many at the far end. */
const struct error *comment_page(struct request *req, int64_t post_id,
    const struct page_query *query, int64_t limit, struct rows *comments);

/* The author of a comment below that post, or ABSENT. */
const struct error *comment_author(
    struct db *db, int64_t post_id, int64_t comment_id, int64_t *author_id);
/* Any comment: 404 not_found without one. */
const struct error *comment_find(
    struct db *db, struct arena *arena, int64_t comment_id, struct comment *comment);
/* What the author has said under this key: 404 not_found when nothing. */
const struct error *comment_find_key(struct db *db, struct arena *arena, int64_t author_id,
    const char *client_key, struct comment *comment);
const struct error *comment_insert(struct db *db, struct comment *comment, const char *client_key);
/* With the notifications that tell of it. */
const struct error *comment_remove(struct db *db, const struct comment *comment);

#endif
