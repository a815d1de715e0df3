/* lib/error: the table that clients and translations rely on. */
#include "error.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void table_is_sound(void **state)
{
	(void)state;
	for (int i = 0; i < ERROR_COUNT; i++) {
		const struct error *error = &error_table[i];

		assert_in_range(error->status, 400, 599);
		assert_true(
		    strspn(error->code, "abcdefghijklmnopqrstuvwxyz_") == strlen(error->code));
		assert_true(strlen(error->title) > 0);
		assert_null(error->field);
		for (int other = 0; other < i; other++)
			assert_string_not_equal(error->code, error_table[other].code);
	}
}

static void copies_mean_the_same(void **state)
{
	struct arena *arena = arena_new();
	char name[] = "nickname";
	const struct error *field = error_field(arena, FAIL(INVALID), name);
	const struct error *retry = error_retry(arena, field, 30);

	(void)state;
	name[0] = 'x';
	assert_string_equal(field->field, "nickname");
	assert_int_equal(field->status, 422);
	assert_int_equal(retry->retry_after, 30);
	assert_string_equal(retry->field, "nickname");
	assert_true(error_is(retry, FAIL(INVALID)));
	assert_false(error_is(retry, FAIL(WEAK_PASSWORD)));
	assert_false(error_is(NULL, FAIL(INVALID)));
	assert_null(FAIL(INVALID)->field);
	arena_free(&arena);
}

static const struct error *tried(const struct error *error, int *after)
{
	TRY(error);
	*after = 1;
	return FAIL(CONFLICT);
}

static void try_returns_failures_only(void **state)
{
	int after = 0;

	(void)state;
	assert_ptr_equal(tried(FAIL(NOT_FOUND), &after), FAIL(NOT_FOUND));
	assert_int_equal(after, 0);
	assert_ptr_equal(tried(NULL, &after), FAIL(CONFLICT));
	assert_int_equal(after, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(table_is_sound),
	    cmocka_unit_test(copies_mean_the_same),
	    cmocka_unit_test(try_returns_failures_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
