/* The SQL of notifications of moments. */
#ifndef HICHAT_NOTICE_STORE_H
#define HICHAT_NOTICE_STORE_H

#include "request.h"

#define NOTICE_LIKED "moment_liked"
#define NOTICE_COMMENTED "moment_commented"
#define NOTICE_REPLIED "moment_replied"

struct notice {
	int64_t id;
	int64_t user_id;
	int64_t author_id;
	const char *kind;
	int64_t post_id;
	const char *post_text;
	int64_t post_media_id; /* the first that it shows, ABSENT: none */
	int64_t comment_id;
	const char *comment_text;
	int64_t created_at;
	bool read;
};
extern const struct record notice_record;

/* Within a transaction; *id is ABSENT when the receiver is not to be told. */
const struct error *notice_insert_like(
    struct db *db, int64_t user_id, int64_t post_id, int64_t author_id, int64_t *id);
const struct error *notice_insert_comment(
    struct db *db, int64_t user_id, const char *kind, int64_t comment_id, int64_t *id);

const struct error *notice_load(struct request *req, int64_t id, struct notice *notice);
/* Newest first, below or above an edge, as far as the caller sees what they tell of; the row too
 * many at the far end. */
const struct error *notice_page(
    struct request *req, const struct page_query *query, int64_t limit, struct rows *notices);
/* Never goes back, nor beyond what there is. */
const struct error *notice_mark_read(struct db *db, int64_t user_id, int64_t up_to);

#endif
