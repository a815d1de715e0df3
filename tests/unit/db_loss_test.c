/* lib/db when connections and answers are lost, and when the server is away: nothing is done
 * twice, nothing is called done that may not be. */
#include "cutting_proxy.h"
#include "db_fixture.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char SQL_ADD[] = "INSERT INTO thing (text) VALUES (?)";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM thing";

static void expect_count(struct db_fixture *fixture, int64_t count)
{
	assert_int_equal(db_fixture_int(fixture, SQL_COUNT, NO_PARAMS), count);
}

static void a_killed_idle_connection_is_noticed(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	const struct db_step step = {SQL_ADD, PARAMS(P("b")), NULL, NULL};
	int64_t value;

	for (int round = 0; round < 3; round++) {
		db_fixture_kill(fixture);
		db_must(fixture->db, db_exec(fixture->db, SQL_ADD, PARAMS(P("a"))));
		db_fixture_kill(fixture);
		db_must(fixture->db, db_int(fixture->db, &value, SQL_COUNT, NO_PARAMS));
		db_fixture_kill(fixture);
		db_must(fixture->db, db_run(fixture->db, arena, &step, 1));
		db_fixture_kill(fixture);
		db_must(fixture->db, db_ping(fixture->db));
		expect_count(fixture, 2 * round + 2);
	}
}

static const struct error *add_two(struct db *db, void *context)
{
	int *runs = context;

	++*runs;
	TRY(db_exec(db, SQL_ADD, PARAMS(P("a"))));
	return db_exec(db, SQL_ADD, PARAMS(P("b")));
}

static struct proxy *proxy_before(struct db_fixture *fixture)
{
	char *path = arena_printf(fixture->arena, "/tmp/hichat-proxy.%ld", (long)getpid());
	struct proxy *proxy = proxy_start(path, fixture->config.database.socket);

	db_free(&fixture->db);
	fixture->config.database.socket = path;
	fixture->db = db_new(&fixture->config);
	return proxy;
}

/* The outcome of a lost COMMIT is unknown; only who can find it out may try again. */
static void a_lost_commit_is_no_success(void **state)
{
	struct db_fixture *fixture = *state;
	static const struct {
		enum proxy_cut what;
		bool idempotent;
		const struct error *error;
		int runs;
		int64_t rows;
	} cases[] = {
	    {PROXY_CUT_REQUEST, false, FAIL(UNAVAILABLE), 1, 0},
	    {PROXY_CUT_ANSWER, false, FAIL(UNAVAILABLE), 1, 2},
	    {PROXY_CUT_REQUEST, true, NULL, 2, 2},
	    {PROXY_CUT_ANSWER, true, NULL, 2, 4}, /* add_two() finds nothing out */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct proxy *proxy = proxy_before(fixture);
		int runs = 0;
		const struct error *error;

		db_must(fixture->db, db_ping(fixture->db));
		proxy_cut(proxy, "COMMIT", cases[i].what, 1);
		error = db_transaction(fixture->db, cases[i].idempotent, add_two, &runs);
		assert_int_equal(proxy_cuts_left(proxy), 0);
		proxy_stop(&proxy);
		assert_ptr_equal(error, cases[i].error);
		assert_int_equal(runs, cases[i].runs);
		expect_count(fixture, cases[i].rows);
		db_fixture_reset(state);
	}
}

struct text_row {
	const char *text;
};

static void a_lost_answer_is_asked_for_again_when_reading(void **state)
{
	struct db_fixture *fixture = *state;
	struct proxy *proxy = proxy_before(fixture);
	static const char SQL_FIND[] = "SELECT COUNT(*) FROM thing WHERE text = ?";
	int64_t count;

	db_must(fixture->db, db_exec(fixture->db, SQL_ADD, PARAMS(P("needle"))));
	proxy_cut(proxy, "needle", PROXY_CUT_ANSWER, 2);
	db_must(fixture->db, db_int(fixture->db, &count, SQL_FIND, PARAMS(P("needle"))));
	assert_int_equal(count, 1);
	proxy_cut(proxy, "needle", PROXY_CUT_REQUEST, 3);
	assert_ptr_equal(
	    db_int(fixture->db, &count, SQL_FIND, PARAMS(P("needle"))), FAIL(UNAVAILABLE));
	assert_int_equal(proxy_cuts_left(proxy), 0);
	proxy_stop(&proxy);
}

/* Rows that came before the loss are not there twice. */
static void half_an_answer_is_asked_for_again(void **state)
{
	struct db_fixture *fixture = *state;
	static const struct field text_fields[] = {OUTPUT(struct text_row, text)};
	static const struct record text_record = RECORD(struct text_row, text_fields);
	static const char SQL_TEXTS[] = "SELECT text FROM thing WHERE text <> ? ORDER BY id";
	struct proxy *proxy = proxy_before(fixture);
	struct rows rows;

	for (int i = 0; i < 300; i++)
		db_must(fixture->db, db_exec(fixture->db, SQL_ADD,
					 PARAMS(P(arena_printf(fixture->arena, "text %d", i)))));
	proxy_cut(proxy, "needle", PROXY_CUT_HALF, 1);
	db_must(fixture->db, db_rows(fixture->db, fixture->arena, &text_record, &rows, SQL_TEXTS,
				 PARAMS(P("needle"))));
	assert_int_equal(proxy_cuts_left(proxy), 0);
	assert_int_equal(rows.count, 300);
	assert_string_equal(ROW(struct text_row, &rows, 299)->text, "text 299");
	proxy_stop(&proxy);
}

static void a_lost_write_is_not_repeated(void **state)
{
	struct db_fixture *fixture = *state;
	struct proxy *proxy = proxy_before(fixture);

	proxy_cut(proxy, "needle", PROXY_CUT_ANSWER, 1);
	assert_ptr_equal(db_exec(fixture->db, SQL_ADD, PARAMS(P("needle"))), FAIL(UNAVAILABLE));
	expect_count(fixture, 1);
	proxy_cut(proxy, "needle", PROXY_CUT_REQUEST, 1);
	assert_ptr_equal(db_exec(fixture->db, SQL_ADD, PARAMS(P("needle"))), FAIL(UNAVAILABLE));
	expect_count(fixture, 1);
	/* But what was lost while being prepared was not done. */
	proxy_cut(proxy, "VALUES ('prepare')", PROXY_CUT_ANSWER, 1);
	db_must(fixture->db,
	    db_exec(fixture->db, "INSERT INTO thing (text) VALUES ('prepare')", NO_PARAMS));
	expect_count(fixture, 2);
	proxy_stop(&proxy);
}

static void lost_steps_say_if_they_may_run_again(void **state)
{
	struct db_fixture *fixture = *state;
	static const struct db_step steps[] = {
	    {"START TRANSACTION", {NULL, 0}, NULL, NULL},
	    {"INSERT INTO thing (text) VALUES ('needle')", {NULL, 0}, NULL, NULL},
	    {"COMMIT", {NULL, 0}, NULL, NULL},
	};
	static const struct {
		size_t before, first, count; /* steps run before, steps that are lost */
		enum proxy_cut what;
		bool retryable;
		int64_t rows;
	} cases[] = {
	    {0, 0, 2, PROXY_CUT_REQUEST, true, 0},
	    {0, 0, 2, PROXY_CUT_ANSWER, true, 0},
	    {0, 0, 3, PROXY_CUT_REQUEST, false, 0},
	    {0, 0, 3, PROXY_CUT_ANSWER, false, ABSENT}, /* it may see the cut before COMMIT */
	    {1, 1, 1, PROXY_CUT_ANSWER, true, 0},
	    {1, 1, 2, PROXY_CUT_REQUEST, false, 0},
	    {0, 1, 1, PROXY_CUT_ANSWER, false, 1},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct proxy *proxy = proxy_before(fixture);

		db_must(fixture->db, db_ping(fixture->db));
		db_must(fixture->db, db_run(fixture->db, fixture->arena, steps, cases[i].before));
		proxy_cut(proxy, "needle", cases[i].what, 1);
		assert_ptr_equal(
		    db_run(fixture->db, fixture->arena, &steps[cases[i].first], cases[i].count),
		    FAIL(UNAVAILABLE));
		assert_int_equal(db_retryable(fixture->db), cases[i].retryable);
		proxy_stop(&proxy);
		if (cases[i].rows != ABSENT)
			expect_count(fixture, cases[i].rows);
		db_fixture_reset(state);
	}
}

static void an_absent_server_is_explained(void **state)
{
	struct db_fixture *fixture = *state;
	struct config config = fixture->config;
	struct db *db = db_new(&config);

	config.database.socket = "/nonexistent/socket";
	assert_ptr_equal(db_ping(db), FAIL(UNAVAILABLE));
	assert_non_null(strstr(db_reason(db), "is the server running?"));
	config.database.socket = fixture->config.database.socket;
	config.database.name = "hichat_no_such_database";
	assert_ptr_equal(db_ping(db), FAIL(UNAVAILABLE));
	assert_non_null(strstr(db_reason(db), "create the database"));
	config.database.name = fixture->name;
	config.database.user = "hichat_no_such_user";
	config.database.password = "wrong";
	assert_ptr_equal(db_ping(db), FAIL(UNAVAILABLE));
	assert_non_null(strstr(db_reason(db), "check user and password"));
	config.database.user = "root";
	config.database.password = "";
	db_must(db, db_ping(db));
	assert_string_equal(db_reason(db), "");
	db_free(&db);
}

static void a_server_that_comes_back_is_used(void **state)
{
	struct db_fixture *fixture = *state;
	const char *server = fixture->config.database.socket;
	struct proxy *proxy = proxy_before(fixture);
	int64_t value;

	db_must(fixture->db, db_int(fixture->db, &value, SQL_COUNT, NO_PARAMS));
	proxy_stop(&proxy);
	assert_ptr_equal(db_int(fixture->db, &value, SQL_COUNT, NO_PARAMS), FAIL(UNAVAILABLE));
	assert_ptr_equal(db_exec(fixture->db, SQL_ADD, PARAMS(P("a"))), FAIL(UNAVAILABLE));
	proxy = proxy_start(fixture->config.database.socket, server);
	db_must(fixture->db, db_exec(fixture->db, SQL_ADD, PARAMS(P("a"))));
	expect_count(fixture, 1);
	proxy_stop(&proxy);
}

#define CASE(name) cmocka_unit_test_setup(name, db_fixture_reset)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_killed_idle_connection_is_noticed),
	    CASE(a_lost_commit_is_no_success),
	    CASE(a_lost_answer_is_asked_for_again_when_reading),
	    CASE(half_an_answer_is_asked_for_again),
	    CASE(a_lost_write_is_not_repeated),
	    CASE(lost_steps_say_if_they_may_run_again),
	    CASE(an_absent_server_is_explained),
	    CASE(a_server_that_comes_back_is_used),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests(tests, db_fixture_open, db_fixture_close);
}
