/* The SQL of pins. */
#ifndef HICHAT_PIN_STORE_H
#define HICHAT_PIN_STORE_H

#include "stream.h"

const struct error *pin_count(struct db *db, int64_t conversation, int64_t *count);
/* `row` is what says so. */
const struct error *pin_add(struct db *db, const struct message *target, const struct message *row);
const struct error *pin_remove(struct db *db, const struct message *target);
/* What the caller sees of them, who sees what is above `floor`, latest first. */
const struct error *pin_messages(
    struct request *req, int64_t conversation, int64_t floor, struct rows *messages);

#endif
