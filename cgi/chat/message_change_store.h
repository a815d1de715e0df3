/* The SQL of changing messages. */
#ifndef HICHAT_MESSAGE_CHANGE_STORE_H
#define HICHAT_MESSAGE_CHANGE_STORE_H

#include "stream.h"

/* One row as the caller sees it, who sees what is above `floor`; 404 not_found. */
const struct error *message_target(
    struct request *req, int64_t conversation, int64_t seq, int64_t floor, struct message *target);

/* Stores whatever a change may have made of it. */
const struct error *message_target_save(struct db *db, const struct message *target);

/* Nobody is named by this message any more: of those in `mentions`. */
const struct error *message_forget_mentions(struct db *db, const struct message *message);

#endif
