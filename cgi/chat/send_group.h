/* What sends in groups ask besides: who may write, whom it reaches, who is mentioned. */
#ifndef HICHAT_SEND_GROUP_H
#define HICHAT_SEND_GROUP_H

#include "send_batch.h"
#include "send_batch_store.h"

/* 403 group_dissolved, muted (with the seconds to wait) or forbidden. */
const struct error *send_group_allow(const struct send_draft *draft, const struct send_place *place,
    const struct send_standing *standing, int64_t now);

/* Inside the transaction, with the group locked: its members, held until the memory of `means`
 * goes. */
const struct error *send_group_members(const struct send_means *means,
    const struct send_place *place, const struct member_list **list);

/* 422 invalid_field when somebody mentioned is no member; 403 forbidden. */
const struct error *send_group_check_mentions(const struct send_draft *draft,
    const struct send_standing *standing, const struct member_list *list);

/* Inside the transaction: what a numbered message says of others becomes rows and notifications. */
const struct error *send_group_mention(const struct send_means *means, struct send_draft *draft);

#endif
