/* Conversations of this process in which somebody has just written, until they are indexed: by the
 * thread that answered, once its answer is out, one thread at a time and not much more often than
 * every second, so that what comes together is indexed together and sends hardly notice.
 *
 * It is no store: what is lost with the process, or finds no room, is indexed by whoever
 * searches. */
#ifndef HICHAT_INDEX_QUEUE_H
#define HICHAT_INDEX_QUEUE_H

#include "db.h"
#include <stddef.h>

struct index_queue;

struct index_queue *index_queue_new(void);
void index_queue_free(struct index_queue **queue);

void index_queue_add(struct index_queue *queue, int64_t conversation);

/* Does what is due.  After so many ms there is more to do; -1: there is not. */
int index_queue_work(struct index_queue *queue, struct arena *arena, struct db *db);

#endif
