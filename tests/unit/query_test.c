/* Query strings read into records. */
#include "arena.h"
#include "error.h"
#include "query.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct wish {
	int64_t before;
	int64_t limit;
	bool all;
	int64_t open;
	const char *text;
	const char *box;
	struct id_list ids;
	int64_t secret;
};

static const struct field wish_fields[] = {
    OPTIONAL(struct wish, before, 0, INT64_MAX),
    OPTIONAL(struct wish, limit, 1, 100),
    OPTIONAL(struct wish, all, 0, 0),
    FLAG(struct wish, open, FIELD_OPTIONAL),
    OPTIONAL(struct wish, text, 1, 4),
    CHOICE(struct wish, box, FIELD_OPTIONAL, "in out"),
    OPTIONAL(struct wish, ids, 1, 3),
    HIDDEN(struct wish, secret),
};
static const struct record wish_record = RECORD(struct wish, wish_fields);

static void reads_everything(void **state)
{
	struct arena *arena = arena_new();
	struct wish wish;

	(void)state;
	assert_null(query_fill(arena, &wish_record,
	    "before=7&limit=100&all=true&open=0&text=%E4%BD%A0+%2B1&box=out&ids=3,2,1&other=%41&"
	    "other=2",
	    &wish));
	assert_int_equal(wish.before, 7);
	assert_int_equal(wish.limit, 100);
	assert_true(wish.all);
	assert_int_equal(wish.open, 0);
	assert_string_equal(wish.text, "你 +1");
	assert_string_equal(wish.box, "out");
	assert_int_equal(wish.ids.count, 3);
	assert_int_equal(wish.ids.ids[0], 3);
	assert_int_equal(wish.ids.ids[2], 1);
	arena_free(&arena);
}

static void leaves_absent_what_was_not_sent(void **state)
{
	static const char *const queries[] = {"", "&", "&&", "x", "x=1", "secret=5"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct wish wish;

		memset(&wish, 0x55, sizeof(wish));
		assert_null(query_fill(arena, &wish_record, queries[i], &wish));
		assert_true(wish.before == ABSENT && wish.limit == ABSENT && wish.open == ABSENT);
		assert_true(wish.secret == ABSENT);
		assert_false(wish.all);
		assert_null(wish.text);
		assert_null(wish.box);
		assert_int_equal(wish.ids.count, 0);
	}
	arena_free(&arena);
}

static void names_the_wrong_field(void **state)
{
	static const struct {
		const char *query;
		const char *field;
	} cases[] = {
	    {"before=", "before"},
	    {"before", "before"},
	    {"before=-1", "before"},
	    {"before=-0", "before"},
	    {"before=1x", "before"},
	    {"before=+1", "before"},
	    {"before=%201", "before"},
	    {"before=01", "before"},
	    {"before=1.0", "before"},
	    {"before=9999999999999999999", "before"},
	    {"limit=0", "limit"},
	    {"limit=101", "limit"},
	    {"limit=1&limit=1", "limit"},
	    {"all=yes", "all"},
	    {"open=2", "open"},
	    {"text=", "text"},
	    {"text=12345", "text"},
	    {"text=a%0Ab", "text"},
	    {"box=inn", "box"},
	    {"box=", "box"},
	    {"box=in%20out", "box"},
	    {"ids=", "ids"},
	    {"ids=1,", "ids"},
	    {"ids=,1", "ids"},
	    {"ids=0", "ids"},
	    {"ids=1,2,3,4", "ids"},
	    {"ids=9007199254740992", "ids"},
	    {"ids=1&ids=2", "ids"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct wish wish;
		const struct error *error = query_fill(arena, &wish_record, cases[i].query, &wish);

		assert_true(error_is(error, FAIL(INVALID)));
		assert_string_equal(error->field, cases[i].field);
	}
	arena_free(&arena);
}

static void refuses_bad_escapes(void **state)
{
	static const char *const queries[] = {"text=%", "text=%0", "text=%00", "text=%ff",
	    "te%zzt=1", "text=%ED%A0%80", "x=%", "%C0%80=1"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct wish wish;

		assert_true(error_is(
		    query_fill(arena, &wish_record, queries[i], &wish), FAIL(BAD_REQUEST)));
	}
	arena_free(&arena);
}

static void demands_what_is_required(void **state)
{
	struct demand {
		int64_t user;
	};
	static const struct field fields[] = {REQUIRED(struct demand, user, 1, 9)};
	static const struct record record = RECORD(struct demand, fields);
	struct arena *arena = arena_new();
	struct demand demand;
	const struct error *error;

	(void)state;
	assert_null(query_fill(arena, &record, "user=9", &demand));
	assert_int_equal(demand.user, 9);
	error = query_fill(arena, &record, "other=1", &demand);
	assert_true(error_is(error, FAIL(INVALID)));
	assert_string_equal(error->field, "user");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_everything),
	    cmocka_unit_test(leaves_absent_what_was_not_sent),
	    cmocka_unit_test(names_the_wrong_field),
	    cmocka_unit_test(refuses_bad_escapes),
	    cmocka_unit_test(demands_what_is_required),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
