/* The SQL of who is to be erased, and how far that has come. */
#ifndef HICHAT_ERASING_STORE_H
#define HICHAT_ERASING_STORE_H

#include "request.h"

struct erasing {
	const char *step;
	bool again; /* gone through once before */
	int64_t started_at;
};

/* Inside a transaction: locks somebody who is there still, and *there; not ABSENT: whose time has
 * come by then, too, and who is not suspended. */
const struct error *erasing_person_lock(
    struct db *db, int64_t user_id, int64_t due_at, bool *there);
/* Nobody gets the name any more. */
const struct error *erasing_name_keep(struct db *db, int64_t user_id);
/* What is left of the row of `user`: that somebody was there. */
const struct error *erasing_person_scrub(struct db *db, int64_t user_id, int64_t now);

const struct error *erasing_insert(struct db *db, int64_t user_id, const char *step, int64_t now);
const struct error *erasing_exists(struct db *db, int64_t user_id, bool *exists);
/* Inside a transaction: 404 not_found when it is not due, or somebody else has it. */
const struct error *erasing_hold(
    struct db *db, struct arena *arena, int64_t user_id, int64_t now, struct erasing *erasing);
const struct error *erasing_is_due(struct db *db, int64_t user_id, int64_t now, bool *due);
const struct error *erasing_advance(struct db *db, int64_t user_id, const char *step);
/* From this step on once more, not before `due_at`. */
const struct error *erasing_repeat(
    struct db *db, int64_t user_id, const char *step, int64_t due_at);
const struct error *erasing_postpone(struct db *db, int64_t user_id, int64_t due_at);
const struct error *erasing_delete(struct db *db, int64_t user_id);

/* Whose turn it is, of those who are being erased, and of those who have to begin; ABSENT:
 * nobody's. */
const struct error *erasing_next(struct db *db, int64_t now, int64_t *user_id);
const struct error *erasing_next_person(struct db *db, int64_t now, int64_t *user_id);

#endif
