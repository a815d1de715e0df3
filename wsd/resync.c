/* Tells clients to sync, spread over time, see resync.h. */
#include "resync.h"
#include "container.h"
#include "event.h"
#include "heap.h"
#include "log.h"
#include "node.h"
#include "payload.h"
#include "session.h"
#include "watch.h"
#include "wheel.h"
#include <stdlib.h>
#include <string.h>

#define STEP_MS 100
#define STEPS_MIN 10	     /* one second, however few they are */
#define SESSIONS_PER_STEP 50 /* the database's share: 500 syncs a second */

struct resync {
	struct node *node;
	struct timer timer;
	uint64_t step, steps; /* a session's turn is its random key modulo steps */
};

struct resync *resync_new(struct node *node)
{
	struct resync *resync = heap_new(sizeof *resync);

	resync->node = node;
	return resync;
}

void resync_free(struct resync **resync)
{
	if (*resync == NULL)
		return;
	wheel_cancel(&(*resync)->timer);
	free(*resync);
	*resync = NULL;
}

static void resync_step(struct timer *timer)
{
	static const char text[] = "{\"event\":\"" EVENT_RESYNC "\"}";
	struct resync *resync = CONTAINER(timer, struct resync, timer);
	struct payload *payload = payload_new(text, strlen(text));
	struct table_entry *entry = NULL;

	while ((entry = table_next(&resync->node->roster->sessions, entry)) != NULL) {
		struct session *session = CONTAINER(entry, struct session, by_key);

		if (session->key_rest % resync->steps == resync->step)
			session_queue(session, payload);
	}
	payload_release(&payload);
	if (++resync->step < resync->steps)
		wheel_set(resync->node->wheel, timer, STEP_MS, resync_step);
}

void resync_begin(struct resync *resync)
{
	size_t sessions = resync->node->roster->sessions.count;

	LOG(INFO, "telling clients to sync", LOG_FIELD("sessions", sessions));
	resync->node->metrics.redis_returns++;
	watch_forget(resync->node->watches);
	resync->step = 0;
	resync->steps = STEPS_MIN + sessions / SESSIONS_PER_STEP;
	wheel_set(resync->node->wheel, &resync->timer, STEP_MS, resync_step);
}
