/* lib/db: transactions end whole or not at all, by deadlocks, killed connections and our own
 * refusals too. */
#include "db_fixture.h"

#include "clock.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char SQL_ADD[] = "INSERT INTO thing (text) VALUES (?)";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM thing";
static const char SQL_NUMBER[] = "SELECT number FROM thing WHERE id = ?";

#define STEP(sql)                          \
	{                                  \
		sql, NO_PARAMS, NULL, NULL \
	}

static void expect_count(struct db_fixture *fixture, int64_t count)
{
	assert_int_equal(db_fixture_int(fixture, SQL_COUNT, NO_PARAMS), count);
}

struct work {
	struct db_fixture *fixture;
	int runs;
	int kills;    /* in the first so many runs … */
	bool at_end;  /* … after the last statement, else between the two */
	bool swallow; /* failures */
};

static const struct error *add_two(struct db *db, void *context)
{
	struct work *work = context;
	bool kill = work->runs++ < work->kills;
	const struct error *error = db_exec(db, SQL_ADD, PARAMS(P("a")));

	if (kill && !work->at_end)
		db_fixture_kill(work->fixture);
	if (error == NULL)
		error = db_exec(db, SQL_ADD, PARAMS(P("b")));
	if (kill && work->at_end)
		db_fixture_kill(work->fixture);
	return work->swallow ? NULL : error;
}

static const struct error *add_and_refuse(struct db *db, void *context)
{
	struct work *work = context;

	work->runs++;
	TRY(db_exec(db, SQL_ADD, PARAMS(P("a"))));
	return FAIL(NOT_FRIENDS);
}

static void transactions_commit_or_roll_back(void **state)
{
	struct db_fixture *fixture = *state;
	struct work work = {.fixture = fixture};

	assert_ptr_equal(
	    db_transaction(fixture->db, true, add_and_refuse, &work), FAIL(NOT_FRIENDS));
	assert_int_equal(work.runs, 1);
	expect_count(fixture, 0);
	db_must(fixture->db, db_transaction(fixture->db, false, add_two, &work));
	assert_int_equal(work.runs, 2);
	expect_count(fixture, 2);
	db_must(fixture->db, db_exec(fixture->db, SQL_ADD, PARAMS(P("c"))));
	expect_count(fixture, 3);
}

static const struct error *violate(struct db *db, void *context)
{
	(void)context;
	TRY(db_exec(db, "INSERT INTO thing (code) VALUES ('x')", NO_PARAMS));
	return db_exec(db, "INSERT INTO thing (code) VALUES ('x')", NO_PARAMS);
}

static void the_violated_key_survives_the_rollback(void **state)
{
	struct db_fixture *fixture = *state;

	assert_ptr_equal(db_transaction(fixture->db, true, violate, NULL), FAIL(CONFLICT));
	assert_string_equal(db_violated_key(fixture->db), "code_key");
	expect_count(fixture, 0);
}

/* Whenever the connection dies before COMMIT is sent, work() runs again: the whole of it. */
static void a_killed_transaction_runs_again(void **state)
{
	struct db_fixture *fixture = *state;
	int64_t count = 0;

	for (int variant = 0; variant < 8; variant++) {
		struct work work = {
		    .fixture = fixture,
		    .kills = 1 + (variant & 1),
		    .at_end = (variant & 2) != 0,
		    .swallow = (variant & 4) != 0,
		};

		db_must(fixture->db, db_transaction(fixture->db, false, add_two, &work));
		assert_int_equal(work.runs, work.kills + 1);
		count += 2;
		expect_count(fixture, count);
	}
}

static void a_transaction_gives_up_in_the_end(void **state)
{
	struct db_fixture *fixture = *state;

	for (int variant = 0; variant < 4; variant++) {
		struct work work = {
		    .fixture = fixture,
		    .kills = 99,
		    .at_end = (variant & 1) != 0,
		    .swallow = (variant & 2) != 0,
		};

		assert_ptr_equal(
		    db_transaction(fixture->db, true, add_two, &work), FAIL(UNAVAILABLE));
		assert_int_equal(work.runs, 3);
		expect_count(fixture, 0);
	}
	db_must(fixture->db, db_ping(fixture->db));
}

static void steps_of_a_transaction(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	const struct db_step failing[] = {
	    STEP("START TRANSACTION"),
	    STEP("INSERT INTO thing (code) VALUES ('x')"),
	    STEP("INSERT INTO thing (code) VALUES ('x')"),
	    STEP("COMMIT"),
	};
	const struct db_step good[] = {
	    STEP("START TRANSACTION"),
	    STEP("INSERT INTO thing (code) VALUES ('x')"),
	    STEP("COMMIT"),
	};
	const struct db_step open[] = {
	    STEP("START TRANSACTION"),
	    STEP("INSERT INTO thing (code) VALUES ('y')"),
	};

	assert_ptr_equal(db_run(db, fixture->arena, failing, COUNT(failing)), FAIL(CONFLICT));
	assert_false(db_retryable(db));
	expect_count(fixture, 0);
	/* The half of it that succeeded is not committed by the next START TRANSACTION. */
	db_must(db, db_run(db, fixture->arena, good, COUNT(good)));
	expect_count(fixture, 1);
	db_must(db, db_run(db, fixture->arena, open, COUNT(open)));
	db_rollback(db);
	db_must(db, db_exec(db, SQL_ADD, PARAMS(P("a"))));
	expect_count(fixture, 2);
}

static void a_step_is_one_statement(void **state)
{
	struct db_fixture *fixture = *state;
	static const char *const wrong[] = {"SELECT 1; SELECT 2", ""};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		const struct db_step steps[] = {STEP("SELECT 0"), STEP(wrong[i])};

		if (db_run(fixture->db, fixture->arena, steps, 2) != FAIL(INTERNAL))
			fail_msg("not noticed: %s", wrong[i]);
		db_must(fixture->db, db_ping(fixture->db));
	}
}

/* A transaction that was begun in one round trip died before the next one: what follows must
 * not run outside of it. */
static void steps_after_a_loss_do_not_run_alone(void **state)
{
	struct db_fixture *fixture = *state;
	struct db *db = fixture->db;
	const struct db_step begin[] = {
	    STEP("START TRANSACTION"), STEP("SELECT id FROM thing FOR UPDATE")};
	const struct db_step finish[] = {
	    STEP("INSERT INTO thing (text) VALUES ('a')"), STEP("COMMIT")};

	db_must(db, db_run(db, fixture->arena, begin, 2));
	db_fixture_kill(fixture);
	assert_ptr_equal(db_run(db, fixture->arena, finish, 2), FAIL(UNAVAILABLE));
	assert_true(db_retryable(db));
	expect_count(fixture, 0);
	db_must(db, db_run(db, fixture->arena, begin, 2));
	db_must(db, db_run(db, fixture->arena, finish, 2));
	expect_count(fixture, 1);

	db_must(db, db_run(db, fixture->arena, begin, 2));
	db_fixture_kill(fixture);
	assert_ptr_equal(db_exec(db, SQL_ADD, PARAMS(P("b"))), FAIL(UNAVAILABLE));
	assert_ptr_equal(db_exec(db, SQL_ADD, PARAMS(P("b"))), FAIL(UNAVAILABLE));
	db_rollback(db);
	expect_count(fixture, 1);
	db_must(db, db_exec(db, SQL_ADD, PARAMS(P("b"))));
	expect_count(fixture, 2);
}

struct rival {
	struct db *db;
	pthread_barrier_t *both_hold_one;
	int first, second;
	int runs;
	const struct error *error;
};

static const struct error *lock_crosswise(struct db *db, void *context)
{
	static const char SQL_LOCK[] = "UPDATE thing SET number = number + 1 WHERE id = ?";
	struct rival *rival = context;

	TRY(db_exec(db, SQL_LOCK, PARAMS(P(rival->first))));
	if (rival->runs++ == 0)
		pthread_barrier_wait(rival->both_hold_one);
	return db_exec(db, SQL_LOCK, PARAMS(P(rival->second)));
}

static void *rival_run(void *context)
{
	struct rival *rival = context;

	rival->error = db_transaction(rival->db, false, lock_crosswise, rival);
	return NULL;
}

static void deadlocks_are_untied(void **state)
{
	struct db_fixture *fixture = *state;
	pthread_barrier_t barrier;
	pthread_t thread;
	struct rival here = {fixture->db, &barrier, 1, 2, 0, NULL};
	struct rival there = {fixture->other, &barrier, 2, 1, 0, NULL};

	pthread_barrier_init(&barrier, NULL, 2);
	db_must(fixture->other,
	    db_script(fixture->other, "INSERT INTO thing (id, number) VALUES (1, 0), (2, 0)"));
	assert_int_equal(pthread_create(&thread, NULL, rival_run, &there), 0);
	rival_run(&here);
	pthread_join(thread, NULL);
	pthread_barrier_destroy(&barrier);
	db_must(fixture->db, here.error);
	db_must(fixture->other, there.error);
	assert_int_equal(here.runs + there.runs, 3);
	assert_int_equal(db_fixture_int(fixture, SQL_NUMBER, PARAMS(P(1))), 2);
	assert_int_equal(db_fixture_int(fixture, SQL_NUMBER, PARAMS(P(2))), 2);
}

static void a_lock_is_not_waited_for_for_ever(void **state)
{
	struct db_fixture *fixture = *state;
	static const char SQL_SET[] = "UPDATE thing SET number = ? WHERE id = 1";
	int64_t start;

	fixture->config.database.query_timeout = 2;
	db_must(fixture->other,
	    db_script(fixture->other, "INSERT INTO thing (id, number) VALUES (1, 0);"
				      "START TRANSACTION; UPDATE thing SET number = 1"));
	start = clock_monotonic_ms();
	assert_ptr_equal(db_exec(fixture->db, SQL_SET, PARAMS(P(7))), FAIL(UNAVAILABLE));
	assert_in_range(clock_monotonic_ms() - start, 900, 9000);
	db_rollback(fixture->other);
	db_must(fixture->db, db_exec(fixture->db, SQL_SET, PARAMS(P(7))));
	assert_int_equal(db_fixture_int(fixture, SQL_NUMBER, PARAMS(P(1))), 7);
}

static void a_slow_statement_is_stopped(void **state)
{
	struct db_fixture *fixture = *state;
	int64_t value, start = clock_monotonic_ms();

	fixture->config.database.query_timeout = 1;
	assert_ptr_equal(
	    db_int(fixture->db, &value, "SELECT SLEEP(9)", NO_PARAMS), FAIL(UNAVAILABLE));
	assert_in_range(clock_monotonic_ms() - start, 900, 2900);
	assert_non_null(strstr(db_reason(fixture->db), "query_timeout"));
	assert_ptr_equal(
	    db_exec(fixture->db, "INSERT INTO thing (number) VALUES (SLEEP(9))", NO_PARAMS),
	    FAIL(UNAVAILABLE));
	db_must(fixture->db, db_ping(fixture->db));
}

#define CASE(name) cmocka_unit_test_setup(name, db_fixture_reset)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    CASE(transactions_commit_or_roll_back),
	    CASE(the_violated_key_survives_the_rollback),
	    CASE(a_killed_transaction_runs_again),
	    CASE(a_transaction_gives_up_in_the_end),
	    CASE(steps_of_a_transaction),
	    CASE(a_step_is_one_statement),
	    CASE(steps_after_a_loss_do_not_run_alone),
	    CASE(deadlocks_are_untied),
	    CASE(a_lock_is_not_waited_for_for_ever),
	    CASE(a_slow_statement_is_stopped),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests(tests, db_fixture_open, db_fixture_close);
}
