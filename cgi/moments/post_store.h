/* The SQL of posts.  What writes expects to run in a transaction. */
#ifndef HICHAT_POST_STORE_H
#define HICHAT_POST_STORE_H

#include "request.h"

struct post {
	int64_t id;
	int64_t author_id;
	const char *audience; /* friends | private | only | except */
	const char *text;
	int64_t created_at;
	bool muted; /* by the caller */
};
extern const struct record post_record;

/* As the caller sees it: 404 not_found when they do not. */
const struct error *post_load(struct request *req, int64_t id, struct post *post);
/* Newest first, below `before`, as far as the caller sees them: of everybody, or of one person. */
const struct error *post_feed(
    struct request *req, int64_t before, int64_t limit, struct rows *posts);
const struct error *post_album(
    struct request *req, int64_t author_id, int64_t before, int64_t limit, struct rows *posts);

/* The id of what the author has posted under this key, or ABSENT. */
const struct error *post_find(
    struct db *db, int64_t author_id, const char *client_key, int64_t *id);
const struct error *post_insert(
    struct db *db, const struct post *post, const char *client_key, int64_t *id);
/* Into the feeds of the author and of all friends, or of those whom an `only` names. */
const struct error *post_spread(struct db *db, const struct post *post);

/* The author's own post, its row locked: 404 not_found when it is none or deleted. */
const struct error *post_lock_own(
    struct db *db, struct arena *arena, int64_t author_id, int64_t id, struct post *post);
const struct error *post_set_audience(struct db *db, int64_t id, const char *audience);

#endif
