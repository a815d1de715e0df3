/* Who sees whose presence: the users here by the people they watch, who may be anywhere. */
#ifndef WSD_WATCH_H
#define WSD_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event;
struct user;
struct watches;

struct watches *watches_new(void);
void watches_free(struct watches **watches); /* after everybody's watch_clear() */

/* Exactly these from now on. */
void watch_set(struct watches *watches, struct user *user, const int64_t *ids, size_t count);
void watch_add(struct watches *watches, struct user *user, int64_t id);
void watch_remove(struct watches *watches, struct user *user, int64_t id);
/* Nobody sees this person any more. */
void watch_hide(struct watches *watches, int64_t id);
void watch_clear(struct watches *watches, struct user *user);

/* Tells the watchers, unless they were told the same before. */
void watch_tell(struct watches *watches, const struct event *presence);
/* Transitions may have been missed: the next one is told in any case. */
void watch_forget(struct watches *watches);

#endif
