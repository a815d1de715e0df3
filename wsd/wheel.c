/* The timing wheel, see wheel.h: 1,024 rings of timers, one a tick; a timer that is due in a
 * later round just stays in its ring. */
#include "wheel.h"
#include "heap.h"
#include <stddef.h>
#include <stdlib.h>

#define RINGS 1024

struct wheel {
	uint64_t now; /* tick */
	struct timer rings[RINGS];
};

static void ring_init(struct timer *ring)
{
	ring->next = ring->previous = ring;
}

static void ring_add(struct timer *ring, struct timer *timer)
{
	timer->next = ring;
	timer->previous = ring->previous;
	ring->previous->next = timer;
	ring->previous = timer;
}

struct wheel *wheel_new(int64_t now_ms)
{
	struct wheel *wheel = heap_new(sizeof *wheel);

	wheel->now = (uint64_t)now_ms / WHEEL_TICK_MS;
	for (size_t i = 0; i < RINGS; i++)
		ring_init(&wheel->rings[i]);
	return wheel;
}

void wheel_free(struct wheel **wheel)
{
	free(*wheel);
	*wheel = NULL;
}

void wheel_set(
    struct wheel *wheel, struct timer *timer, int64_t delay_ms, void (*fire)(struct timer *timer))
{
	uint64_t ticks =
	    delay_ms <= 0 ? 0 : ((uint64_t)delay_ms + WHEEL_TICK_MS - 1) / WHEEL_TICK_MS;

	wheel_cancel(timer);
	timer->fire = fire;
	timer->due = wheel->now + ticks + 1; /* part of the present tick is over already */
	ring_add(&wheel->rings[timer->due % RINGS], timer);
}

void wheel_cancel(struct timer *timer)
{
	if (timer->next == NULL)
		return;
	timer->next->previous = timer->previous;
	timer->previous->next = timer->next;
	timer->next = timer->previous = NULL;
}

/* Takes what is due out of its ring first: fire() may free its neighbours. */
static void ring_fire(struct timer *ring, uint64_t now)
{
	struct timer ripe;

	ring_init(&ripe);
	for (struct timer *timer = ring->next, *next; timer != ring; timer = next) {
		next = timer->next;
		if (timer->due > now)
			continue;
		wheel_cancel(timer);
		ring_add(&ripe, timer);
	}
	while (ripe.next != &ripe) {
		struct timer *timer = ripe.next;

		wheel_cancel(timer);
		timer->fire(timer);
	}
}

void wheel_advance(struct wheel *wheel, int64_t now_ms)
{
	uint64_t target = (uint64_t)now_ms / WHEEL_TICK_MS;

	/* After a long sleep one round passes every ring. */
	if (target > wheel->now + RINGS)
		wheel->now = target - RINGS;
	while (wheel->now < target) {
		wheel->now++;
		ring_fire(&wheel->rings[wheel->now % RINGS], wheel->now);
	}
}
