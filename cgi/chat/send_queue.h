/* The group commit: sends that wait at the same time are stored in one transaction.
 *
 * A worker that wants to send passes its draft.  Whoever finds a place at the lead takes all that
 * wait, stores them, tells the live connections, leaves the lead to the first of those who came
 * meanwhile, and wakes the rest of its batch.  No thread but the workers themselves, no timer:
 * a lone message is a batch of one and waits for nobody.
 *
 * From pass to return a draft and its arena belong to whoever leads its batch. */
#ifndef HICHAT_SEND_QUEUE_H
#define HICHAT_SEND_QUEUE_H

#include "member_cache.h"
#include "stream.h"
#include <semaphore.h>

#define SEND_BATCH_MAX 1024

struct send_queue;

struct send_draft {
	struct message wanted; /* all but what the commit decides: seq, ordinal, created_at */
	struct id_list mentions;
	bool mention_all;
	struct id_list media; /* what it carries */
	struct arena *arena;

	/* The outcome. */
	const struct error *error; /* NULL: `stored` is committed */
	struct message stored;
	bool repeated;			/* it was stored before, under the same client key */
	int64_t peer_id;		/* of a direct conversation */
	const struct member_list *list; /* of a group; the leader's */
	struct id_list notified;	/* the notifications of those mentioned, to be delivered */

	/* The commit's own: its client key may be stored by now. */
	bool tried;

	/* The queue's own. */
	struct send_draft *next;
	sem_t woken;
	bool leads;
};

enum send_result {
	SEND_STORED, /* every draft has its outcome */
	SEND_AGAIN,  /* not the drafts' fault: the same once more may work */
	SEND_ALONE,  /* one of them may have spoilt it for the others */
	SEND_AWAY    /* there is no database: trying is no use now */
};

/* How a leader works, with means of its own (connections, memory).  `commit` must be safe to
 * repeat when its result is not SEND_STORED, whatever became of its commit. */
struct send_work {
	enum send_result (*commit)(void *means, struct send_draft *const *drafts, size_t count);
	void (*announce)(void *means, struct send_draft *const *drafts, size_t count);
	void *means;
};

/* At most `batch` drafts go into a transaction, 1 to SEND_BATCH_MAX. */
struct send_queue *send_queue_new(size_t batch);
/* Nobody may be waiting any more. */
void send_queue_free(struct send_queue **queue);

/* How many wait for a batch that has not begun. */
size_t send_queue_waiting(struct send_queue *queue);

/* Returns when the draft has its outcome. */
void send_queue_pass(
    struct send_queue *queue, const struct send_work *work, struct send_draft *draft);

#endif
