/* Members of conversations: the last word holds, quiet ones are forgotten first. */
#include "audience.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define IDS(...)            \
	(const int64_t[])   \
	{                   \
		__VA_ARGS__ \
	}

static size_t known(const struct audiences *audiences, int64_t conversation)
{
	size_t count;

	return audience_of(audiences, conversation, 100, &count) == NULL ? 0 : count;
}

static void the_last_event_says_who_the_members_are(void **state)
{
	struct audiences *audiences = audiences_new();
	size_t count;

	(void)state;
	assert_int_equal(known(audiences, 7), 0);
	audience_learn(audiences, 7, IDS(1, 2, 3), 3, 100);
	audience_learn(audiences, 8, IDS(4, 5), 2, 100);
	audience_learn(audiences, 7, IDS(1, 2, 3), 3, 100);
	audience_learn(audiences, 7, IDS(1, 9), 2, 100);
	assert_memory_equal(audience_of(audiences, 7, 100, &count), IDS(1, 9), 2 * sizeof(int64_t));
	assert_int_equal(count, 2);
	assert_int_equal(known(audiences, 8), 2);
	audiences_free(&audiences);
	assert_null(audiences);
}

static void large_groups_are_not_kept(void **state)
{
	struct audiences *audiences = audiences_new();
	int64_t ids[AUDIENCE_MAX + 1];

	(void)state;
	for (int i = 0; i <= AUDIENCE_MAX; i++)
		ids[i] = i + 1;
	audience_learn(audiences, 7, ids, AUDIENCE_MAX, 100);
	assert_int_equal(known(audiences, 7), AUDIENCE_MAX);
	/* It grew: what was known is no longer so. */
	audience_learn(audiences, 7, ids, AUDIENCE_MAX + 1, 100);
	assert_int_equal(known(audiences, 7), 0);
	audiences_free(&audiences);
}

static void the_quietest_is_forgotten_first(void **state)
{
	struct audiences *audiences = audiences_new();

	(void)state;
	for (int64_t i = 1; i <= AUDIENCES_MAX; i++)
		audience_learn(audiences, i, IDS(i, i + 1), 2, 100);
	audience_learn(audiences, 1, IDS(1, 2), 2, 100); /* speaks again */
	audience_learn(audiences, AUDIENCES_MAX + 1, IDS(1, 2), 2, 100);
	assert_int_equal(known(audiences, 1), 2);
	assert_int_equal(known(audiences, 2), 0);
	assert_int_equal(known(audiences, 3), 2);
	assert_int_equal(known(audiences, AUDIENCES_MAX + 1), 2);
	audiences_free(&audiences);
}

static void a_pair_is_forgotten_in_either_order_and_nobody_else(void **state)
{
	struct audiences *audiences = audiences_new();

	(void)state;
	audience_learn(audiences, 1, IDS(5, 6), 2, 100);
	audience_learn(audiences, 2, IDS(6, 5), 2, 100);
	audience_learn(audiences, 3, IDS(5, 6, 7), 3, 100);
	audience_learn(audiences, 4, IDS(5, 7), 2, 100);
	audience_forget_pair(audiences, 6, 5);
	assert_int_equal(known(audiences, 1), 0);
	assert_int_equal(known(audiences, 2), 0);
	assert_int_equal(known(audiences, 3), 3);
	assert_int_equal(known(audiences, 4), 2);
	audiences_free(&audiences);
}

static void what_was_said_long_ago_counts_no_longer(void **state)
{
	struct audiences *audiences = audiences_new();
	size_t count;

	(void)state;
	audience_learn(audiences, 7, IDS(1, 2), 2, 100);
	assert_non_null(audience_of(audiences, 7, 100, &count));
	assert_null(audience_of(audiences, 7, 101, &count));
	assert_int_equal(count, 0);
	audience_learn(audiences, 7, IDS(1, 2), 2, 200);
	assert_non_null(audience_of(audiences, 7, 200, &count));
	audiences_free(&audiences);
}

static void a_ticket_says_it_of_conversations_that_nothing_is_known_of(void **state)
{
	struct audiences *audiences = audiences_new();
	int64_t before = 100 + AUDIENCE_HEARSAY_MS;
	size_t count;

	(void)state;
	audience_suggest(audiences, 7, IDS(1, 2, 3), 3, 100);
	assert_int_equal(known(audiences, 7), 3);
	assert_null(audience_of(audiences, 7, 101, &count));
	audience_learn(audiences, 7, IDS(1, 2), 2, 100); /* somebody was removed */
	audience_suggest(audiences, 7, IDS(1, 2, 3), 3, before);
	assert_int_equal(known(audiences, 7), 2);
	audience_suggest(audiences, 7, IDS(1, 2, 3), 3, before + 1);
	assert_int_equal(known(audiences, 7), 3);
	audiences_free(&audiences);
}

static void a_ticket_does_not_unsay_that_a_group_is_large(void **state)
{
	struct audiences *audiences = audiences_new();
	int64_t ids[AUDIENCE_MAX + 1] = {0};

	(void)state;
	audience_learn(audiences, 7, ids, AUDIENCE_MAX + 1, 100);
	audience_suggest(audiences, 7, IDS(1, 2, 3), 3, 101);
	assert_int_equal(known(audiences, 7), 0);
	audience_suggest(audiences, 8, ids, AUDIENCE_MAX + 1, 101);
	assert_int_equal(known(audiences, 8), 0);
	audiences_free(&audiences);
}

static void what_was_forgotten_may_have_been_newer_than_a_ticket(void **state)
{
	struct audiences *audiences = audiences_new();
	int64_t before = 100 + AUDIENCE_HEARSAY_MS;

	(void)state;
	audience_learn(audiences, 7, IDS(1, 2), 2, 100);
	for (int64_t i = 1; i <= AUDIENCES_MAX; i++)
		audience_learn(audiences, 100 + i, IDS(i, i + 1), 2, 200);
	assert_int_equal(known(audiences, 7), 0);
	audience_suggest(audiences, 7, IDS(1, 2, 3), 3, before);
	assert_int_equal(known(audiences, 7), 0);
	audience_suggest(audiences, 7, IDS(1, 2, 3), 3, before + 1);
	assert_int_equal(known(audiences, 7), 3);
	audiences_free(&audiences);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_last_event_says_who_the_members_are),
	    cmocka_unit_test(large_groups_are_not_kept),
	    cmocka_unit_test(the_quietest_is_forgotten_first),
	    cmocka_unit_test(what_was_said_long_ago_counts_no_longer),
	    cmocka_unit_test(a_ticket_says_it_of_conversations_that_nothing_is_known_of),
	    cmocka_unit_test(a_ticket_does_not_unsay_that_a_group_is_large),
	    cmocka_unit_test(what_was_forgotten_may_have_been_newer_than_a_ticket),
	    cmocka_unit_test(a_pair_is_forgotten_in_either_order_and_nobody_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
