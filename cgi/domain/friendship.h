/* Who is whose friend: one row for each direction, written together. */
#ifndef HICHAT_FRIENDSHIP_H
#define HICHAT_FRIENDSHIP_H

#include "request.h"

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
