/* The SQL of who sees whose posts. */
#ifndef HICHAT_PRIVACY_STORE_H
#define HICHAT_PRIVACY_STORE_H

#include "privacy.h"

struct privacy {
	int64_t other_id;
	bool hide_mine;
	bool hide_theirs;
};
extern const struct record privacy_record;

/* How far back others see the person's posts; 0: all of them. */
const struct error *privacy_days(struct db *db, int64_t user_id, int64_t *days);
const struct error *privacy_set_days(struct db *db, int64_t user_id, int64_t days);

/* What the caller has decided about one person (of nobody else: nothing hidden), or about all, by
 * id, from above `after`. */
const struct error *privacy_load(struct request *req, int64_t other_id, struct privacy *privacy);
const struct error *privacy_page(
    struct request *req, int64_t after, int64_t limit, struct rows *people);

/* Within a transaction: waits for what is being written below posts by right of what is decided
 * now. */
const struct error *privacy_lock(struct db *db, int64_t user_id);
const struct error *privacy_change(
    struct db *db, int64_t user_id, int64_t other_id, const struct privacy_change *change);

#endif
