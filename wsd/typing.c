/* Who is typing, see typing.h.  Best effort: what is too frequent, or for people whom this node
 * does not know, is dropped without a word. */
#include "typing.h"
#include "arena.h"
#include "audience.h"
#include "clock.h"
#include "config.h"
#include "connection.h"
#include "event.h"
#include "feed.h"
#include "json.h"
#include "node.h"
#include "record.h"
#include "session.h"
#include <inttypes.h>
#include <string.h>

#define PAUSE_MS 1000 /* between two of one connection */

static const char start[] = "{\"event\":\"" EVENT_TYPING "\",";

bool typing_is(const char *payload, size_t length)
{
	return length > strlen(start) && memcmp(payload, start, strlen(start)) == 0;
}

/* The members but the sender; 0 when the sender is none of them. */
static size_t others(const int64_t *members, size_t count, int64_t sender, int64_t *ids)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (members[i] != sender)
			ids[kept++] = members[i];
	return kept == count ? 0 : kept;
}

/* What says nothing newer than this of members may have missed that one was removed. */
static int64_t stale_before(const struct node *node)
{
	int64_t oldest = clock_monotonic_ms() - node->config->live.reauthenticate * 1000;

	return oldest > node->heard_since ? oldest : node->heard_since;
}

static size_t recipients(
    struct node *node, const struct user *sender, int64_t conversation, int64_t *ids)
{
	size_t count;
	const int64_t *members =
	    audience_of(node->audiences, conversation, stale_before(node), &count);

	if (members != NULL)
		return others(members, count, user_id(sender), ids);
	ids[0] = user_direct_peer(sender, conversation);
	return ids[0] == ABSENT ? 0 : 1;
}

static void publish(
    struct node *node, int64_t sender, int64_t conversation, const int64_t *ids, size_t count)
{
	struct event event = {.kind = EVENT_TO, .ids = ids, .count = count};

	/* No "in": these are not all members. */
	event.conversation = ABSENT;
	event.payload = arena_printf(node->scratch,
	    "%s\"conversation_id\":%" PRId64 ",\"user_id\":%" PRId64 "}", start, conversation,
	    sender);
	event.payload_length = strlen(event.payload);
	feed_publish(node->feed, event_write(node->scratch, &event));
}

bool typing_receive(struct connection *connection, struct json_object *frame)
{
	const struct user *sender = connection->session->user;
	int64_t conversation = json_get_int(frame, "conversation");
	int64_t now = clock_monotonic_ms();
	int64_t ids[AUDIENCE_MAX];
	size_t count;

	if (conversation <= 0)
		return false;
	if (sender->hides_typing)
		return true;
	if (connection->typed_at != 0 && now - connection->typed_at < PAUSE_MS)
		return true;
	count = recipients(connection->node, sender, conversation, ids);
	if (count == 0)
		return true;
	connection->typed_at = now;
	publish(connection->node, user_id(sender), conversation, ids, count);
	return true;
}
