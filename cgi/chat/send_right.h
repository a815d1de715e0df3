/* Who may write in a conversation, and name whom: one rule, for sends and for whatever is changed
 * of them later. */
#ifndef HICHAT_SEND_RIGHT_H
#define HICHAT_SEND_RIGHT_H

#include "member_cache.h"
#include "send_batch_store.h"
#include "send_queue.h"

/* 403 not_friends or blocked; in a group group_dissolved, muted (with the seconds to wait) or
 * forbidden. */
const struct error *send_right(struct arena *arena, const struct send_place *place,
    const struct send_standing *standing, int64_t now);

/* list: the members of a group; NULL: a direct conversation.  422 invalid_field when somebody
 * mentioned is no member; 403 forbidden. */
const struct error *send_right_to_mention(const struct send_draft *draft,
    const struct send_standing *standing, const struct member_list *list);

#endif
