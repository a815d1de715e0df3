/* What messages carry, noted with them. */
#ifndef HICHAT_SEND_MEDIA_H
#define HICHAT_SEND_MEDIA_H

#include "send_queue.h"

struct db;

/* Inside the transaction of a batch: notes the media of those drafts that are stored now; a batch
 * without any costs nothing.  Their rows stay locked until the commit, so none is collected
 * meanwhile. */
const struct error *send_media_note(
    struct db *db, struct arena *arena, struct send_draft *const *drafts, size_t count);

/* Inside a transaction: a message carries nothing any more. */
const struct error *send_media_forget(struct db *db, const struct message *message);

#endif
