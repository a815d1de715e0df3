/* The SQL of friendships. */
#ifndef HICHAT_FRIEND_STORE_H
#define HICHAT_FRIEND_STORE_H

#include "request.h"

struct friend
{
	int64_t friend_id;
	const char *remark;
	struct json_text tags; /* a list of texts */
	int64_t since;
	int64_t last_seen_at; /* ABSENT too where `apart` */
	bool apart;	      /* a block does */
};
extern const struct record friend_record;

/* friendship_lock(), for what only two who are there can do: 404 not_found when one of them is
 * unknown or deleted. */
const struct error *friend_lock_pair(
    struct db *db, int64_t one, int64_t other, int64_t *conversation);

/* The same for who also changes something in these groups: their conversations come first. */
const struct error *friend_lock_pair_in(struct db *db, struct arena *arena, int64_t one,
    int64_t other, struct id_list groups, int64_t *conversation);

/* Both directions; the remarks are what each calls the other. */
const struct error *friend_insert_pair(struct db *db, int64_t one, const char *one_calls_other,
    int64_t other, const char *other_calls_one);

/* What is NULL stays; tags: a JSON list.  Nothing happens when they are no friends. */
const struct error *friend_set(
    struct db *db, int64_t user_id, int64_t friend_id, const char *remark, const char *tags);
/* 404 not_found when they are no friends. */
const struct error *friend_load(struct request *req, int64_t friend_id, struct friend *entry);
/* Ascending by friend_id, from above `after`. */
const struct error *friend_page(
    struct request *req, int64_t after, int64_t limit, struct rows *page);

#endif
