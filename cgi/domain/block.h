/* Who wants to hear nothing of whom.  A block is one-sided and silent: the blocked one is told of
 * it by nothing but what no longer happens. */
#ifndef HICHAT_BLOCK_H
#define HICHAT_BLOCK_H

#include "request.h"

/* *blocked: one has blocked the other, whichever. */
const struct error *block_between(struct db *db, int64_t one, int64_t other, bool *blocked);

/* Whether a list of ids that ascend has this one. */
bool block_has(const struct id_list *list, int64_t id);

#endif
