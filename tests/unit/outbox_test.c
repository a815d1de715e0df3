/* The ring of unacknowledged events: order, limits, and what an acknowledgement may say. */
#include "outbox.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define EVENTS 1000
#define BYTES 1000000

static void push(struct outbox *outbox, int number)
{
	char text[16];
	struct payload *payload;

	snprintf(text, sizeof text, "%d", number);
	payload = payload_new(text, strlen(text));
	assert_true(outbox_push(outbox, payload, EVENTS, BYTES));
	payload_release(&payload);
}

/* Sends the next one, and says which it is. */
static int sent(struct outbox *outbox)
{
	struct payload *payload = outbox_unsent(outbox);
	char text[16] = "";

	assert_non_null(payload);
	memcpy(text, payload_text(payload), payload->length);
	outbox_mark_sent(outbox);
	return atoi(text);
}

static void events_come_in_order_however_the_ring_turns(void **state)
{
	struct outbox outbox;
	int pushed = 0, seen = 0;

	(void)state;
	outbox_init(&outbox);
	for (int round = 1; round < 200; round++) {
		for (int i = 0; i < round % 37; i++)
			push(&outbox, ++pushed);
		while (outbox_unsent(&outbox) != NULL)
			assert_int_equal(sent(&outbox), ++seen);
		/* All but a few, now and then all. */
		if (seen - round % 5 > outbox.acknowledged)
			assert_true(outbox_acknowledge(&outbox, seen - round % 5));
	}
	assert_int_equal(seen, pushed);
	assert_true(outbox_acknowledge(&outbox, seen));
	assert_int_equal(outbox.count, 0);
	assert_int_equal(outbox.bytes, 0);
	assert_null(outbox.more);
	outbox_clear(&outbox);
}

static void both_limits_hold(void **state)
{
	struct payload *payload = payload_new("12345", 5);
	struct outbox outbox;

	(void)state;
	outbox_init(&outbox);
	for (int i = 0; i < 3; i++)
		assert_true(outbox_push(&outbox, payload, 3, 100));
	assert_false(outbox_push(&outbox, payload, 3, 100));
	assert_false(outbox_push(&outbox, payload, 100, 19));
	assert_true(outbox_push(&outbox, payload, 100, 20));
	assert_int_equal(payload->references, 5);
	outbox_clear(&outbox);
	assert_int_equal(payload->references, 1);
	payload_release(&payload);
	assert_null(payload);
}

static void only_what_was_sent_can_be_acknowledged(void **state)
{
	struct outbox outbox;

	(void)state;
	outbox_init(&outbox);
	for (int i = 1; i <= 5; i++)
		push(&outbox, i);
	assert_false(outbox_acknowledge(&outbox, 1));
	assert_int_equal(sent(&outbox), 1);
	assert_int_equal(sent(&outbox), 2);
	assert_false(outbox_acknowledge(&outbox, 3));
	assert_false(outbox_acknowledge(&outbox, -1));
	assert_false(outbox_acknowledge(&outbox, INT64_MAX));
	assert_false(outbox_acknowledge(&outbox, INT64_MIN));
	assert_true(outbox_acknowledge(&outbox, 2));
	assert_true(outbox_acknowledge(&outbox, 2));
	assert_false(outbox_acknowledge(&outbox, 1));
	assert_int_equal(sent(&outbox), 3);
	outbox_clear(&outbox);
}

static void a_new_connection_gets_what_is_left_again(void **state)
{
	struct outbox outbox;

	(void)state;
	outbox_init(&outbox);
	for (int i = 1; i <= 6; i++)
		push(&outbox, i);
	for (int i = 1; i <= 4; i++)
		assert_int_equal(sent(&outbox), i);
	assert_true(outbox_acknowledge(&outbox, 1));
	outbox_rewind(&outbox);
	/* Sent on the old connection, so it may have arrived there. */
	assert_true(outbox_acknowledge(&outbox, 3));
	assert_false(outbox_acknowledge(&outbox, 5));
	for (int i = 4; i <= 6; i++)
		assert_int_equal(sent(&outbox), i);
	assert_true(outbox_acknowledge(&outbox, 6));
	outbox_clear(&outbox);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(events_come_in_order_however_the_ring_turns),
	    cmocka_unit_test(both_limits_hold),
	    cmocka_unit_test(only_what_was_sent_can_be_acknowledged),
	    cmocka_unit_test(a_new_connection_gets_what_is_left_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
