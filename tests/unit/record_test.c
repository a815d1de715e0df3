/* lib/record: the descriptions themselves. */
#include "record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct part {
	int64_t id;
};

static const struct field part_fields[] = {
    REQUIRED(struct part, id, 1, 9),
};
static const struct record part_record = RECORD(struct part, part_fields);

struct everything {
	int64_t number;
	bool yes;
	int64_t flag;
	const char *text;
	struct json_text body;
	struct id_list ids;
	struct text_list words;
	struct rows parts;
};

static const struct field everything_fields[] = {
    OPTIONAL(struct everything, number, -1, 1),
    OUTPUT(struct everything, yes),
    FLAG(struct everything, flag, FIELD_OPTIONAL),
    CHOICE(struct everything, text, FIELD_REQUIRED, "a b"),
    HIDDEN(struct everything, body),
    REQUIRED(struct everything, ids, 0, 3),
    OPTIONAL(struct everything, words, 0, 2),
    LIST(struct everything, parts, FIELD_REQUIRED, 1, 2, &part_record),
};
static const struct record everything_record = RECORD(struct everything, everything_fields);

static void macros_describe_the_struct(void **state)
{
	static const struct {
		const char *name;
		enum field_kind kind;
		enum field_need need;
		size_t offset;
	} expected[] = {
	    {"number", FIELD_INT, FIELD_OPTIONAL, offsetof(struct everything, number)},
	    {"yes", FIELD_BOOL, FIELD_OUTPUT, offsetof(struct everything, yes)},
	    {"flag", FIELD_FLAG, FIELD_OPTIONAL, offsetof(struct everything, flag)},
	    {"text", FIELD_TEXT, FIELD_REQUIRED, offsetof(struct everything, text)},
	    {"body", FIELD_JSON, FIELD_HIDDEN, offsetof(struct everything, body)},
	    {"ids", FIELD_IDS, FIELD_REQUIRED, offsetof(struct everything, ids)},
	    {"words", FIELD_TEXTS, FIELD_OPTIONAL, offsetof(struct everything, words)},
	    {"parts", FIELD_ROWS, FIELD_REQUIRED, offsetof(struct everything, parts)},
	};

	(void)state;
	assert_int_equal(everything_record.size, sizeof(struct everything));
	assert_int_equal(everything_record.count, sizeof(expected) / sizeof(expected[0]));
	for (size_t i = 0; i < everything_record.count; i++) {
		const struct field *field = record_field(&everything_record, expected[i].name);

		assert_ptr_equal(field, &everything_fields[i]);
		assert_int_equal(field->kind, expected[i].kind);
		assert_int_equal(field->need, expected[i].need);
		assert_int_equal(field->offset, expected[i].offset);
	}
	assert_null(record_field(&everything_record, "numbe"));
	assert_null(record_field(&everything_record, ""));
}

static void clear_makes_everything_absent(void **state)
{
	struct everything object;

	(void)state;
	memset(&object, 0xEE, sizeof(object));
	record_clear(&everything_record, &object);
	assert_true(object.number == ABSENT);
	assert_true(object.flag == ABSENT);
	assert_false(object.yes);
	assert_null(object.text);
	assert_null(object.body.text);
	assert_int_equal(object.ids.count, 0);
	assert_null(object.words.texts);
	assert_int_equal(object.parts.count, 0);
}

static void row_finds_its_place(void **state)
{
	struct part parts[3] = {{1}, {2}, {3}};
	struct rows rows = {&part_record, parts, 3};

	(void)state;
	assert_int_equal(ROW(struct part, &rows, 2)->id, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(macros_describe_the_struct),
	    cmocka_unit_test(clear_makes_everything_absent),
	    cmocka_unit_test(row_finds_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
