/* From an envelope to the sessions that it is for, see fanout.h. */
#include "fanout.h"
#include "audience.h"
#include "clock.h"
#include "event.h"
#include "hello.h"
#include "log.h"
#include "node.h"
#include "parting.h"
#include "payload.h"
#include "presence.h"
#include "recipients.h"
#include "record.h"
#include "roster.h"
#include "session.h"
#include "typing.h"
#include "watch.h"

void fanout_user(struct user *user, struct payload *payload)
{
	for (struct session *session = user->sessions; session != NULL; session = session->next)
		session_queue(session, payload);
}

/* That somebody types is no news to a client that comes back later. */
static void fanout_user_now(struct user *user, struct payload *payload)
{
	if (user->hides_typing)
		return;
	for (struct session *session = user->sessions; session != NULL; session = session->next)
		if (session->connection != NULL)
			session_queue(session, payload);
}

/* Not from an event that was overtaken by the end of the friendship. */
static void learn(struct node *node, const struct event *event)
{
	const int64_t *ids = event->ids;
	int64_t now = clock_monotonic_ms();

	if (event->conversation == ABSENT ||
	    (event->count == 2 && (parting_is(node->partings, ids[0], ids[1], now) ||
				      parting_is(node->partings, ids[1], ids[0], now))))
		return;
	audience_learn(node->audiences, event->conversation, ids, event->count, now);
}

static void deliver(struct node *node, const struct event *event)
{
	struct payload *payload = NULL;
	bool passing = typing_is(event->payload, event->payload_length);

	learn(node, event);
	for (size_t i = 0; i < event->count; i++) {
		struct user *user = roster_user(node->roster, event->ids[i]);

		if (user == NULL)
			continue;
		if (payload == NULL)
			payload = payload_new(event->payload, event->payload_length);
		if (passing)
			fanout_user_now(user, payload);
		else
			fanout_user(user, payload);
	}
	payload_release(&payload);
}

static void close_logins(struct node *node, const struct event *event)
{
	for (size_t i = 0; i < event->count; i++) {
		hello_revoke(node, event->ids[i]);
		session_end_login(node, event->ids[i]);
	}
}

static void watch(struct node *node, const struct event *event)
{
	struct user *user = roster_user(node->roster, event->ids[0]);

	parting_forget(node->partings, event->ids[0], event->ids[1]);
	if (user == NULL)
		return;
	watch_add(node->watches, user, event->ids[1]);
	presence_ask(node->presence, event->ids[0], event->ids[1]);
}

/* No longer friends: no presence, and no typing any more. */
static void unwatch(struct node *node, const struct event *event)
{
	struct user *user = roster_user(node->roster, event->ids[0]);
	int64_t now = clock_monotonic_ms();

	if (!parting_learn(node->partings, event->ids[0], event->ids[1], now))
		node->heard_since = now;
	audience_forget_pair(node->audiences, event->ids[0], event->ids[1]);
	if (user == NULL)
		return;
	watch_remove(node->watches, user, event->ids[1]);
	user_drop_direct(user, event->ids[1]);
}

/* Notes for tickets from before it whether they still may say so. */
static void part(struct node *node, int64_t id, int64_t from, bool shown)
{
	int64_t now = clock_monotonic_ms();

	if (shown)
		parting_forget(node->partings, id, from);
	else if (!parting_learn(node->partings, id, from, now))
		node->heard_since = now;
}

static void shows_presence(struct node *node, const struct event *event)
{
	struct user *user = roster_user(node->roster, event->ids[0]);

	part(node, event->ids[0], PARTED_PRESENCE, event->on);
	if (event->on)
		return; /* whose they see, and who sees them, comes one by one */
	watch_hide(node->watches, event->ids[0]);
	if (user != NULL)
		watch_clear(node->watches, user);
}

static void shows_typing(struct node *node, const struct event *event)
{
	struct user *user = roster_user(node->roster, event->ids[0]);

	part(node, event->ids[0], PARTED_TYPING, event->on);
	if (user != NULL)
		user->hides_typing = !event->on;
}

static void presence(struct node *node, const struct event *event)
{
	presence_hear(node->presence, event);
}

static void (*const actions[])(struct node *node, const struct event *event) = {
    [EVENT_TO] = deliver,
    [EVENT_CLOSE] = close_logins,
    [EVENT_WATCH] = watch,
    [EVENT_UNWATCH] = unwatch,
    [EVENT_SHOWS_PRESENCE] = shows_presence,
    [EVENT_SHOWS_TYPING] = shows_typing,
    [EVENT_ONLINE] = presence,
};

void fanout_envelope(struct node *node, const char *text, size_t length)
{
	struct event event;

	node->metrics.envelopes++;
	if (recipients_read(node->recipients, node->scratch, text, length, &event)) {
		actions[event.kind](node, &event);
		return;
	}
	node->metrics.envelopes_bad++;
	LOG(WARNING, "an envelope that makes no sense", LOG_FIELD("length", length));
}
