/* Time-outs: never early, hardly late, and safe against whatever a firing timer does. */
#include "container.h"
#include "wheel.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include <cmocka.h>

#define MANY 5000
#define START 123456789
#define HOUR INT64_C(3600000)

/* The time is the test's, so that no test waits. */
struct alarm {
	struct timer timer;
	struct wheel *wheel;
	struct alarm *other; /* to be disarmed when this one fires */
	int64_t rings_again; /* ms */
	int64_t due;
	int fired;
};

static int64_t now;

static void ring(struct timer *timer)
{
	struct alarm *alarm = CONTAINER(timer, struct alarm, timer);

	alarm->fired++;
	if (alarm->other != NULL)
		wheel_cancel(&alarm->other->timer);
	if (alarm->rings_again > 0)
		wheel_set(alarm->wheel, timer, alarm->rings_again, ring);
}

static void ring_in_time(struct timer *timer)
{
	struct alarm *alarm = CONTAINER(timer, struct alarm, timer);

	alarm->fired++;
	assert_true(now >= alarm->due);
	assert_true(now - alarm->due < INT64_C(3) * WHEEL_TICK_MS);
}

static void pass(struct wheel *wheel, int64_t ms)
{
	for (int64_t end = now + ms; now < end;) {
		now += 7;
		wheel_advance(wheel, now);
	}
}

static struct wheel *begin(void)
{
	now = START;
	return wheel_new(now);
}

static void thousands_fire_once_and_in_time(void **state)
{
	struct alarm *alarms = calloc(MANY, sizeof *alarms);
	struct wheel *wheel = begin();

	(void)state;
	for (int i = 0; i < MANY; i++) {
		int64_t delay = (int64_t)i * 37; /* up to three minutes: several rounds */

		pass(wheel, i % 3);
		alarms[i].due = now + delay;
		wheel_set(wheel, &alarms[i].timer, delay, ring_in_time);
	}
	pass(wheel, (int64_t)MANY * 37 + 1000);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(alarms[i].fired, 1);
		assert_null(alarms[i].timer.next);
	}
	wheel_free(&wheel);
	free(alarms);
}

static void disarmed_and_rearmed(void **state)
{
	struct alarm gone = {0}, later = {0};
	struct wheel *wheel = begin();

	(void)state;
	wheel_set(wheel, &gone.timer, 1000, ring);
	wheel_set(wheel, &later.timer, 1000, ring);
	pass(wheel, 500);
	wheel_cancel(&gone.timer);
	wheel_cancel(&gone.timer);
	wheel_set(wheel, &later.timer, 1000, ring);
	pass(wheel, 900);
	assert_int_equal(later.fired, 0);
	pass(wheel, 300);
	assert_int_equal(later.fired, 1);
	assert_int_equal(gone.fired, 0);
	wheel_free(&wheel);
}

static void one_that_fires_may_disarm_those_that_are_due_with_it(void **state)
{
	struct wheel *wheel = begin();
	struct alarm one = {0}, two = {0};

	(void)state;
	one.other = &two;
	two.other = &one;
	wheel_set(wheel, &one.timer, 100, ring);
	wheel_set(wheel, &two.timer, 100, ring);
	pass(wheel, 1000);
	assert_int_equal(one.fired + two.fired, 1);
	wheel_free(&wheel);
}

static void one_that_fires_may_arm_itself(void **state)
{
	struct wheel *wheel = begin();
	struct alarm alarm = {.wheel = wheel, .rings_again = 100};

	(void)state;
	wheel_set(wheel, &alarm.timer, 0, ring);
	pass(wheel, 3000);
	assert_true(alarm.fired >= 3000 / (100 + 2 * WHEEL_TICK_MS));
	assert_true(alarm.fired <= 30);
	wheel_free(&wheel);
}

static void a_process_that_slept_long_catches_up_in_one_round(void **state)
{
	struct wheel *wheel = begin();
	struct alarm soon = {0}, late = {0}, never = {0};

	(void)state;
	wheel_set(wheel, &soon.timer, 10, ring);
	wheel_set(wheel, &late.timer, HOUR, ring);
	wheel_set(wheel, &never.timer, 9 * HOUR, ring);
	now += 8 * HOUR;
	wheel_advance(wheel, now);
	assert_int_equal(soon.fired, 1);
	assert_int_equal(late.fired, 1);
	assert_int_equal(never.fired, 0);
	pass(wheel, 2 * HOUR);
	assert_int_equal(never.fired, 1);
	wheel_free(&wheel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(thousands_fire_once_and_in_time),
	    cmocka_unit_test(disarmed_and_rearmed),
	    cmocka_unit_test(one_that_fires_may_disarm_those_that_are_due_with_it),
	    cmocka_unit_test(one_that_fires_may_arm_itself),
	    cmocka_unit_test(a_process_that_slept_long_catches_up_in_one_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
