/* Sends when locks are held, answers are cut and drafts spoil their batch: nothing is stored twice
 * or lost, and nobody waits for somebody else's trouble longer than they must. */
#include "cutting_proxy.h"
#include "send_stage.h"

#include "arena.h"
#include "clock.h"
#include "send_batch.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Through the queue, as a worker does it. */
static void pass(struct db_fixture *fixture, struct send_draft *draft)
{
	struct send_means means = send_stage_means(fixture);
	const struct send_work work = {send_batch_commit, send_batch_announce, &means};
	struct send_queue *queue = send_queue_new(8);

	send_queue_pass(queue, &work, draft);
	send_queue_free(&queue);
	send_stage_dismiss(&means);
}

struct cut {
	const char *bytes;
	enum proxy_cut what;
	int times;
	const struct error *error;
};

static void send_through_a_cut(struct db_fixture *fixture, const struct cut *cut)
{
	struct send_draft draft = send_stage_draft(fixture->arena, 1, 1, "k", "{}");
	char *path = arena_printf(fixture->arena, "/tmp/hichat-batch.%ld", (long)getpid());
	struct proxy *proxy = proxy_start(path, fixture->config.database.socket);

	db_free(&fixture->db);
	fixture->config.database.socket = path;
	fixture->db = db_new(&fixture->config);
	db_must(fixture->db, db_ping(fixture->db));
	proxy_cut(proxy, cut->bytes, cut->what, cut->times);
	pass(fixture, &draft);
	assert_true(proxy_cuts_left(proxy) < cut->times);
	proxy_stop(&proxy);
	if (draft.error != cut->error)
		fail_msg("%s: %s", cut->bytes, db_reason(fixture->db));
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", cut->error == NULL);
	send_stage_expect(
	    fixture, "SELECT last_seq FROM conversation WHERE id = 1", cut->error == NULL);
}

/* Wherever the connection breaks, the message is there once in the end. */
static void a_cut_connection_costs_nothing(void **state)
{
	static const struct cut cuts[] = {
	    {"START TRANSACTION", PROXY_CUT_REQUEST, 1, NULL},
	    {"START TRANSACTION", PROXY_CUT_ANSWER, 1, NULL},
	    {"START TRANSACTION", PROXY_CUT_HALF, 1, NULL},
	    {"COMMIT", PROXY_CUT_REQUEST, 1, NULL},
	    {"COMMIT", PROXY_CUT_ANSWER, 1, NULL},
	    {"COMMIT", PROXY_CUT_HALF, 1, NULL},
	    {"COMMIT", PROXY_CUT_REQUEST, 9, FAIL(UNAVAILABLE)},
	};

	for (size_t i = 0; i < COUNT(cuts); i++) {
		send_through_a_cut(*state, &cuts[i]);
		send_stage_set(state);
	}
}

/* A worker of its own, in a thread. */
struct worker {
	struct db_fixture *fixture;
	struct send_queue *queue;
	struct send_draft draft;
	struct arena *arena;
	size_t hold; /* its own batch waits until so many have queued behind it */
	atomic_bool begun;
	pthread_t thread;
};

static enum send_result commit_when_crowded(
    void *means, struct send_draft *const *drafts, size_t count)
{
	struct worker *worker =
	    (struct worker *)((char *)drafts[0] - offsetof(struct worker, draft));

	atomic_store(&worker->begun, true);
	while (send_queue_waiting(worker->queue) < worker->hold)
		sched_yield();
	return send_batch_commit(means, drafts, count);
}

static void *work(void *context)
{
	struct worker *worker = context;
	struct db *db = db_new(&worker->fixture->config);
	struct send_means means = send_stage_means(worker->fixture);
	const struct send_work sending = {commit_when_crowded, send_batch_announce, &means};

	means.arena = worker->arena;
	means.db = db;
	send_queue_pass(worker->queue, &sending, &worker->draft);
	db_free(&db);
	send_stage_dismiss(&means);
	return NULL;
}

static void start(struct worker *worker, struct db_fixture *fixture, struct send_queue *queue,
    int64_t conversation, int64_t sender)
{
	struct arena *arena = arena_new();

	*worker = (struct worker){.fixture = fixture,
	    .queue = queue,
	    .arena = arena,
	    .draft = send_stage_draft(arena, conversation, sender,
		arena_printf(arena, "k%lld%lld", (long long)conversation, (long long)sender),
		"{}")};
}

static void finish(struct worker *workers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
}

static void release(struct worker *workers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		arena_free(&workers[i].arena);
}

/* The first leads alone; the others form one batch behind it. */
static void send_together(struct worker *workers, size_t count)
{
	workers[0].hold = count - 1;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
		while (!atomic_load(&workers[0].begun))
			sched_yield();
		while (send_queue_waiting(workers[0].queue) < i)
			sched_yield();
	}
	finish(workers, count);
}

static void a_spoilt_draft_fails_alone(void **state)
{
	struct db_fixture *fixture = *state;
	struct send_queue *queue = send_queue_new(8);
	struct worker workers[4];

	start(&workers[0], fixture, queue, 1, 1);
	start(&workers[1], fixture, queue, 1, 2);
	start(&workers[2], fixture, queue, 2, 3);
	start(&workers[3], fixture, queue, 2, 4);
	workers[2].draft.wanted.kind = "longer than its column";
	send_together(workers, COUNT(workers));
	assert_null(workers[0].draft.error);
	assert_null(workers[1].draft.error);
	assert_true(error_is(workers[2].draft.error, FAIL(INTERNAL)));
	assert_null(workers[3].draft.error);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 3);
	send_stage_expect(fixture, "SELECT last_seq FROM conversation WHERE id = 2", 1);
	release(workers, COUNT(workers));
	send_queue_free(&queue);
}

/* Somebody holds one conversation for longer than anybody waits: the others go on. */
static void a_held_conversation_holds_up_nobody_else(void **state)
{
	struct db_fixture *fixture = *state;
	struct send_queue *queue = send_queue_new(8);
	struct worker workers[3];

	fixture->config.database.query_timeout = 2;
	db_must(fixture->other,
	    db_script(fixture->other, "START TRANSACTION;"
				      "UPDATE conversation SET last_seq = 9 WHERE id = 1"));
	start(&workers[0], fixture, queue, 2, 3);
	start(&workers[1], fixture, queue, 1, 1);
	start(&workers[2], fixture, queue, 2, 4);
	send_together(workers, COUNT(workers));
	assert_null(workers[0].draft.error);
	assert_true(error_is(workers[1].draft.error, FAIL(UNAVAILABLE)));
	assert_null(workers[2].draft.error);
	db_must(fixture->other, db_script(fixture->other, "ROLLBACK"));
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 2);
	send_stage_expect(fixture, "SELECT last_seq FROM conversation WHERE id = 1", 0);
	release(workers, COUNT(workers));
	send_queue_free(&queue);
}

/* The server renews that table for who has not looked at it for a tenth of a second. */
static void await_lock_wait(struct db_fixture *fixture)
{
	static const struct timespec interval = {0, 150000000};
	static const char waiting[] =
	    "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
	int64_t until = clock_monotonic_ms() + 10000;

	while (db_fixture_int(fixture, waiting, NO_PARAMS) == 0) {
		assert_true(clock_monotonic_ms() < until);
		nanosleep(&interval, NULL);
	}
}

/* Parting locks the conversation first: a send that came while it was under way is refused,
 * though they were friends when it began. */
static void a_removal_under_way_wins(void **state)
{
	struct db_fixture *fixture = *state;
	struct send_queue *queue = send_queue_new(8);
	struct worker worker;

	db_must(fixture->other,
	    db_script(fixture->other, "START TRANSACTION;"
				      "UPDATE conversation SET member_version = 1 WHERE id = 1;"
				      "DELETE FROM friendship WHERE user_id IN (1, 2)"));
	start(&worker, fixture, queue, 1, 1);
	assert_int_equal(pthread_create(&worker.thread, NULL, work, &worker), 0);
	await_lock_wait(fixture);
	db_must(fixture->other, db_script(fixture->other, "COMMIT"));
	finish(&worker, 1);
	assert_true(error_is(worker.draft.error, FAIL(NOT_FRIENDS)));
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 0);
	release(&worker, 1);
	send_queue_free(&queue);
}

#define CASE(test) cmocka_unit_test_setup(test, send_stage_set)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_cut_connection_costs_nothing),
	    CASE(a_spoilt_draft_fails_alone),
	    CASE(a_held_conversation_holds_up_nobody_else),
	    CASE(a_removal_under_way_wins),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests_name("send loss", tests, send_stage_open, db_fixture_close);
}
