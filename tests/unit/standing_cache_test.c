/* Standings: found by conversation and user, with the version that they are of. */
#include "standing_cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct standing some = {
    .peer_id = 9, .friends = true, .blocked = false, .role = "member", .muted_until = 5};

static void finds_what_was_kept(void **state)
{
	struct standing_cache *cache = standing_cache_new(1024);
	struct standing found;
	int64_t version;

	(void)state;
	assert_false(standing_cache_find(cache, 1, 2, &version, &found));
	standing_cache_keep(cache, 1, 2, 7, &some);
	assert_true(standing_cache_find(cache, 1, 2, &version, &found));
	assert_int_equal(version, 7);
	assert_int_equal(found.peer_id, 9);
	assert_true(found.friends);
	assert_string_equal(found.role, "member");
	assert_int_equal(found.muted_until, 5);
	assert_false(standing_cache_find(cache, 2, 1, &version, &found));
	assert_false(standing_cache_find(cache, 1, 3, &version, &found));
	standing_cache_free(&cache);
	assert_null(cache);
}

static void keeps_the_latest_of_a_place(void **state)
{
	struct standing_cache *cache = standing_cache_new(1);
	struct standing found;
	int64_t version;

	(void)state;
	standing_cache_keep(cache, 1, 2, 7, &some);
	standing_cache_keep(cache, 1, 2, 8, &some);
	assert_true(standing_cache_find(cache, 1, 2, &version, &found));
	assert_int_equal(version, 8);
	standing_cache_keep(cache, 5, 6, 1, &some);
	assert_false(standing_cache_find(cache, 1, 2, &version, &found));
	assert_true(standing_cache_find(cache, 5, 6, &version, &found));
	standing_cache_free(&cache);
}

/* Ids that follow each other, as they do, are spread. */
static void neighbours_have_places_of_their_own(void **state)
{
	struct standing_cache *cache = standing_cache_new(65536);
	struct standing found;
	int64_t version;
	int known = 0;

	(void)state;
	for (int64_t id = 1; id <= 1000; id++) {
		standing_cache_keep(cache, id, 2 * id, 0, &some);
		standing_cache_keep(cache, id, 2 * id + 1, 0, &some);
	}
	for (int64_t id = 1; id <= 1000; id++)
		known += standing_cache_find(cache, id, 2 * id, &version, &found);
	assert_true(known > 900);
	standing_cache_free(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_what_was_kept),
	    cmocka_unit_test(keeps_the_latest_of_a_place),
	    cmocka_unit_test(neighbours_have_places_of_their_own),
	};

	return cmocka_run_group_tests_name("standing cache", tests, NULL, NULL);
}
