/* Time-outs: a timing wheel, so that arming and disarming one costs the same however many there
 * are (those of libwebsockets are a sorted list).  A timer is a member of what it is for; all zero
 * means not armed.  Due times are kept to WHEEL_TICK_MS, never early. */
#ifndef WSD_WHEEL_H
#define WSD_WHEEL_H

#include <stdint.h>

#define WHEEL_TICK_MS 50

struct timer {
	struct timer *next, *previous; /* NULL: not armed */
	uint64_t due;		       /* tick */
	void (*fire)(struct timer *timer);
};

struct wheel;

struct wheel *wheel_new(int64_t now_ms);
void wheel_free(struct wheel **wheel); /* what is armed is simply forgotten */

/* Arms, or arms anew.  fire() may arm or disarm any timer, also its own. */
void wheel_set(
    struct wheel *wheel, struct timer *timer, int64_t delay_ms, void (*fire)(struct timer *timer));
void wheel_cancel(struct timer *timer);
/* Fires what is due at `now_ms`. */
void wheel_advance(struct wheel *wheel, int64_t now_ms);

#endif
