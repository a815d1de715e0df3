/* Who ceased to be friends a short while ago, or to show something of themselves, while tickets
 * from before that may still be used: what such a ticket says of it no longer holds. */
#ifndef WSD_PARTING_H
#define WSD_PARTING_H

#include <stdbool.h>
#include <stdint.h>

#define PARTING_MS INT64_C(60000) /* twice a ticket's life: it is written after it was read */
#define PARTINGS_MAX 8192	  /* in that time */

/* In the place of a friend: not from one person, but from showing something to anybody. */
#define PARTED_PRESENCE INT64_C(-1)
#define PARTED_TYPING INT64_C(-2)

struct partings;

struct partings *partings_new(void);
void partings_free(struct partings **partings);

/* `now` is monotonic ms.  False: there was no room, and all are forgotten; then tickets from
 * before `now` must not be trusted. */
bool parting_learn(struct partings *partings, int64_t user, int64_t friend, int64_t now);
/* Friends again. */
void parting_forget(struct partings *partings, int64_t user, int64_t friend);
bool parting_is(const struct partings *partings, int64_t user, int64_t friend, int64_t now);

#endif
