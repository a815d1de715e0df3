/* What sends in groups ask besides: whom it reaches, who is mentioned. */
#ifndef HICHAT_SEND_GROUP_H
#define HICHAT_SEND_GROUP_H

#include "send_batch.h"
#include "send_batch_store.h"

/* Inside the transaction, with the group locked: its members, held until the memory of `means`
 * goes. */
const struct error *send_group_members(const struct send_means *means,
    const struct send_place *place, const struct member_list **list);

/* Whom a numbered draft names, each of them once, everybody first: one more than it has mentions,
 * at most. */
size_t send_group_mentions(const struct send_draft *draft, struct send_mention *mentions);

/* Inside the transaction: what a numbered message says of others becomes rows and notifications. */
const struct error *send_group_mention(const struct send_means *means, struct send_draft *draft);

#endif
