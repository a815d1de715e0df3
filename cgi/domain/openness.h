/* What people show of themselves: how far they have read, whether they are there, that they are
 * writing.  Each of these is mutual: who hides it does not see it of others. */
#ifndef HICHAT_OPENNESS_H
#define HICHAT_OPENNESS_H

#include "request.h"

struct openness {
	bool sends_read_receipts;
	bool shows_presence;
	bool sends_typing;
};

/* All that is hidden of an account that is gone. */
const struct error *openness_load(
    struct db *db, struct arena *arena, int64_t user_id, struct openness *openness);

/* *visible: the two see each other come and go, as far as it depends on them. */
const struct error *openness_presence_between(
    struct db *db, int64_t one, int64_t other, bool *visible);

/* Those of friendship_near_ids() who show their presence, and those who send read receipts:
 * whatever the user does. */
const struct error *openness_present_friends(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends);
const struct error *openness_receipt_friends(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends);

/* *apart: those of `users` whom `user_id` does not see come and go, because of a block or because
 * one of them hides it, ascending. */
const struct error *openness_apart(struct db *db, struct arena *arena, int64_t user_id,
    struct id_list users, struct id_list *apart);

#endif
