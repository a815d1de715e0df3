/* lib/db: what goes in comes out, whichever way it travels. */
#include "db_fixture.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct thing {
	int64_t id;
	int64_t number;
	bool yes;
	int64_t flag;
	const char *text;
	struct json_text body;
};

static const struct field thing_fields[] = {
    OUTPUT(struct thing, id),
    OUTPUT(struct thing, number),
    OUTPUT(struct thing, yes),
    FLAG(struct thing, flag, FIELD_OUTPUT),
    OUTPUT(struct thing, text),
    OUTPUT(struct thing, body),
};
static const struct record thing_record = RECORD(struct thing, thing_fields);

static const char SQL_ADD[] =
    "INSERT INTO thing (number, yes, flag, text, body) VALUES (?, ?, ?, ?, ?)";
static const char SQL_ALL[] = "SELECT id, number, yes, flag, text, body FROM thing ORDER BY id";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM thing";

#define THING_PARAMS(thing)                                                             \
	PARAMS(P((thing)->number), P((thing)->yes), P((thing)->flag), P((thing)->text), \
	    P((thing)->body))

static void same_text(const char *left, const char *right)
{
	if (left == NULL || right == NULL)
		assert_ptr_equal(left, right);
	else
		assert_string_equal(left, right);
}

static void same_thing(const struct thing *left, const struct thing *right)
{
	assert_true(left->number == right->number);
	assert_int_equal(left->yes, right->yes);
	assert_true(left->flag == right->flag);
	same_text(left->text, right->text);
	same_text(left->body.text, right->body.text);
}

static char *long_body(struct arena *arena)
{
	enum { SIZE = 3000000 };
	char *text = arena_alloc(arena, SIZE + 1);

	for (size_t i = 0; i < SIZE; i++)
		text[i] = (char)('a' + i % 26);
	return text;
}

/* Each value in by both ways and out by both ways: four times the same. */
static void values_survive(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	struct arena *arena = fixture->arena;
	const struct thing things[] = {
	    {0, 0, false, 0, "plain", {"{\"a\":1}"}},
	    {0, INT64_MAX, true, 1, "", {""}},
	    {0, INT64_MIN + 1, false, ABSENT, NULL, {NULL}},
	    {0, ABSENT, true, 0, "' \" ` \\ \\' % _ ? ; -- # /*", {"?"}},
	    {0, -1, true, 1, "你好 👍 \xF4\x8F\xBF\xBF", {"[\"\\u4f60\"]"}},
	    {0, 1, false, 0, "\n\t\r\x1a\x7f", {long_body(arena)}},
	};
	struct rows prepared, texts;
	const struct db_step all = {SQL_ALL, NO_PARAMS, &thing_record, &texts};

	for (size_t i = 0; i < COUNT(things); i++) {
		const struct db_step add = {SQL_ADD, THING_PARAMS(&things[i]), NULL, NULL};

		db_must(db, db_exec(db, SQL_ADD, THING_PARAMS(&things[i])));
		db_must(db, db_run(db, arena, &add, 1));
	}
	db_must(db, db_rows(db, arena, &thing_record, &prepared, SQL_ALL, NO_PARAMS));
	db_must(db, db_run(db, arena, &all, 1));
	assert_int_equal(prepared.count, 2 * COUNT(things));
	assert_int_equal(texts.count, prepared.count);
	for (size_t i = 0; i < prepared.count; i++) {
		same_thing(ROW(struct thing, &prepared, i), &things[i / 2]);
		same_thing(ROW(struct thing, &texts, i), &things[i / 2]);
	}
}

struct name {
	const char *id;
};

/* A statement is read as it was first, as another record, and as a number again. */
static void statements_are_used_again(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	static const struct field name_fields[] = {OUTPUT(struct name, id)};
	static const struct record name_record = RECORD(struct name, name_fields);
	struct name name;
	static const char SQL_ONE[] = "SELECT id FROM thing WHERE number = ?";
	struct thing thing;
	int64_t id;
	bool exists;

	for (int number = 1; number <= 40; number++)
		db_must(
		    db, db_exec(db, "INSERT INTO thing (number) VALUES (?)", PARAMS(P(number))));
	assert_int_equal(db_insert_id(db), 40);
	for (int round = 0; round < 2; round++) {
		db_must(
		    db, db_one(db, fixture->arena, &thing_record, &thing, SQL_ONE, PARAMS(P(7))));
		assert_int_equal(thing.id, 7);
		assert_true(thing.flag == ABSENT);
		db_must(db, db_one(db, fixture->arena, &name_record, &name, SQL_ONE, PARAMS(P(8))));
		assert_string_equal(name.id, "8");
		db_must(db, db_int(db, &id, SQL_ONE, PARAMS(P(9))));
		assert_int_equal(id, 9);
		db_must(db, db_exists(db, &exists, SQL_ONE, PARAMS(P(40))));
		assert_true(exists);
		db_must(db, db_exists(db, &exists, SQL_ONE, PARAMS(P(41))));
		assert_false(exists);
	}
}

/* More than a list has room for at first. */
static void lists_of_ids(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	static const char SQL_LAST[] = "SELECT id FROM thing WHERE number > ? ORDER BY id";
	struct id_list ids;

	for (int number = 1; number <= 150; number++)
		db_must(
		    db, db_exec(db, "INSERT INTO thing (number) VALUES (?)", PARAMS(P(number))));
	db_must(db, db_ids(db, fixture->arena, &ids, SQL_LAST, PARAMS(P(10))));
	assert_int_equal(ids.count, 140);
	for (size_t i = 0; i < ids.count; i++)
		assert_int_equal(ids.ids[i], 11 + (int64_t)i);
	db_must(db, db_ids(db, fixture->arena, &ids, SQL_LAST, PARAMS(P(150))));
	assert_int_equal(ids.count, 0);
}

static void the_first_row_counts(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	struct thing thing;
	struct rows rows;
	int64_t value;

	for (int number = 1; number <= 3; number++)
		db_must(
		    db, db_exec(db, "INSERT INTO thing (number) VALUES (?)", PARAMS(P(number))));
	db_must(db, db_one(db, fixture->arena, &thing_record, &thing, SQL_ALL, NO_PARAMS));
	assert_int_equal(thing.number, 1);
	assert_null(thing.text);
	db_must(db, db_int(db, &value, "SELECT number FROM thing ORDER BY id DESC", NO_PARAMS));
	assert_int_equal(value, 3);
	db_must(db, db_int(db, &value, "SELECT MAX(number) FROM thing WHERE id < 0", NO_PARAMS));
	assert_true(value == ABSENT);
	db_must(db, db_int(db, &value, "SELECT number FROM thing WHERE id < 0", NO_PARAMS));
	assert_true(value == ABSENT);
	assert_ptr_equal(db_one(db, fixture->arena, &thing_record, &thing,
			     "SELECT id FROM thing WHERE id < 0", NO_PARAMS),
	    FAIL(NOT_FOUND));
	db_must(db, db_rows(db, fixture->arena, &thing_record, &rows,
			"SELECT id FROM thing WHERE id < 0", NO_PARAMS));
	assert_int_equal(rows.count, 0);
	db_must(db, db_int(db, &value, SQL_COUNT, NO_PARAMS));
	assert_int_equal(value, 3);
}

static void changes_are_counted(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;

	for (int number = 1; number <= 3; number++)
		db_must(
		    db, db_exec(db, "INSERT INTO thing (number) VALUES (?)", PARAMS(P(number))));
	db_must(db, db_exec(db, "UPDATE thing SET yes = ? WHERE number > 1", PARAMS(P(true))));
	assert_int_equal(db_affected(db), 2);
	db_must(db, db_exec(db, "UPDATE thing SET yes = ?", PARAMS(P(true))));
	assert_int_equal(db_affected(db), 1);
	db_must(db, db_exec(db, "DELETE FROM thing", NO_PARAMS));
	assert_int_equal(db_affected(db), 3);
}

/* Sums are DECIMAL to the server, texts of numbers are texts. */
static void numbers_of_other_types(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	static const char SQL_SUMS[] = "SELECT SUM(1) AS number, 2 > 1 AS yes, 7 AS text";
	static const char SQL_WORD[] = "SELECT 'x' AS number";
	struct thing thing;
	struct rows rows;
	const struct db_step sums = {SQL_SUMS, NO_PARAMS, &thing_record, &rows};
	const struct db_step word = {SQL_WORD, NO_PARAMS, &thing_record, &rows};

	db_must(db, db_one(db, fixture->arena, &thing_record, &thing, SQL_SUMS, NO_PARAMS));
	assert_int_equal(thing.number, 1);
	assert_true(thing.yes);
	assert_string_equal(thing.text, "7");
	db_must(db, db_run(db, fixture->arena, &sums, 1));
	same_thing(ROW(struct thing, &rows, 0), &thing);
	assert_ptr_equal(
	    db_one(db, fixture->arena, &thing_record, &thing, SQL_WORD, NO_PARAMS), FAIL(INTERNAL));
	assert_ptr_equal(db_run(db, fixture->arena, &word, 1), FAIL(INTERNAL));
	db_must(db, db_ping(db));
}

static void placeholders_in_quotes_stay(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	static const char SQL_QUOTED[] =
	    "SELECT ? AS number, CONCAT('?''?\\'?', \"?\"\"?\", ?) AS text /* ? */ -- ?\n"
	    " FROM (SELECT 1 AS `?`) AS one # ?\n WHERE 1-?=0";
	static const char text[] = "?'?'?"
				   "?\"?"
				   "<?>";
	struct thing thing;
	struct rows rows;
	const struct db_step step = {
	    SQL_QUOTED, PARAMS(P(-5), P("<?>"), P(1)), &thing_record, &rows};

	db_must(db, db_one(db, fixture->arena, &thing_record, &thing, SQL_QUOTED, step.params));
	assert_int_equal(thing.number, -5);
	assert_string_equal(thing.text, text);
	db_must(db, db_run(db, fixture->arena, &step, 1));
	same_thing(ROW(struct thing, &rows, 0), &thing);
}

struct plan {
	int64_t id;
	const char *select_type, *table, *type, *possible_keys, *key, *key_len, *ref, *rows, *Extra;
};

static const struct field plan_fields[] = {
    OUTPUT(struct plan, id),
    OUTPUT(struct plan, select_type),
    OUTPUT(struct plan, table),
    OUTPUT(struct plan, type),
    OUTPUT(struct plan, possible_keys),
    OUTPUT(struct plan, key),
    OUTPUT(struct plan, key_len),
    OUTPUT(struct plan, ref),
    OUTPUT(struct plan, rows),
    OUTPUT(struct plan, Extra),
};
static const struct record plan_record = RECORD(struct plan, plan_fields);

/* A literal compares with a column as a prepared parameter does: by the column's rules. */
static void literals_use_indexes(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	struct rows text, code;
	const struct db_step steps[] = {
	    {"EXPLAIN SELECT id FROM thing WHERE text = ?", PARAMS(P("你7")), &plan_record, &text},
	    {"EXPLAIN SELECT id FROM thing WHERE code = ?", PARAMS(P("c7")), &plan_record, &code},
	};

	for (int number = 0; number < 50; number++) {
		const char *word = arena_printf(fixture->arena, "你%d", number);
		const char *ascii = arena_printf(fixture->arena, "c%d", number);

		db_must(db, db_exec(db, "INSERT INTO thing (text, code) VALUES (?, ?)",
				PARAMS(P(word), P(ascii))));
	}
	db_must(db, db_run(db, fixture->arena, steps, COUNT(steps)));
	assert_string_equal(ROW(struct plan, &text, 0)->key, "text_key");
	assert_string_equal(ROW(struct plan, &text, 0)->type, "ref");
	assert_string_equal(ROW(struct plan, &code, 0)->key, "code_key");
	assert_string_equal(ROW(struct plan, &code, 0)->type, "const");
}

struct value {
	int64_t number;
	const char *text;
	struct json_text body;
	bool on;
};

static const struct field value_fields[] = {
    OUTPUT(struct value, number),
    OUTPUT(struct value, text),
    OUTPUT(struct value, body),
    OUTPUT(struct value, on),
};
static const struct record value_record = RECORD(struct value, value_fields);

static const char SQL_GIVEN[] =
    "CREATE TEMPORARY TABLE given (number BIGINT, text TEXT, body TEXT, `on` TINYINT)";
static const char SQL_GIVE[] = "INSERT INTO given (number, text, body, `on`) VALUES ?";

static void must_be(const struct value *value, const struct value *wanted)
{
	assert_int_equal(value->number, wanted->number);
	assert_int_equal(value->on, wanted->on);
	if (wanted->text == NULL) {
		assert_null(value->text);
		assert_null(value->body.text);
		return;
	}
	assert_string_equal(value->text, wanted->text);
	assert_string_equal(value->body.text, wanted->body.text);
}

/* What goes in as rows comes out as rows; a quote is a letter like any other. */
static void rows_go_in_with_one_statement(void **state)
{
	struct db_fixture *fixture = *state;
	struct value values[] = {
	    {-7, "it's \\ 你好 👋", {"{\"a\":1}"}, true},
	    {ABSENT, NULL, {NULL}, false},
	};
	const struct rows given = {&value_record, values, COUNT(values)};
	const struct rows first = {&value_record, values, 1};
	const struct rows none = {&value_record, values, 0};
	struct rows stored;
	const struct db_step steps[] = {
	    {SQL_GIVE, PARAMS(P(&given)), NULL, NULL},
	    {SQL_GIVE, PARAMS(P(&first)), NULL, NULL},
	    {"SELECT number, text, body, `on` FROM given ORDER BY number DESC", NO_PARAMS,
		&value_record, &stored},
	};
	const struct db_step again = {SQL_GIVE, PARAMS(P(&first)), NULL, NULL};
	const struct db_step empty = {SQL_GIVE, PARAMS(P(&none)), NULL, NULL};

	db_must(fixture->db, db_exec(fixture->db, SQL_GIVEN, NO_PARAMS));
	db_must(fixture->db, db_run(fixture->db, fixture->arena, &again, 1));
	db_must(fixture->db, db_run(fixture->db, fixture->arena, steps, COUNT(steps)));
	assert_int_equal(stored.count, 4);
	for (size_t i = 0; i < stored.count; i++)
		must_be(ROW(struct value, &stored, i), &values[i / 3]);
	assert_ptr_equal(db_run(fixture->db, fixture->arena, &empty, 1), FAIL(INTERNAL));
	assert_ptr_equal(db_exec(fixture->db, SQL_GIVE, PARAMS(P(&given))), FAIL(INTERNAL));
}

static void sessions_are_set_up(void **state)
{
	struct db_fixture *fixture = *state;
	static const char *const expected[] = {
	    "@@tx_isolation = 'READ-COMMITTED'",
	    "@@autocommit = 1",
	    "@@character_set_client = 'utf8mb4'",
	    "@@character_set_connection = 'utf8mb4'",
	    "@@character_set_results = 'utf8mb4'",
	    "@@sql_mode LIKE '%STRICT_ALL_TABLES%'",
	    "@@time_zone = '+00:00'",
	    "@@max_statement_time = 10",
	    "@@innodb_lock_wait_timeout = 5",
	};

	for (size_t i = 0; i < COUNT(expected); i++) {
		const char *sql = arena_printf(fixture->arena, "SELECT %s", expected[i]);
		int64_t as_expected;

		db_must(fixture->db, db_int(fixture->db, &as_expected, sql, NO_PARAMS));
		if (as_expected != 1)
			fail_msg("not so: %s", expected[i]);
	}
}

/* Texts are constants, but if one day they are not, the right one must run. */
static void texts_at_one_address(void **state)
{
	struct db_fixture *fixture = *state;
	char sql[32];

	for (int number = 1; number < 3000; number++) {
		int64_t value;

		snprintf(sql, sizeof(sql), "SELECT %d", number);
		db_must(fixture->db, db_int(fixture->db, &value, sql, NO_PARAMS));
		assert_int_equal(value, number);
		sql[0] = '\0';
	}
}

static void many_statements(void **state)
{
	struct db_fixture *fixture = *state;
	int64_t value;

	for (int number = 1; number < 2500; number++) {
		const char *sql = arena_printf(fixture->arena, "SELECT %d", number);

		db_must(fixture->db, db_int(fixture->db, &value, sql, NO_PARAMS));
		assert_int_equal(value, number);
	}
	value = db_fixture_int(fixture,
	    "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
	    " WHERE VARIABLE_NAME = 'Prepared_stmt_count'",
	    NO_PARAMS);
	assert_in_range(value, 1, 1100);
}

#define CASE(name) cmocka_unit_test_setup(name, db_fixture_reset)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    CASE(values_survive),
	    CASE(statements_are_used_again),
	    CASE(lists_of_ids),
	    CASE(the_first_row_counts),
	    CASE(changes_are_counted),
	    CASE(numbers_of_other_types),
	    CASE(placeholders_in_quotes_stay),
	    CASE(literals_use_indexes),
	    CASE(rows_go_in_with_one_statement),
	    CASE(sessions_are_set_up),
	    CASE(texts_at_one_address),
	    CASE(many_statements),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests(tests, db_fixture_open, db_fixture_close);
}
