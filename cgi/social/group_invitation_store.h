/* The SQL of invitations. */
#ifndef HICHAT_GROUP_INVITATION_STORE_H
#define HICHAT_GROUP_INVITATION_STORE_H

#include "group.h"

struct group_invitation {
	int64_t id;
	int64_t inviter_id;
	int64_t created_at;
	struct group group; /* as others see it */
};
extern const struct record group_invitation_record;

/* *strangers: those of `users` who are no members, ascending, in the arena. */
const struct error *group_invitation_strangers(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list users, struct id_list *strangers);

/* Inside a transaction that holds group_lock(): a request for each of `users` who has none that
 * waits and has not declined, or been declined, a short while ago.  *pending: all of `users` for
 * whom one waits now, ascending; *fresh: those it was made for, and *requests their ids. */
const struct error *group_invitation_insert(struct db *db, struct arena *arena, int64_t group_id,
    int64_t inviter_id, const char *awaits, struct id_list users, struct id_list *pending,
    struct id_list *fresh, struct id_list *requests);

/* Newest first, `limit` at most. */
const struct error *group_invitation_page(
    struct request *req, const struct page_query *query, int64_t limit, struct rows *page);

#endif
