/* Frames from clients, see frame.h.  The table is the whole protocol of this direction. */
#include "frame.h"
#include "connection.h"
#include "hello.h"
#include "json.h"
#include "node.h"
#include "session.h"
#include "typing.h"
#include <string.h>

/* {"op":"ack","received":N}: N events since the session began. */
static bool ack_receive(struct connection *connection, struct json_object *frame)
{
	struct session *session = connection->session;
	int64_t before = session->outbox.acknowledged;

	if (!session_acknowledge(session, json_get_int(frame, "received")))
		return false;
	/* It has a cause, and so cannot be a flood. */
	if (session->outbox.acknowledged > before)
		connection->frames--;
	return true;
}

/* {"op":"pong"}: that it came is all there is to it. */
static bool pong_receive(struct connection *connection, struct json_object *frame)
{
	(void)connection;
	(void)frame;
	return true;
}

static const struct {
	const char *op;
	enum connection_state when;
	bool (*receive)(struct connection *connection, struct json_object *frame);
} frames[] = {
    {"hello", CONNECTION_NEW, hello_receive},
    {"ack", CONNECTION_LIVE, ack_receive},
    {"pong", CONNECTION_LIVE, pong_receive},
    {"typing", CONNECTION_LIVE, typing_receive},
};

bool frame_receive(struct connection *connection, const char *text, size_t length)
{
	struct json_object *frame;
	const char *op;

	if (json_read(connection->node->scratch, text, length, &frame) != NULL)
		return false;
	op = json_get_text(frame, "op");
	for (size_t i = 0; op != NULL && i < sizeof frames / sizeof frames[0]; i++)
		if (strcmp(op, frames[i].op) == 0)
			return connection->state == frames[i].when &&
			       frames[i].receive(connection, frame);
	return false;
}
