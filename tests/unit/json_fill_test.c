/* lib/json: requests into records, with every check that a field can ask for. */
#include "json.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct receipt {
	int64_t seq;
	const char *note;
};

static const struct field receipt_fields[] = {
    REQUIRED(struct receipt, seq, 1, 100),
    OPTIONAL(struct receipt, note, 1, 3),
};
static const struct record receipt_record = RECORD(struct receipt, receipt_fields);

struct draft {
	int64_t number;
	int64_t lasts;
	const char *name;
	const char *bio;
	const char *kind;
	bool loud;
	int64_t flag;
	struct json_text body;
	struct id_list ids;
	struct text_list tags;
	struct rows receipts;
	int64_t shown;
	const char *hidden;
};

static const struct field draft_fields[] = {
    OPTIONAL(struct draft, number, -5, 5),
    CLEARABLE(struct draft, lasts, 0, 9),
    REQUIRED(struct draft, name, 1, 4),
    OPTIONAL(struct draft, bio, 1, 10),
    CHOICE(struct draft, kind, FIELD_OPTIONAL, "red green"),
    OPTIONAL(struct draft, loud, 0, 0),
    FLAG(struct draft, flag, FIELD_OPTIONAL),
    OPTIONAL(struct draft, body, 0, 0),
    OPTIONAL(struct draft, ids, 1, 3),
    OPTIONAL(struct draft, tags, 0, 2),
    LIST(struct draft, receipts, FIELD_OPTIONAL, 1, 2, &receipt_record),
    OUTPUT(struct draft, shown),
    HIDDEN(struct draft, hidden),
};
static const struct record draft_record = RECORD(struct draft, draft_fields);

static struct json_object *read_text(struct arena *arena, const char *text)
{
	struct json_object *root;

	if (json_read(arena, text, strlen(text), &root) != NULL)
		fail_msg("not JSON: %s", text);
	return root;
}

static void everything_is_filled(void **state)
{
	struct arena *arena = arena_new();
	struct draft draft;

	(void)state;
	assert_null(json_fill(arena, &draft_record,
	    read_text(arena,
		"{\"number\":-5,\"name\":\"你好👍a\",\"bio\":\"a\\n\\tb\",\"kind\":\"green\","
		"\"loud\":true,\"flag\":false,\"body\":{\"text\" : \"a/b\", \"n\":[1.50]},"
		"\"ids\":[3,9007199254740991],\"tags\":[\"你 "
		"\",\"\"],\"receipts\":[{\"seq\":7},{\"seq\":8,\"note\":\"x\"}]"
		","
		"\"shown\":5,\"hidden\":\"h\",\"unknown\":[{}]}"),
	    &draft));
	assert_int_equal(draft.number, -5);
	assert_string_equal(draft.name, "你好👍a");
	assert_string_equal(draft.bio, "a\n\tb");
	assert_string_equal(draft.kind, "green");
	assert_true(draft.loud);
	assert_true(draft.flag == 0);
	assert_string_equal(draft.body.text, "{\"text\":\"a/b\",\"n\":[1.50]}");
	assert_int_equal(draft.ids.count, 2);
	assert_true(draft.ids.ids[1] == 9007199254740991);
	assert_int_equal(draft.tags.count, 2);
	assert_string_equal(draft.tags.texts[0], "你 ");
	assert_string_equal(draft.tags.texts[1], "");
	assert_int_equal(draft.receipts.count, 2);
	assert_int_equal(ROW(struct receipt, &draft.receipts, 0)->seq, 7);
	assert_null(ROW(struct receipt, &draft.receipts, 0)->note);
	assert_string_equal(ROW(struct receipt, &draft.receipts, 1)->note, "x");
	assert_true(draft.shown == ABSENT);
	assert_null(draft.hidden);
	arena_free(&arena);
}

static void missing_is_absent(void **state)
{
	struct arena *arena = arena_new();
	struct draft draft;

	(void)state;
	memset(&draft, 0xEE, sizeof(draft));
	assert_null(json_fill(arena, &draft_record, read_text(arena, "{\"name\":\"a\"}"), &draft));
	assert_true(draft.number == ABSENT);
	assert_true(draft.lasts == ABSENT);
	assert_null(draft.bio);
	assert_null(draft.kind);
	assert_false(draft.loud);
	assert_true(draft.flag == ABSENT);
	assert_null(draft.body.text);
	assert_null(draft.ids.ids);
	assert_null(draft.tags.texts);
	assert_int_equal(draft.receipts.count, 0);
	/* An empty list says something. */
	assert_null(json_fill(
	    arena, &draft_record, read_text(arena, "{\"name\":\"a\",\"tags\":[]}"), &draft));
	assert_non_null(draft.tags.texts);
	assert_int_equal(draft.tags.count, 0);
	arena_free(&arena);
}

/* null clears a text, and a number where that means something; it is like not sent for anything
 * else. */
static void null_clears(void **state)
{
	struct arena *arena = arena_new();
	struct draft draft;

	(void)state;
	assert_null(json_fill(arena, &draft_record,
	    read_text(arena,
		"{\"name\":\"a\",\"bio\":null,\"kind\":null,\"number\":null,\"lasts\":null,"
		"\"loud\":null,\"flag\":null,\"body\":null,\"ids\":null,\"tags\":null,\"receipts\":"
		"null}"),
	    &draft));
	assert_string_equal(draft.bio, "");
	assert_string_equal(draft.kind, "");
	assert_true(draft.number == ABSENT);
	assert_int_equal(draft.lasts, 0);
	assert_false(draft.loud);
	assert_true(draft.flag == ABSENT);
	assert_null(draft.body.text);
	assert_int_equal(draft.ids.count, 0);
	assert_null(draft.tags.texts);
	assert_int_equal(draft.receipts.count, 0);
	arena_free(&arena);
}

static const struct {
	const char *text;
	const char *field;
} refused[] = {
    {"{}", "name"},
    {"{\"name\":null}", "name"},
    {"{\"name\":\"\"}", "name"},
    {"{\"name\":\"abcde\"}", "name"},
    {"{\"name\":7}", "name"},
    {"{\"name\":[\"a\"]}", "name"},
    {"{\"name\":\"a\\u0001\"}", "name"},
    {"{\"name\":\"a\\r\"}", "name"},
    {"{\"name\":\"a\\u007f\"}", "name"},
    {"{\"name\":\"a\\u0085\"}", "name"},
    {"{\"name\":\"a\",\"number\":6}", "number"},
    {"{\"name\":\"a\",\"number\":-6}", "number"},
    {"{\"name\":\"a\",\"number\":1.0}", "number"},
    {"{\"name\":\"a\",\"number\":\"1\"}", "number"},
    {"{\"name\":\"a\",\"number\":true}", "number"},
    {"{\"name\":\"a\",\"number\":-9223372036854775808}", "number"},
    {"{\"name\":\"a\",\"bio\":\"\"}", "bio"},
    {"{\"name\":\"a\",\"kind\":\"blue\"}", "kind"},
    {"{\"name\":\"a\",\"kind\":\"re\"}", "kind"},
    {"{\"name\":\"a\",\"kind\":\"red green\"}", "kind"},
    {"{\"name\":\"a\",\"kind\":\"\"}", "kind"},
    {"{\"name\":\"a\",\"loud\":1}", "loud"},
    {"{\"name\":\"a\",\"flag\":0}", "flag"},
    {"{\"name\":\"a\",\"body\":[]}", "body"},
    {"{\"name\":\"a\",\"body\":\"{}\"}", "body"},
    {"{\"name\":\"a\",\"ids\":[]}", "ids"},
    {"{\"name\":\"a\",\"ids\":[1,2,3,4]}", "ids"},
    {"{\"name\":\"a\",\"ids\":[0]}", "ids"},
    {"{\"name\":\"a\",\"ids\":[-1]}", "ids"},
    {"{\"name\":\"a\",\"ids\":[9007199254740992]}", "ids"},
    {"{\"name\":\"a\",\"ids\":[\"1\"]}", "ids"},
    {"{\"name\":\"a\",\"ids\":[null]}", "ids"},
    {"{\"name\":\"a\",\"ids\":{}}", "ids"},
    {"{\"name\":\"a\",\"tags\":[\"a\",\"b\",\"c\"]}", "tags"},
    {"{\"name\":\"a\",\"tags\":[7]}", "tags"},
    {"{\"name\":\"a\",\"tags\":[null]}", "tags"},
    {"{\"name\":\"a\",\"tags\":[\"a\\u0007\"]}", "tags"},
    {"{\"name\":\"a\",\"tags\":\"a\"}", "tags"},
    {"{\"name\":\"a\",\"receipts\":[]}", "receipts"},
    {"{\"name\":\"a\",\"receipts\":[{\"seq\":1},{\"seq\":1},{\"seq\":1}]}", "receipts"},
    {"{\"name\":\"a\",\"receipts\":[{\"seq\":1},{\"seq\":0}]}", "receipts"},
    {"{\"name\":\"a\",\"receipts\":[{}]}", "receipts"},
    {"{\"name\":\"a\",\"receipts\":[7]}", "receipts"},
    {"{\"name\":\"a\",\"receipts\":[null]}", "receipts"},
    {"[]", NULL},
};

static void refusals_name_the_field(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct draft draft;
		const struct error *error =
		    json_fill(arena, &draft_record, read_text(arena, refused[i].text), &draft);

		if (!error_is(error, FAIL(INVALID)))
			fail_msg("accepted: %s", refused[i].text);
		if (refused[i].field == NULL)
			assert_null(error->field);
		else
			assert_string_equal(error->field, refused[i].field);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everything_is_filled),
	    cmocka_unit_test(missing_is_absent),
	    cmocka_unit_test(null_clears),
	    cmocka_unit_test(refusals_name_the_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
