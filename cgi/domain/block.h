/* Who wants to hear nothing of whom.  A block is one-sided and silent: the blocked one is told of
 * it by nothing but what no longer happens. */
#ifndef HICHAT_BLOCK_H
#define HICHAT_BLOCK_H

#include "request.h"

/* *blocked: one has blocked the other, whichever. */
const struct error *block_between(struct db *db, int64_t one, int64_t other, bool *blocked);

/* Selects the ids of a list (the first parameter, as JSON) between whom and a person (the second
 * and the third) a block stands, ascending. */
#define BLOCK_APART                                                                         \
	"SELECT DISTINCT wanted.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$'))" \
	" wanted"                                                                           \
	" LEFT JOIN block theirs ON theirs.user_id = wanted.id AND theirs.blocked_id = ?"   \
	" LEFT JOIN block own ON own.user_id = ? AND own.blocked_id = wanted.id"            \
	" WHERE theirs.user_id IS NOT NULL OR own.user_id IS NOT NULL ORDER BY wanted.id"

/* *apart: those of `users` between whom and `user_id` a block stands, whoever made it.  Neither of
 * the two sees the other come and go. */
const struct error *block_apart(struct db *db, struct arena *arena, int64_t user_id,
    struct id_list users, struct id_list *apart);
/* Whether such a list has the id. */
bool block_has(const struct id_list *list, int64_t id);

#endif
