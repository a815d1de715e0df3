/* What sends in groups ask besides: whom it reaches, who is mentioned. */
#ifndef HICHAT_SEND_GROUP_H
#define HICHAT_SEND_GROUP_H

#include "send_batch.h"
#include "send_batch_store.h"

/* Inside the transaction, with the group locked: its members, held until the memory of `means`
 * goes. */
const struct error *send_group_members(const struct send_means *means,
    const struct send_place *place, const struct member_list **list);

/* Whom a numbered message calls: whom it names, but for those between whom and its sender a block
 * stands. */
struct send_call {
	struct send_draft *draft;
	struct send_mention *mentions; /* each once, everybody first */
	size_t count;
	struct send_naming *named; /* themselves, and not the sender */
	size_t named_count;
};
/* Inside the transaction: calls[i] is of drafts[i]. */
const struct error *send_group_calls(struct db *db, struct arena *arena,
    struct send_draft *const *drafts, size_t count, struct send_call *calls);

/* Inside the transaction: what numbered messages say of others becomes rows and notifications, in
 * three round trips for all of them. */
const struct error *send_group_mention(
    const struct send_means *means, struct send_draft *const *drafts, size_t count);

#endif
