/* Who the members of a conversation are, as the last event of it said, or a ticket, and when that
 * was: for typing, which is best effort.  Bounded: the conversation that was quiet longest is
 * forgotten first. */
#ifndef WSD_AUDIENCE_H
#define WSD_AUDIENCE_H

#include "event.h"
#include <stddef.h>
#include <stdint.h>

#define AUDIENCE_MAX EVENT_TYPING_MAX
#define AUDIENCES_MAX 20000	  /* conversations */
#define AUDIENCE_HEARSAY_MS 30000 /* that a ticket's members may be older than the ticket */

struct audiences;

struct audiences *audiences_new(void);
void audiences_free(struct audiences **audiences);

/* Times are monotonic ms. */
void audience_learn(struct audiences *audiences, int64_t conversation, const int64_t *ids,
    size_t count, int64_t now);
/* What a ticket from `then` says: nothing, when an event after it may have said otherwise. */
void audience_suggest(struct audiences *audiences, int64_t conversation, const int64_t *ids,
    size_t count, int64_t then);
/* The members, NULL when nothing said so since then, or they are too many. */
const int64_t *audience_of(
    const struct audiences *audiences, int64_t conversation, int64_t since, size_t *count);
/* The conversations of just these two. */
void audience_forget_pair(struct audiences *audiences, int64_t one, int64_t other);

#endif
