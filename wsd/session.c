/* Resumable sessions, see session.h. */
#include "session.h"
#include "config.h"
#include "connection.h"
#include "container.h"
#include "heap.h"
#include "log.h"
#include "node.h"
#include "presence.h"
#include "watch.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static void session_list(struct session *session, struct user *user)
{
	session->user = user;
	session->next = user->sessions;
	session->at = &user->sessions;
	if (session->next != NULL)
		session->next->at = &session->next;
	user->sessions = session;
	user->session_count++;
}

static void session_unlist(struct session *session)
{
	*session->at = session->next;
	if (session->next != NULL)
		session->next->at = session->at;
	session->user->session_count--;
}

static void session_attach(struct session *session, struct connection *connection)
{
	wheel_cancel(&session->timer);
	session->connection = connection;
	session->proven = session->node->redis_returns;
	if (session->user->connected++ == 0)
		presence_arrive(session->node->presence, session->user);
}

static void session_unplug(struct session *session)
{
	if (session->connection == NULL)
		return;
	session->connection = NULL;
	wheel_cancel(&session->timer);
	session->user->connected--;
}

/* Of a user with too many sessions, the one that waits longest for its client. */
static struct session *session_idle(const struct user *user)
{
	struct session *idle = NULL;

	for (struct session *session = user->sessions; session != NULL; session = session->next)
		if (session->connection == NULL &&
		    (idle == NULL || session->timer.due < idle->timer.due))
			idle = session;
	return idle;
}

static bool session_make_room(struct node *node, int64_t user)
{
	const struct user *owner = roster_user(node->roster, user);
	struct session *idle;

	if (owner == NULL || owner->session_count < node->config->live.per_user)
		return true;
	idle = session_idle(owner);
	if (idle == NULL)
		return false;
	session_end(idle, CLOSE_TOO_MANY);
	return true;
}

struct session *session_open(
    struct node *node, struct connection *connection, int64_t user_id, int64_t login)
{
	struct session *session;
	uint64_t key[2];

	if (!session_make_room(node, user_id))
		return NULL;
	if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key)
		abort(); /* cannot happen for so few bytes */
	session = heap_new(sizeof *session);
	session->node = node;
	session->key_rest = key[1];
	outbox_init(&session->outbox);
	table_add(&node->roster->sessions, &session->by_key, (int64_t)key[0]);
	table_add(&node->roster->logins, &session->by_login, login);
	session_list(session, roster_join(node->roster, user_id));
	session_attach(session, connection);
	return session;
}

void session_key(const struct session *session, char key[SESSION_KEY_LENGTH + 1])
{
	snprintf(key, SESSION_KEY_LENGTH + 1, "%016" PRIx64 "%016" PRIx64,
	    (uint64_t)session->by_key.key, session->key_rest);
}

static struct session *session_find(struct node *node, const char *text)
{
	struct table_entry *entry;
	uint64_t key[2];

	if (strlen(text) != SESSION_KEY_LENGTH ||
	    strspn(text, "0123456789abcdef") != SESSION_KEY_LENGTH ||
	    sscanf(text, "%16" SCNx64 "%16" SCNx64, &key[0], &key[1]) != 2)
		return NULL;
	entry = table_find(&node->roster->sessions, (int64_t)key[0]);
	while (entry != NULL && CONTAINER(entry, struct session, by_key)->key_rest != key[1])
		entry = table_same(entry);
	return entry == NULL ? NULL : CONTAINER(entry, struct session, by_key);
}

static void acknowledgement_late(struct timer *timer)
{
	session_end(CONTAINER(timer, struct session, timer), CLOSE_ACK_TIMEOUT);
}

/* Something is outstanding: it has to be acknowledged, from now. */
static void session_await(struct session *session)
{
	wheel_set(session->node->wheel, &session->timer,
	    session->node->config->live.ack_timeout * 1000, acknowledgement_late);
}

struct session *session_resume(
    struct connection *connection, int64_t owner, int64_t login, const char *key, int64_t received)
{
	struct session *session = session_find(connection->node, key);

	if (session == NULL || session->overrun || user_id(session->user) != owner ||
	    session->by_login.key != login || !outbox_acknowledge(&session->outbox, received))
		return NULL;
	if (session->connection != NULL) {
		connection_close(session->connection, CLOSE_REPLACED);
		session_unplug(session);
	}
	outbox_rewind(&session->outbox);
	session_attach(session, connection);
	if (session->outbox.count > 0)
		session_await(session);
	return session;
}

static void linger_over(struct timer *timer)
{
	session_end(CONTAINER(timer, struct session, timer), CLOSE_ACK_TIMEOUT);
}

void session_detach(struct session *session, bool for_good)
{
	struct node *node = session->node;
	int64_t linger = for_good || node->stopping ? 0 : node->config->live.linger;

	session_unplug(session);
	if (session->user->connected == 0)
		presence_depart(node->presence, session->user, PRESENCE_GRACE);
	if (linger == 0)
		session_end(session, CLOSE_GOING_AWAY);
	else
		wheel_set(node->wheel, &session->timer, linger * 1000, linger_over);
}

static void session_count_loss(const struct session *session)
{
	struct metrics *metrics = &session->node->metrics;

	metrics->sessions_dropped += session->outbox.count > 0;
	metrics->events_dropped += session->outbox.count;
}

void session_end(struct session *session, enum close_id why)
{
	struct connection *connection = session->connection;
	struct roster *roster = session->node->roster;
	struct user *user = session->user;

	session_unplug(session);
	if (connection != NULL)
		connection_close(connection, why);
	if (user->connected == 0 && why == CLOSE_SESSION_ENDED)
		presence_depart(session->node->presence, user, 0);
	else if (user->connected == 0 && connection != NULL)
		presence_depart(session->node->presence, user, PRESENCE_GRACE);
	session_count_loss(session);
	wheel_cancel(&session->timer);
	outbox_clear(&session->outbox);
	table_remove(&roster->sessions, &session->by_key);
	table_remove(&roster->logins, &session->by_login);
	session_unlist(session);
	if (user->session_count == 0) {
		watch_clear(session->node->watches, user);
		roster_leave(roster, &user);
	}
	free(session);
}

void session_end_login(struct node *node, int64_t login)
{
	struct table_entry *entry;

	while ((entry = table_find(&node->roster->logins, login)) != NULL)
		session_end(CONTAINER(entry, struct session, by_login), CLOSE_SESSION_ENDED);
}

void session_end_all(struct node *node)
{
	struct table_entry *entry;

	while ((entry = table_next(&node->roster->sessions, NULL)) != NULL)
		session_end(CONTAINER(entry, struct session, by_key), CLOSE_GOING_AWAY);
}

static void overrun_over(struct timer *timer)
{
	session_end(CONTAINER(timer, struct session, timer), CLOSE_TOO_SLOW);
}

static void session_overrun(struct session *session)
{
	struct connection *connection = session->connection;

	session->overrun = true;
	session_count_loss(session);
	outbox_clear(&session->outbox);
	session_unplug(session);
	if (connection != NULL)
		connection_close(connection, CLOSE_TOO_SLOW);
	wheel_set(session->node->wheel, &session->timer, 0, overrun_over);
}

void session_queue(struct session *session, struct payload *payload)
{
	struct node *node = session->node;

	if (session->overrun)
		return;
	if (!outbox_push(&session->outbox, payload, node->config->live.queue_events,
		node->config->live.queue_bytes)) {
		session_overrun(session);
		return;
	}
	node->metrics.events_queued++;
	if (session->connection == NULL)
		return;
	if (session->outbox.count == 1)
		session_await(session);
	connection_wake(session->connection);
}

bool session_acknowledge(struct session *session, int64_t received)
{
	int64_t before = session->outbox.acknowledged;

	if (!outbox_acknowledge(&session->outbox, received))
		return false;
	if (session->outbox.count == 0)
		wheel_cancel(&session->timer);
	else if (received > before)
		session_await(session);
	return true;
}
