/* Who the members of a conversation are, as the last event of it said, and when that was: for
 * typing, which is best effort.  Bounded: the conversation that was quiet longest is forgotten
 * first. */
#ifndef WSD_AUDIENCE_H
#define WSD_AUDIENCE_H

#include <stddef.h>
#include <stdint.h>

#define AUDIENCE_MAX 100    /* members; in larger groups nobody wants to know who types */
#define AUDIENCES_MAX 10000 /* conversations */

struct audiences;

struct audiences *audiences_new(void);
void audiences_free(struct audiences **audiences);

/* Times are monotonic ms. */
void audience_learn(struct audiences *audiences, int64_t conversation, const int64_t *ids,
    size_t count, int64_t now);
/* The members, NULL when nothing said so since then. */
const int64_t *audience_of(
    const struct audiences *audiences, int64_t conversation, int64_t since, size_t *count);
/* The conversations of just these two. */
void audience_forget_pair(struct audiences *audiences, int64_t one, int64_t other);

#endif
