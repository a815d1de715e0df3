/* The SQL of recalls and of what people hide from themselves. */
#ifndef HICHAT_MESSAGE_RECALL_STORE_H
#define HICHAT_MESSAGE_RECALL_STORE_H

#include "stream.h"

/* *owns: the group is this person's. */
const struct error *message_sender_owns(
    struct db *db, int64_t group_id, int64_t user_id, bool *owns);

/* *changed: it was not hidden from the caller yet. */
const struct error *message_hide(struct request *req, const struct message *target, bool *changed);

#endif
