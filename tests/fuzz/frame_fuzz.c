/* Frames from clients, in each state of a connection: whatever the bytes, no crash, and only the
 * handler that the table names is reached.  What handlers do is played here. */
#include "arena.h"
#include "audience.h"
#include "config.h"
#include "connection.h"
#include "feed.h"
#include "frame.h"
#include "hello.h"
#include "json.h"
#include "node.h"
#include "roster.h"
#include "session.h"
#include <assert.h>
#include <stdint.h>
#include <string.h>

static struct connection connection;

bool hello_receive(struct connection *who, struct json_object *frame)
{
	assert(who->state == CONNECTION_NEW);
	assert(strcmp(json_get_text(frame, "op"), "hello") == 0);
	return json_get_text(frame, "ticket") != NULL;
}

bool session_acknowledge(struct session *session, int64_t received)
{
	assert(connection.state == CONNECTION_LIVE);
	session->outbox.acknowledged = received;
	return received >= 0;
}

void feed_publish(struct feed *feed, const char *envelope)
{
	(void)feed;
	assert(connection.state == CONNECTION_LIVE);
	assert(strncmp(envelope, "to 2\n{\"event\":\"typing\"", 22) == 0);
}

const int64_t *audience_of(
    const struct audiences *audiences, int64_t conversation, int64_t since, size_t *count)
{
	static const int64_t members[] = {1, 2};

	(void)audiences;
	(void)since;
	*count = 2;
	return conversation == 7 ? members : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct config config = {.live = {.reauthenticate = 900}};
	static struct node node = {.config = &config};
	struct user user = {.by_id = {.key = 1}};
	struct session session = {.node = &node, .user = &user};

	if (node.scratch == NULL)
		node.scratch = arena_new();
	if (size == 0 || size > FRAME_MAX)
		return 0;
	connection = (struct connection){.node = &node, .session = &session};
	connection.state = bytes[0] % 2 == 0 ? CONNECTION_NEW : CONNECTION_LIVE;
	frame_receive(&connection, (const char *)bytes + 1, size - 1);
	arena_reset(node.scratch);
	return 0;
}
