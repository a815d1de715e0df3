/* The send queue with a pretended database: who leads, what goes into a batch, and that every
 * draft gets its outcome, whatever fails. */
#include "send_queue.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>

#include <cmocka.h>

#define SENDERS_MAX 32
#define BATCHES_MAX 64

/* Commits answer as the script says, then SEND_STORED; a draft of the conversation `spoilt`
 * spoils every batch that it is in. */
struct database {
	pthread_mutex_t lock;
	pthread_cond_t opened;
	bool closed; /* commits wait until it is open */
	size_t inside, most_inside;
	size_t sizes[BATCHES_MAX]; /* of the batches, in order of their commits */
	size_t commits;
	enum send_result script[8];
	size_t scripted;
	int64_t spoilt;
	int64_t seq;
	size_t announced;
};

struct sender {
	struct send_queue *queue;
	struct database *database;
	struct send_draft draft;
	pthread_t thread;
	bool announced; /* before it was woken */
};

static void database_open(struct database *database)
{
	*database = (struct database){.spoilt = ABSENT};
	pthread_mutex_init(&database->lock, NULL);
	pthread_cond_init(&database->opened, NULL);
}

static void database_close(struct database *database)
{
	pthread_cond_destroy(&database->opened);
	pthread_mutex_destroy(&database->lock);
}

static bool spoils(const struct database *database, struct send_draft *const *drafts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (drafts[i]->wanted.conversation_id == database->spoilt)
			return true;
	}
	return false;
}

static enum send_result answer(
    struct database *database, struct send_draft *const *drafts, size_t count)
{
	enum send_result result = SEND_STORED;

	if (database->scripted > 0) {
		result = database->script[0];
		database->scripted--;
		memmove(database->script, database->script + 1,
		    database->scripted * sizeof(database->script[0]));
	} else if (spoils(database, drafts, count)) {
		result = SEND_ALONE;
	}
	for (size_t i = 0; i < count && result == SEND_STORED; i++)
		drafts[i]->stored.seq = ++database->seq;
	return result;
}

static enum send_result commit(void *means, struct send_draft *const *drafts, size_t count)
{
	struct database *database = means;
	enum send_result result;

	pthread_mutex_lock(&database->lock);
	if (database->commits < BATCHES_MAX)
		database->sizes[database->commits] = count;
	database->commits++;
	database->inside++;
	if (database->inside > database->most_inside)
		database->most_inside = database->inside;
	while (database->closed)
		pthread_cond_wait(&database->opened, &database->lock);
	result = answer(database, drafts, count);
	database->inside--;
	pthread_mutex_unlock(&database->lock);
	return result;
}

static void announce(void *means, struct send_draft *const *drafts, size_t count)
{
	struct database *database = means;

	for (size_t i = 0; i < count; i++)
		drafts[i]->stored.created_at = drafts[i]->stored.seq;
	pthread_mutex_lock(&database->lock);
	database->announced += count;
	pthread_mutex_unlock(&database->lock);
}

static void *send_one(void *context)
{
	struct sender *sender = context;
	const struct send_work work = {commit, announce, sender->database};

	send_queue_pass(sender->queue, &work, &sender->draft);
	sender->announced = sender->draft.stored.created_at == sender->draft.stored.seq;
	return NULL;
}

static void start(struct sender *sender, struct send_queue *queue, struct database *database,
    int64_t conversation)
{
	*sender = (struct sender){.queue = queue, .database = database};
	sender->draft.wanted.conversation_id = conversation;
	sender->draft.stored.created_at = ABSENT;
	assert_int_equal(pthread_create(&sender->thread, NULL, send_one, sender), 0);
}

static void finish(struct sender *senders, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_int_equal(pthread_join(senders[i].thread, NULL), 0);
}

static void set_closed(struct database *database, bool closed)
{
	pthread_mutex_lock(&database->lock);
	database->closed = closed;
	pthread_cond_broadcast(&database->opened);
	pthread_mutex_unlock(&database->lock);
}

static size_t count_inside(struct database *database)
{
	size_t count;

	pthread_mutex_lock(&database->lock);
	count = database->inside;
	pthread_mutex_unlock(&database->lock);
	return count;
}

/* The first leads and is held in its commit; the others have joined the queue, in order. */
static void start_behind_a_leader(
    struct sender *senders, size_t count, struct send_queue *queue, struct database *database)
{
	set_closed(database, true);
	for (size_t i = 0; i < count; i++) {
		start(&senders[i], queue, database, (int64_t)i + 1);
		if (i == 0) {
			while (count_inside(database) == 0)
				sched_yield();
		}
		while (send_queue_waiting(queue) < i)
			sched_yield();
	}
}

static void a_lone_draft_is_a_batch_of_one(void **state)
{
	struct send_queue *queue = send_queue_new(8);
	struct database database;
	struct sender sender;

	(void)state;
	database_open(&database);
	start(&sender, queue, &database, 1);
	finish(&sender, 1);
	assert_null(sender.draft.error);
	assert_int_equal(sender.draft.stored.seq, 1);
	assert_int_equal(database.commits, 1);
	assert_int_equal(database.sizes[0], 1);
	assert_int_equal(database.announced, 1);
	send_queue_free(&queue);
	assert_null(queue);
	database_close(&database);
}

static void those_who_wait_share_the_next_batch(void **state)
{
	struct send_queue *queue = send_queue_new(64);
	struct database database;
	struct sender senders[6];

	(void)state;
	database_open(&database);
	start_behind_a_leader(senders, 6, queue, &database);
	set_closed(&database, false);
	finish(senders, 6);
	assert_int_equal(database.commits, 2);
	assert_int_equal(database.sizes[0], 1);
	assert_int_equal(database.sizes[1], 5);
	for (size_t i = 0; i < 6; i++) {
		assert_null(senders[i].draft.error);
		assert_int_equal(senders[i].draft.stored.seq, i + 1);
		assert_true(senders[i].announced);
	}
	send_queue_free(&queue);
	database_close(&database);
}

static void a_batch_has_a_limit(void **state)
{
	static const size_t sizes[] = {1, 3, 3, 1};
	struct send_queue *queue = send_queue_new(3);
	struct database database;
	struct sender senders[8];

	(void)state;
	database_open(&database);
	start_behind_a_leader(senders, 8, queue, &database);
	set_closed(&database, false);
	finish(senders, 8);
	assert_int_equal(database.commits, 4);
	assert_memory_equal(database.sizes, sizes, sizeof(sizes));
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(senders[i].draft.stored.seq, i + 1);
	send_queue_free(&queue);
	database_close(&database);
}

static void batches_of_one_do_not_wait_for_each_other(void **state)
{
	struct send_queue *queue = send_queue_new(1);
	struct database database;
	struct sender senders[4];

	(void)state;
	database_open(&database);
	set_closed(&database, true);
	for (size_t i = 0; i < 4; i++)
		start(&senders[i], queue, &database, 1);
	while (count_inside(&database) < 4)
		sched_yield();
	set_closed(&database, false);
	finish(senders, 4);
	assert_int_equal(database.most_inside, 4);
	send_queue_free(&queue);
	database_close(&database);
}

static void a_batch_is_tried_again(void **state)
{
	struct send_queue *queue = send_queue_new(8);
	struct database database;
	struct sender senders[4];

	(void)state;
	database_open(&database);
	start_behind_a_leader(senders, 4, queue, &database);
	database.script[0] = SEND_STORED;
	database.script[1] = SEND_AGAIN;
	database.scripted = 2;
	set_closed(&database, false);
	finish(senders, 4);
	assert_int_equal(database.commits, 3);
	assert_int_equal(database.sizes[1], 3);
	assert_int_equal(database.sizes[2], 3);
	for (size_t i = 0; i < 4; i++)
		assert_null(senders[i].draft.error);
	send_queue_free(&queue);
	database_close(&database);
}

static void what_one_spoils_the_others_do_not_suffer_from(void **state)
{
	struct send_queue *queue = send_queue_new(8);
	struct database database;
	struct sender senders[5];

	(void)state;
	database_open(&database);
	database.spoilt = 3;
	start_behind_a_leader(senders, 5, queue, &database);
	set_closed(&database, false);
	finish(senders, 5);
	for (size_t i = 0; i < 5; i++) {
		const struct error *error = senders[i].draft.error;

		if (senders[i].draft.wanted.conversation_id == database.spoilt)
			assert_true(error_is(error, FAIL(INTERNAL)));
		else
			assert_null(error);
	}
	send_queue_free(&queue);
	database_close(&database);
}

static void nobody_waits_for_a_database_that_is_away(void **state)
{
	struct send_queue *queue = send_queue_new(8);
	struct database database;
	struct sender senders[4];

	(void)state;
	database_open(&database);
	start_behind_a_leader(senders, 4, queue, &database);
	database.script[0] = SEND_AWAY;
	database.script[1] = SEND_AWAY;
	database.scripted = 2;
	set_closed(&database, false);
	finish(senders, 4);
	assert_int_equal(database.commits, 2);
	for (size_t i = 0; i < 4; i++)
		assert_true(error_is(senders[i].draft.error, FAIL(UNAVAILABLE)));
	send_queue_free(&queue);
	database_close(&database);
}

static void it_may_go_away_while_drafts_go_alone(void **state)
{
	static const enum send_result script[] = {
	    SEND_STORED, SEND_AGAIN, SEND_AGAIN, SEND_STORED, SEND_AWAY};
	struct send_queue *queue = send_queue_new(8);
	struct database database;
	struct sender senders[4];

	(void)state;
	database_open(&database);
	start_behind_a_leader(senders, 4, queue, &database);
	memcpy(database.script, script, sizeof(script));
	database.scripted = sizeof(script) / sizeof(script[0]);
	set_closed(&database, false);
	finish(senders, 4);
	assert_int_equal(database.commits, 5);
	assert_null(senders[0].draft.error);
	assert_null(senders[1].draft.error);
	assert_true(error_is(senders[2].draft.error, FAIL(UNAVAILABLE)));
	assert_true(error_is(senders[3].draft.error, FAIL(UNAVAILABLE)));
	send_queue_free(&queue);
	database_close(&database);
}

static void a_lone_draft_that_keeps_failing_is_given_up(void **state)
{
	struct send_queue *queue = send_queue_new(8);
	struct database database;
	struct sender sender;

	(void)state;
	database_open(&database);
	for (size_t i = 0; i < 8; i++)
		database.script[i] = SEND_AGAIN;
	database.scripted = 8;
	start(&sender, queue, &database, 1);
	finish(&sender, 1);
	assert_true(error_is(sender.draft.error, FAIL(UNAVAILABLE)));
	assert_int_equal(database.commits, 2);
	send_queue_free(&queue);
	database_close(&database);
}

struct storm {
	struct send_queue *queue;
	struct database *database;
	pthread_t thread;
	unsigned rounds;
	atomic_uint *stored;
	atomic_uint *failed;
};

static void *rage(void *context)
{
	struct storm *storm = context;
	const struct send_work work = {commit, announce, storm->database};

	for (unsigned round = 0; round < storm->rounds; round++) {
		struct send_draft draft = {.wanted = {.conversation_id = round % 7}};

		send_queue_pass(storm->queue, &work, &draft);
		atomic_fetch_add(draft.error == NULL ? storm->stored : storm->failed, 1);
	}
	return NULL;
}

/* Under ThreadSanitizer this is what finds a race. */
static void a_storm_leaves_nobody_behind(void **state)
{
	struct send_queue *queue = send_queue_new(5);
	struct database database;
	struct storm storms[SENDERS_MAX];
	atomic_uint stored = 0, failed = 0;
	unsigned spoilt = 0;

	(void)state;
	database_open(&database);
	database.spoilt = 3;
	for (size_t i = 0; i < SENDERS_MAX; i++) {
		storms[i] = (struct storm){.queue = queue,
		    .database = &database,
		    .rounds = 200,
		    .stored = &stored,
		    .failed = &failed};
		assert_int_equal(pthread_create(&storms[i].thread, NULL, rage, &storms[i]), 0);
	}
	for (size_t i = 0; i < SENDERS_MAX; i++)
		assert_int_equal(pthread_join(storms[i].thread, NULL), 0);
	for (unsigned round = 0; round < 200; round++)
		spoilt += round % 7 == 3;
	assert_int_equal(failed, SENDERS_MAX * spoilt);
	assert_int_equal(stored, SENDERS_MAX * (200 - spoilt));
	assert_int_equal(database.seq, stored);
	assert_int_equal(database.announced, SENDERS_MAX * 200);
	assert_int_equal(send_queue_waiting(queue), 0);
	send_queue_free(&queue);
	database_close(&database);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_lone_draft_is_a_batch_of_one),
	    cmocka_unit_test(those_who_wait_share_the_next_batch),
	    cmocka_unit_test(a_batch_has_a_limit),
	    cmocka_unit_test(batches_of_one_do_not_wait_for_each_other),
	    cmocka_unit_test(a_batch_is_tried_again),
	    cmocka_unit_test(what_one_spoils_the_others_do_not_suffer_from),
	    cmocka_unit_test(nobody_waits_for_a_database_that_is_away),
	    cmocka_unit_test(it_may_go_away_while_drafts_go_alone),
	    cmocka_unit_test(a_lone_draft_that_keeps_failing_is_given_up),
	    cmocka_unit_test(a_storm_leaves_nobody_behind),
	};

	return cmocka_run_group_tests_name("send queue", tests, NULL, NULL);
}
