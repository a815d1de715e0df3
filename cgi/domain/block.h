/* Who wants to hear nothing of whom.  A block is one-sided and silent: the blocked one is told of
 * it by nothing but what no longer happens. */
#ifndef HICHAT_BLOCK_H
#define HICHAT_BLOCK_H

#include "request.h"

/* *blocked: one has blocked the other, whichever. */
const struct error *block_between(struct db *db, int64_t one, int64_t other, bool *blocked);

/* *apart: those of `users` between whom and `user_id` a block stands, whoever made it.  Neither of
 * the two sees the other come and go. */
const struct error *block_apart(struct db *db, struct arena *arena, int64_t user_id,
    struct id_list users, struct id_list *apart);
/* Whether such a list has the id. */
bool block_has(const struct id_list *list, int64_t id);

#endif
