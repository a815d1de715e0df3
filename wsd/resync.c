/* Tells clients to sync and to come back, spread over time, see resync.h. */
#include "resync.h"
#include "connection.h"
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
#define TELL_STEPS_MIN 10 /* one second, however few they are */
#define RETURN_AFTER_MS 10000
#define RETURN_STEPS_MIN 100
#define SESSIONS_PER_STEP 50 /* the database's share: 500 a second */

struct resync {
	struct node *node;
	struct timer timer;
	struct payload *payload;
	uint64_t step, steps; /* a session's turn is its random key modulo steps */
};

struct resync *resync_new(struct node *node)
{
	static const char text[] = "{\"event\":\"" EVENT_RESYNC "\"}";
	struct resync *resync = heap_new(sizeof *resync);

	resync->node = node;
	resync->payload = payload_new(text, strlen(text));
	return resync;
}

void resync_free(struct resync **resync)
{
	if (*resync == NULL)
		return;
	wheel_cancel(&(*resync)->timer);
	payload_release(&(*resync)->payload);
	free(*resync);
	*resync = NULL;
}

/* Does something with those whose turn it is; true when that were the last. */
static bool step(struct resync *resync, void (*act)(struct resync *, struct session *))
{
	const struct table *sessions = &resync->node->roster->sessions;

	for (struct table_entry *entry = table_next(sessions, NULL), *next; entry != NULL;
	     entry = next) {
		struct session *session = CONTAINER(entry, struct session, by_key);

		next = table_next(sessions, entry);
		if (session->key_rest % resync->steps == resync->step)
			act(resync, session);
	}
	return ++resync->step == resync->steps;
}

static void begin(
    struct resync *resync, uint64_t steps_min, int64_t delay_ms, void (*fire)(struct timer *timer))
{
	resync->step = 0;
	resync->steps = steps_min + resync->node->roster->sessions.count / SESSIONS_PER_STEP;
	wheel_set(resync->node->wheel, &resync->timer, delay_ms, fire);
}

static void send_back(struct resync *resync, struct session *session)
{
	if (session->connection != NULL && session->proven < resync->node->redis_returns)
		connection_drop(session->connection, CLOSE_REAUTHENTICATE);
}

static void return_step(struct timer *timer)
{
	struct resync *resync = CONTAINER(timer, struct resync, timer);

	if (!step(resync, send_back))
		wheel_set(resync->node->wheel, timer, STEP_MS, return_step);
}

static void tell(struct resync *resync, struct session *session)
{
	session_queue(session, resync->payload);
}

static void tell_step(struct timer *timer)
{
	struct resync *resync = CONTAINER(timer, struct resync, timer);

	if (step(resync, tell))
		begin(resync, RETURN_STEPS_MIN, RETURN_AFTER_MS, return_step);
	else
		wheel_set(resync->node->wheel, timer, STEP_MS, tell_step);
}

void resync_begin(struct resync *resync)
{
	LOG(INFO, "telling clients to sync",
	    LOG_FIELD("sessions", resync->node->roster->sessions.count));
	resync->node->redis_returns++;
	watch_forget(resync->node->watches);
	begin(resync, TELL_STEPS_MIN, STEP_MS, tell_step);
}
