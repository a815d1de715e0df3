/* Partings: for how long they are known, what undoes them, what happens when there are many. */
#include "parting.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void known_for_as_long_as_an_older_ticket_could_be_used(void **state)
{
	struct partings *partings = partings_new();

	(void)state;
	assert_false(parting_is(partings, 1, 2, 0));
	assert_true(parting_learn(partings, 1, 2, 1000));
	assert_true(parting_is(partings, 1, 2, 1000));
	assert_true(parting_is(partings, 1, 2, 999 + PARTING_MS));
	assert_false(parting_is(partings, 1, 2, 1000 + PARTING_MS));
	assert_false(parting_is(partings, 2, 1, 1000));
	assert_false(parting_is(partings, 1, 3, 1000));
	partings_free(&partings);
	assert_null(partings);
}

static void friends_again_and_parted_again(void **state)
{
	struct partings *partings = partings_new();

	(void)state;
	parting_learn(partings, 1, 2, 1000);
	parting_learn(partings, 1, 3, 1000);
	parting_forget(partings, 1, 2);
	parting_forget(partings, 9, 9);
	assert_false(parting_is(partings, 1, 2, 1000));
	assert_true(parting_is(partings, 1, 3, 1000));
	parting_learn(partings, 1, 2, 2000);
	assert_true(parting_is(partings, 1, 2, 1999 + PARTING_MS));
	/* The same word twice: the later one counts. */
	parting_learn(partings, 1, 2, 3000);
	assert_true(parting_is(partings, 1, 2, 2999 + PARTING_MS));
	parting_forget(partings, 1, 2);
	assert_false(parting_is(partings, 1, 2, 3000));
	partings_free(&partings);
}

static void the_old_make_room_and_too_many_are_confessed(void **state)
{
	struct partings *partings = partings_new();

	(void)state;
	for (int round = 0; round < 3; round++)
		for (int64_t i = 1; i <= PARTINGS_MAX; i++)
			assert_true(parting_learn(partings, i, i + 1, round * PARTING_MS));
	assert_true(parting_is(partings, 1, 2, 2 * PARTING_MS));
	assert_false(parting_learn(partings, 7, 70, 3 * PARTING_MS - 1));
	assert_false(parting_is(partings, 1, 2, 2 * PARTING_MS));
	assert_true(parting_learn(partings, 7, 70, 3 * PARTING_MS));
	assert_true(parting_is(partings, 7, 70, 3 * PARTING_MS));
	partings_free(&partings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_for_as_long_as_an_older_ticket_could_be_used),
	    cmocka_unit_test(friends_again_and_parted_again),
	    cmocka_unit_test(the_old_make_room_and_too_many_are_confessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
