/* One socket, see connection.h. */
#include "connection.h"
#include "arena.h"
#include "clock.h"
#include "config.h"
#include "container.h"
#include "frame.h"
#include "heap.h"
#include "hello.h"
#include "log.h"
#include "node.h"
#include "server.h"
#include "session.h"
#include "table.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HELLO_MS 5000
#define CLOSING_MS 3000
#define EARLIER_PERCENT 25 /* at most, so that they do not all come back at once */
#define WRITES_AT_ONCE 16  /* then the others have a turn */

static void closing_over(struct timer *timer)
{
	server_abort(CONTAINER(timer, struct connection, timer)->wsi);
}

void connection_close(struct connection *connection, enum close_id why)
{
	struct node *node = connection->node;

	if (connection->state == CONNECTION_CLOSING)
		return;
	if (connection->state == CONNECTION_CHECKING)
		hello_abandon(connection);
	LOG(DEBUG, "closing", LOG_FIELD("code", (int)close_table[why].code),
	    LOG_FIELD("reason", close_table[why].text));
	connection->session = NULL;
	connection->state = CONNECTION_CLOSING;
	connection->why = (uint8_t)why;
	node->metrics.closes[why]++;
	payload_release(&connection->welcome);
	/* A peer that reads nothing never becomes writable for its close frame. */
	wheel_set(node->wheel, &connection->timer, CLOSING_MS, closing_over);
	server_wake(connection->wsi);
}

void connection_drop(struct connection *connection, enum close_id why)
{
	if (connection->session != NULL)
		session_detach(connection->session, false);
	connection_close(connection, why);
}

/* For a client that has done wrong: its session, if it has one, goes too. */
static void connection_refuse(struct connection *connection, enum close_id why)
{
	if (connection->session != NULL)
		session_end(connection->session, why);
	else
		connection_close(connection, why);
}

static void hello_late(struct timer *timer)
{
	struct connection *connection = CONTAINER(timer, struct connection, timer);

	connection_close(connection,
	    connection->state == CONNECTION_CHECKING ? CLOSE_TRY_LATER : CLOSE_HELLO_TIMEOUT);
}

static size_t connection_limit(const struct node *node)
{
	size_t configured = (size_t)node->config->live.max_connections;
	size_t possible = server_capacity(node->server);

	return configured < possible ? configured : possible;
}

struct connection *connection_open(struct node *node, struct lws *wsi)
{
	struct connection *connection = heap_new(sizeof *connection);

	connection->node = node;
	connection->wsi = wsi;
	node->metrics.connections++;
	node->metrics.connections_total++;
	wheel_set(node->wheel, &connection->timer, HELLO_MS, hello_late);
	if (node->metrics.connections > connection_limit(node))
		connection_close(connection, CLOSE_TOO_MANY);
	return connection;
}

void connection_free(struct connection **at)
{
	struct connection *connection = *at;

	if (connection->state != CONNECTION_CLOSING)
		connection->node->metrics.cut++;
	if (connection->state == CONNECTION_CHECKING)
		hello_abandon(connection);
	if (connection->session != NULL)
		session_detach(connection->session, connection->left_for_good);
	wheel_cancel(&connection->timer);
	payload_release(&connection->welcome);
	free(connection->partial);
	connection->node->metrics.connections--;
	free(connection);
	*at = NULL;
}

static int64_t sooner(int64_t one, int64_t other)
{
	return one < other ? one : other;
}

/* That somebody was logged out or removed is told to wsd once, and may get lost on the way. */
static int64_t reauthenticate_ms(const struct node *node)
{
	int64_t longest = node->config->live.reauthenticate * 1000;

	return longest - random() % (longest * EARLIER_PERCENT / 100);
}

/* Heartbeat: asks every [live] heartbeat, and gives up after [live] silence. */
static void connection_beat(struct timer *timer)
{
	struct connection *connection = CONTAINER(timer, struct connection, timer);
	const struct config *config = connection->node->config;
	int64_t now = clock_monotonic_ms(), ping_in, give_up_in;

	give_up_in = connection->heard_at + config->live.silence * 1000 - now;
	if (give_up_in <= 0) {
		connection_drop(connection, CLOSE_SILENT);
		return;
	}
	if (now >= connection->good_until) {
		connection_drop(connection, CLOSE_REAUTHENTICATE);
		return;
	}
	ping_in = connection->pinged_at + config->live.heartbeat * 1000 - now;
	if (ping_in <= 0) {
		connection->pinged_at = now;
		connection->ping_due = true;
		connection_wake(connection);
		ping_in = config->live.heartbeat * 1000;
	}
	wheel_set(connection->node->wheel, timer,
	    sooner(sooner(ping_in, give_up_in), connection->good_until - now), connection_beat);
}

void connection_welcome(struct connection *connection, struct session *session, bool resumed)
{
	char text[160], key[SESSION_KEY_LENGTH + 1];
	int length;

	session_key(session, key);
	length = snprintf(text, sizeof text,
	    "{\"op\":\"welcome\",\"session\":\"%s\",\"resumed\":%s,\"heartbeat\":%" PRId64 "}", key,
	    resumed ? "true" : "false", connection->node->config->live.heartbeat);
	connection->welcome = payload_new(text, (size_t)length);
	connection->session = session;
	connection->state = CONNECTION_LIVE;
	connection->heard_at = connection->pinged_at = clock_monotonic_ms();
	connection->good_until = connection->heard_at + reauthenticate_ms(connection->node);
	connection_beat(&connection->timer);
	connection_wake(connection);
}

static void connection_frame(struct connection *connection, const char *text, size_t length)
{
	int64_t now = clock_monotonic_ms();

	connection->frames = now / 1000 == connection->heard_at / 1000 ? connection->frames + 1 : 1;
	connection->heard_at = now;
	connection->node->metrics.frames_in++;
	if (connection->frames > FRAMES_PER_SECOND) {
		connection_refuse(connection, CLOSE_TOO_MANY);
		return;
	}
	arena_reset(connection->node->scratch);
	if (!frame_receive(connection, text, length))
		connection_refuse(connection, CLOSE_BAD_REQUEST);
}

static void connection_keep(struct connection *connection, const char *bytes, size_t length)
{
	if (connection->partial == NULL)
		connection->partial = heap_new(FRAME_MAX);
	if (length > 0)
		memcpy(connection->partial + connection->partial_length, bytes, length);
	connection->partial_length = (uint16_t)(connection->partial_length + length);
}

void connection_receive(
    struct connection *connection, const char *bytes, size_t length, bool binary, bool final)
{
	if (connection->state == CONNECTION_CLOSING)
		return;
	if (binary || connection->partial_length + length > FRAME_MAX) {
		connection_refuse(connection, binary ? CLOSE_BAD_REQUEST : CLOSE_TOO_LARGE);
		return;
	}
	if (final && connection->partial == NULL) { /* nearly always */
		connection_frame(connection, bytes, length);
		return;
	}
	connection_keep(connection, bytes, length);
	if (!final)
		return;
	connection_frame(connection, connection->partial, connection->partial_length);
	free(connection->partial);
	connection->partial = NULL;
	connection->partial_length = 0;
}

static bool write_ping(struct connection *connection)
{
	struct payload *ping = payload_new("{\"op\":\"ping\"}", strlen("{\"op\":\"ping\"}"));
	bool sent = server_send(connection->wsi, ping);

	connection->ping_due = false;
	payload_release(&ping);
	return sent;
}

/* One frame, the most urgent first.  False: the socket is dead. */
static bool connection_write_one(struct connection *connection, bool *more)
{
	struct session *session = connection->session;
	struct payload *event = session == NULL ? NULL : outbox_unsent(&session->outbox);
	bool sent = true;

	*more = true;
	if (connection->welcome != NULL) {
		sent = server_send(connection->wsi, connection->welcome);
		payload_release(&connection->welcome);
	} else if (connection->ping_due) {
		sent = write_ping(connection);
	} else if (event != NULL) {
		sent = server_send(connection->wsi, event);
		outbox_mark_sent(&session->outbox);
		connection->node->metrics.events_sent++;
	} else {
		*more = false;
	}
	return sent;
}

/* False: the socket is dead. */
static bool connection_flush(struct connection *connection)
{
	bool more = true;

	for (int i = 0; more && i < WRITES_AT_ONCE; i++) {
		if (server_is_choked(connection->wsi))
			break;
		if (!connection_write_one(connection, &more))
			return false;
	}
	if (more) {
		connection->waits = true;
		server_wake(connection->wsi);
	}
	return true;
}

/* At once, which is the rule: to ask the loop when the socket is writable, and be told that it
 * is, costs four system calls more for each of ten thousand receivers. */
void connection_wake(struct connection *connection)
{
	if (!connection->waits && connection->state != CONNECTION_CLOSING &&
	    !connection_flush(connection))
		server_abort(connection->wsi);
}

bool connection_write(struct connection *connection)
{
	connection->waits = false;
	if (connection->node->stopping)
		connection_close(connection, CLOSE_GOING_AWAY);
	return connection->state != CONNECTION_CLOSING && connection_flush(connection);
}
