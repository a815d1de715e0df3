/* Lists of members: versions, bounds, holders. */
#include "member_cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const int64_t three[] = {3, 7, 9};

static void keep(struct member_cache *cache, int64_t conversation, int64_t version)
{
	member_cache_release(
	    member_cache_keep(cache, conversation, version, (struct id_list){three, 3}));
}

static bool knows(struct member_cache *cache, int64_t conversation, int64_t version)
{
	const struct member_list *list = member_cache_find(cache, conversation, version);

	if (list != NULL)
		member_cache_release(list);
	return list != NULL;
}

static void finds_what_was_kept(void **state)
{
	struct member_cache *cache = member_cache_new(1000);
	const struct member_list *list;

	(void)state;
	assert_null(member_cache_find(cache, 1, 1));
	keep(cache, 1, 1);
	list = member_cache_find(cache, 1, 1);
	assert_non_null(list);
	assert_int_equal(list->members.count, 3);
	assert_memory_equal(list->members.ids, three, sizeof(three));
	assert_string_equal(list->recipients, "3,7,9");
	member_cache_release(list);
	member_cache_free(&cache);
	assert_null(cache);
}

static void knows_one_version(void **state)
{
	struct member_cache *cache = member_cache_new(1000);

	(void)state;
	keep(cache, 1, 1);
	assert_false(knows(cache, 1, 2));
	keep(cache, 1, 2);
	assert_true(knows(cache, 1, 2));
	assert_false(knows(cache, 1, 1));
	assert_false(knows(cache, 1 + 4096, 2)); /* in the same place */
	member_cache_free(&cache);
}

static void forgets_what_was_not_asked_for(void **state)
{
	struct member_cache *cache = member_cache_new(210);

	(void)state;
	for (int64_t group = 1; group <= 4; group++)
		keep(cache, group, 1);
	assert_false(knows(cache, 1, 1)); /* the hand has gone round once, and come to it again */
	assert_true(knows(cache, 3, 1));
	keep(cache, 5, 1);
	assert_false(knows(cache, 2, 1));
	assert_true(knows(cache, 3, 1));
	assert_true(knows(cache, 5, 1));
	member_cache_free(&cache);
}

/* Somebody else may replace or push out a list while it is used. */
static void holds_what_is_used(void **state)
{
	struct member_cache *cache = member_cache_new(100);
	const struct member_list *held = member_cache_keep(cache, 1, 1, (struct id_list){three, 3});

	(void)state;
	keep(cache, 1, 2);
	keep(cache, 2, 1);
	assert_false(knows(cache, 1, 1));
	assert_string_equal(held->recipients, "3,7,9");
	member_cache_release(held);
	member_cache_free(&cache);
}

/* Larger than the whole cache: of use to who asked, and gone after that. */
static void takes_what_is_too_large(void **state)
{
	struct member_cache *cache = member_cache_new(10);
	const struct member_list *held = member_cache_keep(cache, 1, 1, (struct id_list){three, 3});

	(void)state;
	assert_false(knows(cache, 1, 1));
	assert_int_equal(held->members.ids[2], 9);
	member_cache_release(held);
	held = member_cache_keep(cache, 2, 1, (struct id_list){NULL, 0});
	assert_string_equal(held->recipients, "");
	member_cache_release(held);
	member_cache_free(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_what_was_kept),
	    cmocka_unit_test(knows_one_version),
	    cmocka_unit_test(forgets_what_was_not_asked_for),
	    cmocka_unit_test(holds_what_is_used),
	    cmocka_unit_test(takes_what_is_too_large),
	};

	return cmocka_run_group_tests_name("member_cache", tests, NULL, NULL);
}
