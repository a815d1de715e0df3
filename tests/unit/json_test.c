/* lib/json: which texts are JSON, and what is written. */
#include "json.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* What is read is written again: `as` when that differs. */
static const struct {
	const char *text;
	const char *as;
} accepted[] = {
    {"{}", NULL},
    {"[]", NULL},
    {" \t\r\n{ } \n", "{}"},
    {"{\"a\":1}", NULL},
    {"{\"a\":null,\"b\":true,\"c\":false}", NULL},
    {"[1,-1,0,-0]", "[1,-1,0,0]"},
    {"[9223372036854775807,-9223372036854775808]", NULL},
    {"[1.5,1e3,1E+3,1e-3,-0.25]", "[1.5,1e3,1E+3,1e-3,-0.25]"},
    {"[\"\"]", NULL},
    {"[\"你好 \xF0\x9F\x91\x8D\"]", NULL},
    {"[\"\\ud83d\\udc4d\\u4f60\"]", "[\"👍你\"]"},
    {"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\"\\\\/\\b\\f\\n\\r\\t\"]"},
    {"[\"\x7F\"]", NULL},
    {"[\"a/b\"]", NULL},
    {"[\"\xEF\xBF\xBF\"]", NULL},
    {"[\"\xF4\x8F\xBF\xBF\"]", NULL},
    {"[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", NULL},
    {"{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}", NULL},
    {"{\"\":1}", NULL},
};

static void accepted_texts(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(accepted); i++) {
		const char *text = accepted[i].text;
		struct json_object *root;

		if (json_read(arena, text, strlen(text), &root) != NULL)
			fail_msg("refused: %s", text);
		assert_string_equal(
		    json_write(root), accepted[i].as == NULL ? text : accepted[i].as);
	}
	arena_free(&arena);
}

#define TEXT(literal) literal, sizeof(literal) - 1

static const struct {
	const char *text;
	size_t length;
} refused[] = {
    {TEXT("")},
    {TEXT("  ")},
    {TEXT("1")},
    {TEXT("\"a\"")},
    {TEXT("null")},
    {TEXT("{")},
    {TEXT("}")},
    {TEXT("[")},
    {TEXT("[1")},
    {TEXT("[1,")},
    {TEXT("[1,]")},
    {TEXT("[,1]")},
    {TEXT("[1 2]")},
    {TEXT("[1}")},
    {TEXT("{\"a\":1]")},
    {TEXT("{\"a\"}")},
    {TEXT("{\"a\":}")},
    {TEXT("{\"a\":1,}")},
    {TEXT("{\"a\" 1}")},
    {TEXT("{a:1}")},
    {TEXT("{1:1}")},
    {TEXT("{'a':1}")},
    {TEXT("['a']")},
    {TEXT("[NaN]")},
    {TEXT("[Infinity]")},
    {TEXT("[-Infinity]")},
    {TEXT("[True]")},
    {TEXT("[TRUE]")},
    {TEXT("[NULL]")},
    {TEXT("[tru]")},
    {TEXT("[nulll]")},
    {TEXT("[01]")},
    {TEXT("[-]")},
    {TEXT("[-01]")},
    {TEXT("[+1]")},
    {TEXT("[.5]")},
    {TEXT("[1.]")},
    {TEXT("[1e]")},
    {TEXT("[1e+]")},
    {TEXT("[0x10]")},
    {TEXT("[1e400]")},
    {TEXT("[9223372036854775808]")},
    {TEXT("[-9223372036854775809]")},
    {TEXT("[18446744073709551615]")},
    {TEXT("[99999999999999999999999999999999999999999]")},
    {TEXT("{} {}")},
    {TEXT("{}x")},
    {TEXT("[]\0")},
    {TEXT("[\"a\0b\"]")},
    {TEXT("[\"a\nb\"]")},
    {TEXT("[\"a\tb\"]")},
    {TEXT("[\"\x1F\"]")},
    {TEXT("[\"")},
    {TEXT("[\"\\\"]")},
    {TEXT("[\"\\x41\"]")},
    {TEXT("[\"\\'\"]")},
    {TEXT("[\"\\0\"]")},
    {TEXT("[\"\\u12\"]")},
    {TEXT("[\"\\u12g4\"]")},
    {TEXT("[\"\\U1234\"]")},
    {TEXT("[\"\\u0000\"]")},
    {TEXT("[\"\\ud83d\"]")},
    {TEXT("[\"\\ud83dx\"]")},
    {TEXT("[\"\\ud83d\\n\"]")},
    {TEXT("[\"\\ud83d\\ud83d\"]")},
    {TEXT("[\"\\udc4d\"]")},
    {TEXT("{\"\\u0000\":1}")},
    {TEXT("{\"a\":1,\"a\":2}")},
    {TEXT("{\"a\":1,\"\\u0061\":2}")},
    {TEXT("{\"x\":[{\"a\":1,\"b\":2,\"a\":3}]}")},
    {TEXT("// c\n{}")},
    {TEXT("/* c */{}")},
    {TEXT("{}/**/")},
    {TEXT("\xEF\xBB\xBF{}")},
    {TEXT("[\"\x80\"]")},
    {TEXT("[\"\xC0\xAF\"]")},	      /* overlong */
    {TEXT("[\"\xE0\x80\xAF\"]")},     /* overlong */
    {TEXT("[\"\xF0\x80\x80\xAF\"]")}, /* overlong */
    {TEXT("[\"\xED\xA0\x80\"]")},     /* a surrogate */
    {TEXT("[\"\xF4\x90\x80\x80\"]")}, /* above U+10FFFF */
    {TEXT("[\"\xE4\xBD\"]")},
    {TEXT("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]")},
    {TEXT("[\xC2\xA0]")},
    {TEXT("[1\f]")},
};

static void refused_texts(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct json_object *root = (void *)&arena;
		/* Without a NUL behind it, so that reading on is noticed. */
		char *exact = malloc(refused[i].length + (refused[i].length == 0));

		memcpy(exact, refused[i].text, refused[i].length);
		if (json_read(arena, exact, refused[i].length, &root) != FAIL(INVALID_JSON))
			fail_msg("accepted: %s", refused[i].text);
		assert_null(root);
		free(exact);
	}
	arena_free(&arena);
}

/* Every prefix of a valid text is refused, and none is read past its end. */
static void cut_texts_are_refused(void **state)
{
	static const char text[] = "{\"a\":[1,-2.5e+3,\"\\ud83d\\udc4d你\",true,null],\"b\":{}}";
	struct arena *arena = arena_new();

	(void)state;
	for (size_t length = 0; length < sizeof(text) - 1; length++) {
		struct json_object *root;
		char *exact = malloc(length + (length == 0));

		memcpy(exact, text, length);
		assert_ptr_equal(json_read(arena, exact, length, &root), FAIL(INVALID_JSON));
		free(exact);
	}
	arena_free(&arena);
}

struct shown {
	int64_t id;
	bool yes;
	int64_t flag;
	const char *text;
	struct json_text body;
	const char *secret;
};

static const struct field shown_fields[] = {
    OUTPUT(struct shown, id),
    OUTPUT(struct shown, yes),
    FLAG(struct shown, flag, FIELD_OUTPUT),
    OUTPUT(struct shown, text),
    OUTPUT(struct shown, body),
    HIDDEN(struct shown, secret),
};
static const struct record shown_record = RECORD(struct shown, shown_fields);

static void records_are_written(void **state)
{
	struct shown items[] = {
	    {1, true, 0, "\"a\"/\n👍", {"{\"k\": [1, 2]}"}, "s"},
	    {ABSENT, false, ABSENT, NULL, {NULL}, "s"},
	};
	struct rows rows = {&shown_record, items, 2};
	struct arena *arena = arena_new();
	struct json_object *root = json_new(arena);

	(void)state;
	json_set(root, "rows", json_list(&rows));
	json_set(root, "one", json_record(&shown_record, &items[1]));
	assert_string_equal(json_write(root),
	    "{\"rows\":[{\"id\":1,\"yes\":true,\"flag\":false,\"text\":\"\\\"a\\\"/\\n👍\","
	    "\"body\":{\"k\": [1, 2]}},"
	    "{\"id\":null,\"yes\":false,\"flag\":null,\"text\":null,\"body\":null}],"
	    "\"one\":{\"id\":null,\"yes\":false,\"flag\":null,\"text\":null,\"body\":null}}");
	arena_free(&arena);
}

static void members_are_set(void **state)
{
	struct arena *arena = arena_new();
	struct json_object *root = json_new(arena);
	struct json_object *list = json_array(arena);
	struct json_object *child = json_child();

	(void)state;
	json_set_text(child, "t", "x");
	json_set_text(child, "n", NULL);
	json_set(root, "child", child);
	json_set(root, "again", json_share(child));
	json_set_int(root, "i", INT64_MAX);
	json_set_int(root, "none", ABSENT);
	json_set_bool(root, "b", true);
	json_set_bool(root, "b", false);
	json_set_raw(root, "raw", (struct json_text){"[ 1,\"\\u4f60\" ]"});
	json_set_raw(root, "no", (struct json_text){NULL});
	json_set(root, "null", NULL);
	json_set(root, "empty", json_list(&(struct rows){&shown_record, NULL, 0}));
	assert_string_equal(json_write(root),
	    "{\"child\":{\"t\":\"x\",\"n\":null},\"again\":{\"t\":\"x\",\"n\":null},"
	    "\"i\":9223372036854775807,\"none\":null,\"b\":false,\"raw\":[ 1,\"\\u4f60\" ],"
	    "\"no\":null,\"null\":null,\"empty\":[]}");
	json_append(list, json_share(root));
	json_append_int(list, -5);
	json_append(list, NULL);
	assert_int_equal(strlen(json_write(list)), strlen(json_write(root)) + strlen("[,-5,null]"));
	arena_free(&arena);
}

static void members_are_read(void **state)
{
	static const char text[] = "{\"t\":\"x\",\"i\":-7,\"d\":1.5,\"n\":null,\"o\":{\"k\":1}}";
	struct arena *arena = arena_new();
	struct json_object *root;

	(void)state;
	assert_null(json_read(arena, text, strlen(text), &root));
	assert_string_equal(json_get_text(root, "t"), "x");
	assert_null(json_get_text(root, "i"));
	assert_null(json_get_text(root, "missing"));
	assert_int_equal(json_get_int(root, "i"), -7);
	assert_true(json_get_int(root, "d") == ABSENT);
	assert_true(json_get_int(root, "t") == ABSENT);
	assert_true(json_get_int(root, "n") == ABSENT);
	assert_int_equal(json_get_int(json_get(root, "o"), "k"), 1);
	assert_null(json_get(json_get(root, "t"), "k"));
	assert_null(json_get(NULL, "k"));
	arena_free(&arena);
}

static void id_lists(void **state)
{
	const int64_t ids[] = {1, INT64_MAX, INT64_MIN};
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(json_ids(arena, ids, 0), "[]");
	assert_string_equal(json_ids(arena, ids, 1), "[1]");
	assert_string_equal(
	    json_ids(arena, ids, 3), "[1,9223372036854775807,-9223372036854775808]");
	arena_free(&arena);
}

static void text_lists(void **state)
{
	const char *const texts[] = {"你 \"", "", "a\\/"};
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(json_texts(arena, &(struct text_list){texts, 0}), "[]");
	assert_string_equal(
	    json_texts(arena, &(struct text_list){texts, 3}), "[\"你 \\\"\",\"\",\"a\\\\/\"]");
	assert_string_equal(json_texts(arena, &(struct text_list){NULL, 0}), "null");
	arena_free(&arena);
}

static void code_points_are_counted(void **state)
{
	(void)state;
	assert_int_equal(json_utf8_length(""), 0);
	assert_int_equal(json_utf8_length("aé你👍"), 4);
	assert_true(json_utf8_valid("aé你👍", strlen("aé你👍")));
	assert_true(json_utf8_valid("", 0));
	assert_false(json_utf8_valid("\xC1\x81", 2));
	assert_false(json_utf8_valid("\xF5\x80\x80\x80", 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(accepted_texts),
	    cmocka_unit_test(refused_texts),
	    cmocka_unit_test(cut_texts_are_refused),
	    cmocka_unit_test(records_are_written),
	    cmocka_unit_test(members_are_set),
	    cmocka_unit_test(members_are_read),
	    cmocka_unit_test(id_lists),
	    cmocka_unit_test(text_lists),
	    cmocka_unit_test(code_points_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
