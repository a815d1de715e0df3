/* The queue of drafts, who leads, and what becomes of a batch that fails. */
#include "send_queue.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* More would mean smaller batches: on two cores a second leader cost a fifth of the throughput. */
#define LEADERS 1
#define ATTEMPTS 2

struct send_queue {
	pthread_mutex_t lock;
	struct send_draft *first;
	struct send_draft **last;
	size_t batch;
	size_t places; /* at the lead, that are free */
};

struct send_queue *send_queue_new(size_t batch)
{
	struct send_queue *queue = calloc(1, sizeof(*queue));

	assert(batch >= 1 && batch <= SEND_BATCH_MAX);
	if (queue == NULL || pthread_mutex_init(&queue->lock, NULL) != 0)
		abort();
	queue->last = &queue->first;
	queue->batch = batch;
	/* Batches of one are no groups: then nobody waits for anybody. */
	queue->places = batch > 1 ? LEADERS : SIZE_MAX / 2;
	return queue;
}

void send_queue_free(struct send_queue **queue)
{
	assert((*queue)->first == NULL);
	pthread_mutex_destroy(&(*queue)->lock);
	free(*queue);
	*queue = NULL;
}

/* With the lock held, after every change: the first that waits is called as soon as there is a
 * place for it.  Until it comes to take its batch, nobody else is. */
static struct send_draft *call(struct send_queue *queue)
{
	struct send_draft *first = queue->first;

	if (first == NULL || first->leads || queue->places == 0)
		return NULL;
	queue->places--;
	first->leads = true;
	return first;
}

static void wake(struct send_draft *draft)
{
	if (draft != NULL)
		sem_post(&draft->woken);
}

/* Whether this draft is to lead already. */
static bool join(struct send_queue *queue, struct send_draft *draft)
{
	struct send_draft *called;

	pthread_mutex_lock(&queue->lock);
	*queue->last = draft;
	queue->last = &draft->next;
	called = call(queue);
	pthread_mutex_unlock(&queue->lock);
	assert(called == NULL || called == draft);
	return called == draft;
}

static size_t take(struct send_queue *queue, struct send_draft **batch)
{
	struct send_draft *called;
	size_t count = 0;

	pthread_mutex_lock(&queue->lock);
	while (queue->first != NULL && count < queue->batch) {
		batch[count++] = queue->first;
		queue->first = queue->first->next;
	}
	if (queue->first == NULL)
		queue->last = &queue->first;
	called = call(queue);
	pthread_mutex_unlock(&queue->lock);
	wake(called);
	return count;
}

static void leave_lead(struct send_queue *queue)
{
	struct send_draft *called;

	pthread_mutex_lock(&queue->lock);
	queue->places++;
	called = call(queue);
	pthread_mutex_unlock(&queue->lock);
	wake(called);
}

size_t send_queue_waiting(struct send_queue *queue)
{
	size_t count = 0;

	pthread_mutex_lock(&queue->lock);
	for (const struct send_draft *draft = queue->first; draft != NULL; draft = draft->next)
		count++;
	pthread_mutex_unlock(&queue->lock);
	return count;
}

static void fail(struct send_draft *const *drafts, size_t count, const struct error *error)
{
	for (size_t i = 0; i < count; i++)
		drafts[i]->error = error;
}

static enum send_result attempt(
    const struct send_work *work, struct send_draft *const *drafts, size_t count)
{
	enum send_result result = SEND_AGAIN;

	for (int i = 0; i < ATTEMPTS && result == SEND_AGAIN; i++)
		result = work->commit(work->means, drafts, count);
	return result;
}

/* What one of them spoilt, the others shall not suffer from. */
static enum send_result attempt_each(
    const struct send_work *work, struct send_draft *const *drafts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum send_result result = attempt(work, &drafts[i], 1);

		if (result == SEND_AWAY) {
			fail(drafts + i, count - i, FAIL(UNAVAILABLE));
			return result;
		}
		if (result != SEND_STORED)
			fail(drafts + i, 1,
			    result == SEND_ALONE ? FAIL(INTERNAL) : FAIL(UNAVAILABLE));
	}
	return SEND_STORED;
}

static void store(const struct send_work *work, struct send_draft *const *drafts, size_t count)
{
	enum send_result result = count > 1 ? attempt(work, drafts, count) : SEND_ALONE;

	if (result == SEND_AWAY)
		fail(drafts, count, FAIL(UNAVAILABLE));
	else if (result != SEND_STORED)
		attempt_each(work, drafts, count);
}

static void lead(
    struct send_queue *queue, const struct send_work *work, const struct send_draft *own)
{
	struct send_draft *batch[SEND_BATCH_MAX];
	size_t count = take(queue, batch);

	store(work, batch, count);
	work->announce(work->means, batch, count);
	leave_lead(queue); /* only now, so that events come in the order of the commits */
	for (size_t i = 0; i < count; i++) {
		if (batch[i] != own)
			wake(batch[i]); /* and be gone it may */
	}
}

static void await(struct send_draft *draft)
{
	while (sem_wait(&draft->woken) != 0)
		assert(errno == EINTR);
}

void send_queue_pass(
    struct send_queue *queue, const struct send_work *work, struct send_draft *draft)
{
	bool leads;

	draft->next = NULL;
	draft->error = NULL;
	draft->leads = false;
	if (sem_init(&draft->woken, 0, 0) != 0)
		abort();
	leads = join(queue, draft);
	if (!leads) {
		await(draft);
		leads = draft->leads;
	}
	if (leads)
		lead(queue, work, draft);
	sem_destroy(&draft->woken);
}
