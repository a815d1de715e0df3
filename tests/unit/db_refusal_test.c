/* lib/db: what the server and we ourselves refuse, what the caller hears and what the log says. */
#include "db_fixture.h"

#include "log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct thing {
	int64_t id;
	const char *text;
};

static const struct field thing_fields[] = {
    OUTPUT(struct thing, id),
    OUTPUT(struct thing, text),
};
static const struct record thing_record = RECORD(struct thing, thing_fields);

/* Mistakes of a programmer: found by the first test that runs the statement. */
static void our_mistakes_are_internal(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	static const struct {
		const char *sql;
		struct param params[2];
		size_t count;
	} mistakes[] = {
	    {"SELECT id, 1 AS stranger FROM thing", {{.kind = PARAM_INT, .integer = 1}}, 0},
	    {"SELECT id FROM thing WHERE id = ?", {{.kind = PARAM_INT, .integer = 1}}, 0},
	    {"SELECT id FROM thing WHERE id = ?",
		{{.kind = PARAM_INT, .integer = 1}, {.kind = PARAM_INT, .integer = 1}}, 2},
	    {"SELECT id FROM thing WHERE text = ?", {{.kind = PARAM_TEXT, .text = "\xE4\xBD"}}, 1},
	    {"SELECT id FROM thing WHERE", {{.kind = PARAM_INT, .integer = 1}}, 0},
	    {"SELECT stranger FROM thing", {{.kind = PARAM_INT, .integer = 1}}, 0},
	    {"UPDATE thing SET yes = 1", {{.kind = PARAM_INT, .integer = 1}}, 0},
	};

	for (size_t i = 0; i < COUNT(mistakes); i++) {
		const struct params params = {mistakes[i].params, mistakes[i].count};
		struct rows rows;
		const struct db_step step = {mistakes[i].sql, params, &thing_record, &rows};

		if (db_rows(db, fixture->arena, &thing_record, &rows, mistakes[i].sql, params) !=
		    FAIL(INTERNAL))
			fail_msg("not noticed: %s", mistakes[i].sql);
		if (db_run(db, fixture->arena, &step, 1) != FAIL(INTERNAL))
			fail_msg("not noticed by db_run: %s", mistakes[i].sql);
		assert_false(db_retryable(db));
		assert_true(strlen(db_reason(db)) > 0);
		db_must(db, db_ping(db));
	}
}

static void keys_are_named(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	static const char SQL_CODE[] = "INSERT INTO thing (code) VALUES (?)";
	static const char tricky[] = "x' for key 'PRIMARY";

	db_must(db, db_exec(db, SQL_CODE, PARAMS(P(tricky))));
	assert_ptr_equal(db_exec(db, SQL_CODE, PARAMS(P(tricky))), FAIL(CONFLICT));
	assert_string_equal(db_violated_key(db), "code_key");
	assert_ptr_equal(
	    db_exec(db, "INSERT INTO thing (id) VALUES (1)", NO_PARAMS), FAIL(CONFLICT));
	assert_string_equal(db_violated_key(db), "PRIMARY");
	assert_ptr_equal(db_exec(db, "INSERT INTO part VALUES (?)", PARAMS(P(99))), FAIL(CONFLICT));
	assert_null(db_violated_key(db));
	assert_ptr_equal(db_run(db, fixture->arena,
			     &(const struct db_step){SQL_CODE, PARAMS(P(tricky)), NULL, NULL}, 1),
	    FAIL(CONFLICT));
	assert_string_equal(db_violated_key(db), "code_key");
	assert_false(db_retryable(db));
	db_must(db, db_ping(db));
	assert_null(db_violated_key(db));
}

/* What the server would mend silently under another sql_mode. */
static void nothing_is_mangled(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	char long_text[52];

	memset(long_text, 'x', 51);
	long_text[51] = '\0';
	assert_ptr_equal(
	    db_exec(db, "INSERT INTO thing (text) VALUES (?)", PARAMS(P((const char *)long_text))),
	    FAIL(INTERNAL));
	assert_ptr_equal(
	    db_exec(db, "INSERT INTO thing (yes) VALUES (?)", PARAMS(P(300))), FAIL(INTERNAL));
	assert_ptr_equal(
	    db_exec(db, "INSERT INTO thing (number) VALUES (?)", PARAMS(P("12x"))), FAIL(INTERNAL));
	assert_ptr_equal(
	    db_exec(db, "INSERT INTO thing (code) VALUES (?)", PARAMS(P("你"))), FAIL(INTERNAL));
	assert_int_equal(db_fixture_int(fixture, "SELECT COUNT(*) FROM thing", NO_PARAMS), 0);
}

static void scripts_tell_where_they_failed(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;

	db_must(db, db_script(db, "CREATE TABLE a (id INT); CREATE TABLE b (id INT);\nSELECT 1;"
				  "INSERT INTO a VALUES (1);DROP TABLE b\n"));
	assert_ptr_equal(db_script(db, "INSERT INTO a VALUES (2);INSERT INTO b VALUES (1);"
				       "INSERT INTO a VALUES (3)"),
	    FAIL(UNAVAILABLE));
	assert_non_null(strstr(db_reason(db), "in statement 2 of the script"));
	assert_non_null(strstr(db_reason(db), "hichatctl migrate"));
	assert_int_equal(db_fixture_int(fixture, "SELECT COUNT(*) FROM a", NO_PARAMS), 2);
	db_must(db, db_script(db, "DROP TABLE a"));
}

/* Neither as they are, nor as literals. */
static void logs_hold_no_parameters(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	static const char secret[] = "SECRET";
	static const char *const statements[] = {
	    "INSERT INTO thing (code) VALUES (?)",
	    "INSERT INTO thing (code) VALUES (?)",
	    "INSERT INTO thing (number) VALUES (?)",
	    "SELECT id FROM thing WHERE FROM text = ?",
	    "SELECT CAST(? AS DATE) AS id UNION SELECT ST_GeomFromText(1)",
	    "SELECT no_such_function('x') AS id, ? AS text",
	};
	char path[] = "/tmp/hichat-log.XXXXXX";
	char log[20000];
	FILE *file;

	close(mkstemp(path));
	log_open("db_test", path, LOG_LEVEL_DEBUG);
	for (size_t i = 0; i < COUNT(statements); i++) {
		const struct db_step step = {statements[i], PARAMS(P(secret)), NULL, NULL};

		db_exec(db, statements[i], PARAMS(P(secret)));
		db_run(db, fixture->arena, &step, 1);
	}
	log_open("db_test", "/dev/null", LOG_LEVEL_ERROR);
	file = fopen(path, "r");
	log[fread(log, 1, sizeof(log) - 1, file)] = '\0';
	fclose(file);
	unlink(path);
	assert_non_null(strstr(log, "number=1062"));
	assert_non_null(strstr(log, "number=1064"));
	assert_null(strstr(log, secret));
	assert_null(strstr(log, "534543524554"));
}

#define CASE(name) cmocka_unit_test_setup(name, db_fixture_reset)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    CASE(our_mistakes_are_internal),
	    CASE(keys_are_named),
	    CASE(nothing_is_mangled),
	    CASE(scripts_tell_where_they_failed),
	    CASE(logs_hold_no_parameters),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests(tests, db_fixture_open, db_fixture_close);
}
