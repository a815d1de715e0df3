/* Who is whose friend: one row for each direction, written together. */
#ifndef HICHAT_FRIENDSHIP_H
#define HICHAT_FRIENDSHIP_H

#include "request.h"

/* Inside a transaction: nobody else changes anything between these two until it ends.  Locks their
 * conversation, if they have one, so that no send to it is under way, and then the two: sends and
 * groups take conversations before people, too.  *conversation is ABSENT when they have none;
 * *living: neither of them is unknown or deleted. */
const struct error *friendship_lock(
    struct db *db, int64_t one, int64_t other, int64_t *conversation, bool *living);
/* Inside that transaction: the end of it.  What sends to `conversation`, ABSENT or theirs, know of
 * the two is true no longer.  *existed: they were friends until now. */
const struct error *friendship_end(
    struct db *db, int64_t one, int64_t other, int64_t conversation, bool *existed);

const struct error *friendship_exists(
    struct db *db, int64_t user_id, int64_t friend_id, bool *exists);
/* All friends' ids, ascending, in the arena. */
const struct error *friendship_ids(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends);
/* Those between whom and the person no block stands: they see each other come and go, and learn at
 * once what the other changes about themselves. */
const struct error *friendship_near_ids(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends);

#endif
