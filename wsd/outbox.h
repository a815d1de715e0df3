/* The events of a session that its client has not acknowledged, oldest first: the sent ones,
 * then the unsent.  Bounded by its owner's limits; holds references, not copies. */
#ifndef WSD_OUTBOX_H
#define WSD_OUTBOX_H

#include "payload.h"
#include <stdbool.h>
#include <stdint.h>

#define OUTBOX_FEW 4 /* that many need no memory of their own */

struct outbox {
	struct payload **more;		 /* the ring, when `few` was too small */
	struct payload *few[OUTBOX_FEW]; /* the ring otherwise */
	uint32_t size;			 /* of the ring: a power of two */
	uint32_t first;			 /* where the oldest stands */
	uint32_t count;			 /* how many there are */
	uint32_t sent;			 /* how many of them were sent on this connection */
	uint32_t reached;		 /* how many were ever sent: what the client may have */
	size_t bytes;			 /* of all texts */
	int64_t acknowledged;		 /* events that left, since the session began */
};

void outbox_init(struct outbox *outbox);
void outbox_clear(struct outbox *outbox); /* drops all and its memory */

/* Takes a reference of its own.  False, and nothing taken, when it would pass a limit. */
bool outbox_push(
    struct outbox *outbox, struct payload *payload, int64_t max_events, int64_t max_bytes);
struct payload *outbox_unsent(const struct outbox *outbox); /* the next to send, or NULL */
void outbox_mark_sent(struct outbox *outbox);		    /* … which was written now */

/* The client has received `received` events since the session began: drops those.  False when it
 * cannot be so, because they were dropped before or never sent. */
bool outbox_acknowledge(struct outbox *outbox, int64_t received);
/* A new connection: everything that is left will be sent again. */
void outbox_rewind(struct outbox *outbox);

#endif
