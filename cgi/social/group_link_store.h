/* The SQL of invitation links.  What writes expects to run in a transaction that holds
 * group_lock(). */
#ifndef HICHAT_GROUP_LINK_STORE_H
#define HICHAT_GROUP_LINK_STORE_H

#include "group_link.h"

/* 404 not_found when there is no such link. */
const struct error *group_link_find(
    struct db *db, struct arena *arena, const char *token, struct group_link *link);
/* The same, when this group has it. */
const struct error *group_link_load(
    struct db *db, struct arena *arena, int64_t group_id, int64_t id, struct group_link *link);
/* All but the id, which is set, and what a new link does not have yet. */
const struct error *group_link_insert(struct db *db, struct group_link *link);
const struct error *group_link_count_use(struct db *db, int64_t id);
const struct error *group_link_end(struct db *db, int64_t id);

/* Newest first, `limit` at most. */
const struct error *group_link_page(struct request *req, int64_t group_id,
    const struct page_query *query, int64_t limit, struct rows *page);

#endif
