/* Batches of sends on a real database: what they store, what they refuse, and that nothing is
 * stored twice or lost when locks are held, answers are cut and drafts spoil their batch.
 *
 * The stage: conversation 1 of the users 1 and 2, conversation 2 of 3 and 4; both pairs are
 * friends, and their conversations are empty. */
#include "cutting_proxy.h"
#include "db_fixture.h"

#include "arena.h"
#include "clock.h"
#include "send_batch.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char STAGE[] =
    "DELETE FROM message; DELETE FROM member; DELETE FROM conversation; DELETE FROM friendship;"
    "DELETE FROM user;"
    "INSERT INTO user (id, username, username_key, nickname, nickname_key, password, created_at)"
    " VALUES (1, 'a', 'a', 'a', 'a', '', 1), (2, 'b', 'b', 'b', 'b', '', 1),"
    " (3, 'c', 'c', 'c', 'c', '', 1), (4, 'd', 'd', 'd', 'd', '', 1);"
    "INSERT INTO friendship (user_id, friend_id, since)"
    " VALUES (1, 2, 1), (2, 1, 1), (3, 4, 1), (4, 3, 1);"
    "INSERT INTO conversation (id, kind, direct_key, created_at, updated_at)"
    " VALUES (1, 'direct', '1:2', 1, 1), (2, 'direct', '3:4', 1, 1);"
    "INSERT INTO member (conversation_id, user_id, joined_at)"
    " VALUES (1, 1, 1), (1, 2, 1), (2, 3, 1), (2, 4, 1)";

static void load(struct db *db, const char *name)
{
	static char text[65536];
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", MIGRATIONS_DIRECTORY, name);
	file = fopen(path, "r");
	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	db_must(db, db_script(db, text));
}

static int open_stage(void **state)
{
	struct db_fixture *fixture;

	db_fixture_open(state);
	fixture = *state;
	load(fixture->other, "0001_accounts.sql");
	load(fixture->other, "0002_friends.sql");
	load(fixture->other, "0003_conversations.sql");
	return 0;
}

static int set_stage(void **state)
{
	struct db_fixture *fixture = *state;

	db_fixture_reset(state);
	db_must(fixture->other, db_script(fixture->other, STAGE));
	return 0;
}

static struct send_draft draft_of(
    struct arena *arena, int64_t conversation, int64_t sender, const char *key, const char *body)
{
	return (struct send_draft){
	    .wanted =
		{
		    .conversation_id = conversation,
		    .seq = ABSENT,
		    .ordinal = ABSENT,
		    .sender_id = sender,
		    .client_key = key,
		    .kind = "text",
		    .body = {body},
		    .reply_to = ABSENT,
		    .mentions = {"[]"},
		    .created_at = ABSENT,
		    .edited_at = ABSENT,
		    .recalled_at = ABSENT,
		},
	    .arena = arena,
	};
}

/* One batch, without a queue. */
static enum send_result commit(struct db_fixture *fixture, struct send_draft *drafts, size_t count)
{
	struct send_means means = {fixture->arena, fixture->db, NULL};
	struct send_draft *batch[16];

	assert_true(count <= COUNT(batch));
	for (size_t i = 0; i < count; i++)
		batch[i] = &drafts[i];
	return send_batch_commit(&means, batch, count);
}

/* Through the queue, as a worker does it; Redis is switched off. */
static void pass(struct db_fixture *fixture, struct send_draft *draft)
{
	struct redis *redis = redis_new(&fixture->config);
	struct send_means means = {fixture->arena, fixture->db, redis};
	const struct send_work work = {send_batch_commit, send_batch_announce, &means};
	struct send_queue *queue = send_queue_new(8);

	send_queue_pass(queue, &work, draft);
	send_queue_free(&queue);
	redis_free(&redis);
}

static void expect(struct db_fixture *fixture, const char *sql, int64_t value)
{
	int64_t found = db_fixture_int(fixture, sql, NO_PARAMS);

	if (found != value)
		fail_msg("%s: %lld", sql, (long long)found);
}

static void a_batch_moves_everything(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_draft drafts[] = {
	    draft_of(arena, 2, 4, "k", "{\"text\":\"你好 '\\\\\"}"),
	    draft_of(arena, 1, 1, "k", "{\"text\":\"1\"}"),
	    draft_of(arena, 2, 3, "k", "{\"text\":\"2\"}"),
	    draft_of(arena, 2, 4, "l", "{\"text\":\"3\"}"),
	};
	static const int64_t seqs[] = {1, 1, 2, 3};

	assert_int_equal(commit(fixture, drafts, COUNT(drafts)), SEND_STORED);
	for (size_t i = 0; i < COUNT(drafts); i++) {
		assert_null(drafts[i].error);
		assert_false(drafts[i].repeated);
		assert_int_equal(drafts[i].stored.seq, seqs[i]);
		assert_int_equal(drafts[i].stored.ordinal, seqs[i]);
	}
	assert_int_equal(drafts[0].peer_id, 3);
	expect(fixture, "SELECT COUNT(*) FROM message", 4);
	expect(fixture,
	    "SELECT body = '{\"text\":\"你好 ''\\\\\\\\\"}' FROM message"
	    " WHERE conversation_id = 2 AND seq = 1",
	    1);
	expect(fixture,
	    "SELECT last_seq * 100 + last_ordinal * 10 + last_message_seq"
	    " FROM conversation WHERE id = 2",
	    333);
	expect(
	    fixture, "SELECT updated_at > 1 AND created_at = 1 FROM conversation WHERE id = 2", 1);
	expect(fixture,
	    "SELECT read_seq * 100 + read_ordinal * 10 + delivered_seq FROM member"
	    " WHERE conversation_id = 2 AND user_id = 4",
	    333);
	expect(fixture,
	    "SELECT read_seq * 10 + joined_at FROM member"
	    " WHERE conversation_id = 2 AND user_id = 3",
	    21);
	expect(fixture, "SELECT read_seq FROM member WHERE conversation_id = 1 AND user_id = 2", 0);
	expect(fixture, "SELECT COUNT(*) FROM conversation", 2);
	expect(fixture, "SELECT COUNT(*) FROM member", 4);
}

static void refused_drafts_fail_alone(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_draft drafts[] = {
	    draft_of(arena, 1, 1, "a", "{}"),
	    draft_of(arena, 1, 3, "b", "{}"), /* no member */
	    draft_of(arena, 7, 1, "c", "{}"), /* of nothing */
	    draft_of(arena, 2, 3, "d", "{}"), /* no friend any more */
	    draft_of(arena, 1, 2, "e", "{}"), /* a reply to what only comes now */
	    draft_of(arena, 1, 1, "a", "{\"text\":\"x\"}"),
	    draft_of(arena, 1, 2, "f", "{}"),
	};
	const struct error *errors[] = {NULL, FAIL(NOT_MEMBER), FAIL(NOT_MEMBER), FAIL(NOT_FRIENDS),
	    FAIL(INVALID), FAIL(CONFLICT), NULL};

	drafts[4].wanted.reply_to = 1;
	db_must(fixture->other,
	    db_script(fixture->other, "DELETE FROM friendship WHERE user_id IN (3, 4)"));
	assert_int_equal(commit(fixture, drafts, COUNT(drafts)), SEND_STORED);
	for (size_t i = 0; i < COUNT(drafts); i++) {
		if (errors[i] == NULL)
			assert_null(drafts[i].error);
		else
			assert_true(error_is(drafts[i].error, errors[i]));
	}
	assert_int_equal(drafts[6].stored.seq, 2);
	expect(fixture, "SELECT COUNT(*) FROM message", 2);
	expect(fixture, "SELECT last_seq FROM conversation WHERE id = 2", 0);
	expect(fixture, "SELECT COUNT(*) FROM conversation", 2);
}

static void twins_are_one_message(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_draft drafts[] = {
	    draft_of(arena, 1, 1, "k", "{}"),
	    draft_of(arena, 1, 2, "k", "{}"),
	    draft_of(arena, 1, 1, "k", "{}"),
	};

	for (int round = 0; round < 2; round++) {
		assert_int_equal(commit(fixture, drafts, COUNT(drafts)), SEND_STORED);
		assert_int_equal(drafts[0].stored.seq, 1);
		assert_int_equal(drafts[1].stored.seq, 2);
		assert_int_equal(drafts[2].stored.seq, 1);
		assert_int_equal(drafts[0].repeated, round == 1);
		assert_true(drafts[2].repeated);
		assert_string_equal(drafts[2].stored.body.text, "{}");
	}
	expect(fixture, "SELECT COUNT(*) FROM message", 2);
}

/* What changed since is no reason to call the retry of its send a conflict. */
static void retries_of_changed_messages_are_no_conflict(void **state)
{
	struct db_fixture *fixture = *state;
	struct send_draft draft = draft_of(fixture->arena, 1, 1, "k", "{\"text\":\"x\"}");

	assert_int_equal(commit(fixture, &draft, 1), SEND_STORED);
	db_must(fixture->other,
	    db_script(fixture->other, "UPDATE message SET body = NULL, recalled_at = 5"));
	assert_int_equal(commit(fixture, &draft, 1), SEND_STORED);
	assert_null(draft.error);
	assert_true(draft.repeated);
	assert_null(draft.stored.body.text);
	db_must(fixture->other, db_script(fixture->other, "DELETE FROM friendship"));
	assert_int_equal(commit(fixture, &draft, 1), SEND_STORED);
	assert_null(draft.error);
}

/* Wherever the connection breaks, the message is there once in the end. */
static void a_cut_connection_costs_nothing(void **state)
{
	static const struct {
		const char *bytes;
		enum proxy_cut what;
		int times;
		const struct error *error;
	} cuts[] = {
	    {"START TRANSACTION", PROXY_CUT_REQUEST, 1, NULL},
	    {"START TRANSACTION", PROXY_CUT_ANSWER, 1, NULL},
	    {"START TRANSACTION", PROXY_CUT_HALF, 1, NULL},
	    {"COMMIT", PROXY_CUT_REQUEST, 1, NULL},
	    {"COMMIT", PROXY_CUT_ANSWER, 1, NULL},
	    {"COMMIT", PROXY_CUT_HALF, 1, NULL},
	    {"COMMIT", PROXY_CUT_REQUEST, 9, FAIL(UNAVAILABLE)},
	};

	for (size_t i = 0; i < COUNT(cuts); i++) {
		struct db_fixture *fixture = *state;
		struct send_draft draft = draft_of(fixture->arena, 1, 1, "k", "{}");
		char *path = arena_printf(fixture->arena, "/tmp/hichat-batch.%ld", (long)getpid());
		struct proxy *proxy = proxy_start(path, fixture->config.database.socket);

		db_free(&fixture->db);
		fixture->config.database.socket = path;
		fixture->db = db_new(&fixture->config);
		db_must(fixture->db, db_ping(fixture->db));
		proxy_cut(proxy, cuts[i].bytes, cuts[i].what, cuts[i].times);
		pass(fixture, &draft);
		assert_true(proxy_cuts_left(proxy) < cuts[i].times);
		if (draft.error != cuts[i].error)
			fail_msg("case %zu: %s", i, db_reason(fixture->db));
		proxy_stop(&proxy);
		expect(fixture, "SELECT COUNT(*) FROM message", cuts[i].error == NULL);
		expect(fixture, "SELECT last_seq FROM conversation WHERE id = 1",
		    cuts[i].error == NULL);
		set_stage(state);
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
	struct redis *redis = redis_new(&worker->fixture->config);
	struct send_means means = {worker->arena, db, redis};
	const struct send_work sending = {commit_when_crowded, send_batch_announce, &means};

	send_queue_pass(worker->queue, &sending, &worker->draft);
	db_free(&db);
	redis_free(&redis);
	return NULL;
}

static void start(struct worker *worker, struct db_fixture *fixture, struct send_queue *queue,
    int64_t conversation, int64_t sender)
{
	struct arena *arena = arena_new();

	*worker = (struct worker){.fixture = fixture,
	    .queue = queue,
	    .arena = arena,
	    .draft = draft_of(arena, conversation, sender,
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
	expect(fixture, "SELECT COUNT(*) FROM message", 3);
	expect(fixture, "SELECT last_seq FROM conversation WHERE id = 2", 1);
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
	expect(fixture, "SELECT COUNT(*) FROM message", 2);
	expect(fixture, "SELECT last_seq FROM conversation WHERE id = 1", 0);
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
				      "SELECT id FROM conversation WHERE id = 1 FOR UPDATE;"
				      "DELETE FROM friendship WHERE user_id IN (1, 2)"));
	start(&worker, fixture, queue, 1, 1);
	assert_int_equal(pthread_create(&worker.thread, NULL, work, &worker), 0);
	await_lock_wait(fixture);
	db_must(fixture->other, db_script(fixture->other, "COMMIT"));
	finish(&worker, 1);
	assert_true(error_is(worker.draft.error, FAIL(NOT_FRIENDS)));
	expect(fixture, "SELECT COUNT(*) FROM message", 0);
	release(&worker, 1);
	send_queue_free(&queue);
}

#define CASE(test) cmocka_unit_test_setup(test, set_stage)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_batch_moves_everything),
	    CASE(refused_drafts_fail_alone),
	    CASE(twins_are_one_message),
	    CASE(retries_of_changed_messages_are_no_conflict),
	    CASE(a_cut_connection_costs_nothing),
	    CASE(a_spoilt_draft_fails_alone),
	    CASE(a_held_conversation_holds_up_nobody_else),
	    CASE(a_removal_under_way_wins),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests_name("send batch", tests, open_stage, db_fixture_close);
}
