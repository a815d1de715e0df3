/* A short list under a lock, and the time when it may be worked on. */
#include "index_queue.h"
#include "arena.h"
#include "clock.h"
#include "search_index.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 1024
#define PAUSE_MS 1000 /* between the beginnings of two turns */
#define TURN_MS 50

struct index_queue {
	pthread_mutex_t lock;
	int64_t conversations[PLACES];
	size_t count;
	int64_t due; /* monotonic ms; while somebody works, that of the next turn already */
};

struct index_queue *index_queue_new(void)
{
	struct index_queue *queue = calloc(1, sizeof(*queue));

	if (queue == NULL || pthread_mutex_init(&queue->lock, NULL) != 0)
		abort();
	return queue;
}

void index_queue_free(struct index_queue **queue)
{
	pthread_mutex_destroy(&(*queue)->lock);
	free(*queue);
	*queue = NULL;
}

static bool waits(const struct index_queue *queue, int64_t conversation)
{
	for (size_t i = queue->count; i-- > 0;)
		if (queue->conversations[i] == conversation)
			return true;
	return false;
}

void index_queue_add(struct index_queue *queue, int64_t conversation)
{
	pthread_mutex_lock(&queue->lock);
	if (queue->count < PLACES && !waits(queue, conversation))
		queue->conversations[queue->count++] = conversation;
	pthread_mutex_unlock(&queue->lock);
}

/* Takes all that wait, when it is time; *wait: until then. */
static struct id_list take(struct index_queue *queue, struct arena *arena, int *wait)
{
	int64_t now = clock_monotonic_ms();
	struct id_list taken = {NULL, 0};

	*wait = -1;
	pthread_mutex_lock(&queue->lock);
	if (queue->count > 0 && now < queue->due) {
		*wait = (int)(queue->due - now);
	} else if (queue->count > 0) {
		taken.ids = arena_copy(
		    arena, queue->conversations, queue->count * sizeof(*queue->conversations));
		taken.count = queue->count;
		queue->count = 0;
		queue->due = now + PAUSE_MS;
	}
	pthread_mutex_unlock(&queue->lock);
	return taken;
}

int index_queue_work(struct index_queue *queue, struct arena *arena, struct db *db)
{
	struct id_list conversations;
	struct rows gaps;
	int wait;

	conversations = take(queue, arena, &wait);
	if (conversations.count == 0)
		return wait;
	/* Why it failed was logged below; the gap stays for whoever comes next. */
	if (search_index_gaps(db, arena, conversations, &gaps) == NULL)
		(void)search_index_fill(db, arena, &gaps, TURN_MS);
	return -1;
}
