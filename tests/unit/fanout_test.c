/* Envelopes to sessions: who gets an event, who does not, what the commands do.  Sockets and Redis
 * are played by this file. */
#include "arena.h"
#include "audience.h"
#include "clock.h"
#include "config.h"
#include "connection.h"
#include "event.h"
#include "fanout.h"
#include "feed.h"
#include "hello.h"
#include "node.h"
#include "parting.h"
#include "presence.h"
#include "recipients.h"
#include "session.h"
#include "watch.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct {
	int wakes;
	int64_t revoked;
	int64_t asked;
	int64_t heard;
} seen;

void connection_wake(struct connection *connection)
{
	(void)connection;
	seen.wakes++;
}

void connection_close(struct connection *connection, enum close_id why)
{
	connection->session = NULL;
	connection->state = CONNECTION_CLOSING;
	connection->why = (uint8_t)why;
}

void hello_revoke(struct node *node, int64_t login)
{
	(void)node;
	seen.revoked = login;
}

void presence_arrive(struct presence *presence, struct user *user)
{
	(void)presence;
	(void)user;
}

void presence_depart(struct presence *presence, struct user *user, int64_t grace_ms)
{
	(void)presence;
	(void)user;
	(void)grace_ms;
}

void presence_hear(struct presence *presence, const struct event *event)
{
	(void)presence;
	seen.heard = event->ids[0];
}

void presence_ask(struct presence *presence, int64_t user, int64_t other)
{
	(void)presence;
	(void)user;
	seen.asked = other;
}

struct payload *presence_payload(const struct event *event)
{
	return payload_new(event->on ? "online" : "offline", event->on ? 6 : 7);
}

void feed_publish(struct feed *feed, const char *envelope)
{
	(void)feed;
	(void)envelope;
}

struct world {
	struct node node;
	struct config config;
	struct connection connections[5]; /* the last is idle */
	struct session *sessions[4];
};

static void live(struct world *world, int i, int64_t user, int64_t login)
{
	struct connection *connection = &world->connections[i];

	connection->node = &world->node;
	connection->state = CONNECTION_LIVE;
	connection->session = world->sessions[i] =
	    session_open(&world->node, connection, user, login);
	assert_non_null(connection->session);
}

/* User 1 with two devices, users 2 and 3 with one each. */
static int begin(void **state)
{
	struct world *world = calloc(1, sizeof *world);

	memset(&seen, 0, sizeof seen);
	world->config.live.queue_events = 32;
	world->config.live.queue_bytes = 65536;
	world->config.live.ack_timeout = 15;
	world->config.live.linger = 120;
	world->config.live.per_user = 2;
	world->node.config = &world->config;
	world->node.scratch = arena_new();
	world->node.wheel = wheel_new(0);
	world->node.roster = roster_new();
	world->node.watches = watches_new();
	world->node.audiences = audiences_new();
	world->node.recipients = recipients_new();
	world->node.partings = partings_new();
	live(world, 0, 1, 101);
	live(world, 1, 1, 102);
	live(world, 2, 2, 201);
	live(world, 3, 3, 301);
	*state = world;
	return 0;
}

static int end(void **state)
{
	struct world *world = *state;

	session_end_all(&world->node);
	partings_free(&world->node.partings);
	audiences_free(&world->node.audiences);
	recipients_free(&world->node.recipients);
	watches_free(&world->node.watches);
	roster_free(&world->node.roster);
	wheel_free(&world->node.wheel);
	arena_free(&world->node.scratch);
	free(world);
	return 0;
}

static void hear(struct world *world, const char *envelope)
{
	fanout_envelope(&world->node, envelope, strlen(envelope));
}

static unsigned queued(const struct world *world, int i)
{
	return world->sessions[i]->outbox.count;
}

static void an_event_is_one_payload_for_all_sessions_of_its_users(void **state)
{
	struct world *world = *state;
	struct payload *payload;

	hear(world, "to 1,2,99\n{}");
	assert_int_equal(queued(world, 0), 1);
	assert_int_equal(queued(world, 1), 1);
	assert_int_equal(queued(world, 2), 1);
	assert_int_equal(queued(world, 3), 0);
	assert_int_equal(seen.wakes, 3);
	payload = outbox_unsent(&world->sessions[0]->outbox);
	assert_ptr_equal(payload, outbox_unsent(&world->sessions[2]->outbox));
	assert_int_equal(payload->references, 3);
	assert_memory_equal(payload_text(payload), "{}", payload->length);
}

/* Of a group so large that its list of members is read once. */
static void a_long_list_is_read_once_and_again_when_it_changes(void **state)
{
	struct world *world = *state;
	char envelope[3000] = "to 1,3";

	for (int i = 1000; i < 1400; i++)
		snprintf(envelope + strlen(envelope), 16, ",%d", i);
	for (int i = 1; i <= 3; i++) {
		char whole[3100];

		snprintf(whole, sizeof whole, "%s in 7\n{\"event\":%d}", envelope, i);
		hear(world, whole);
		assert_int_equal(queued(world, 0), i);
		assert_int_equal(queued(world, 2), 0);
		assert_int_equal(queued(world, 3), i);
	}
	envelope[5] = '2'; /* not 3 any more, but 2 */
	snprintf(envelope + strlen(envelope), 16, " in 7\n{}");
	hear(world, envelope);
	assert_int_equal(queued(world, 2), 1);
	assert_int_equal(queued(world, 3), 3);
	assert_int_equal(world->node.metrics.envelopes_bad, 0);
	/* Nothing to forward makes no sense, known or not. */
	*strchr(envelope, '{') = '\0';
	hear(world, envelope);
	assert_int_equal(world->node.metrics.envelopes_bad, 1);
	assert_memory_equal(
	    payload_text(outbox_unsent(&world->sessions[3]->outbox)), "{\"event\":1}", 11);
}

static void more_long_lists_than_are_kept(void **state)
{
	struct world *world = *state;
	char envelope[3000];

	for (int round = 0; round < 2; round++)
		for (int first = 2; first <= RECIPIENTS_KEPT + 3; first++) {
			snprintf(envelope, sizeof envelope, "to %d", first);
			for (int i = 1000; i < 1400; i++)
				snprintf(envelope + strlen(envelope), 16, ",%d", i);
			snprintf(envelope + strlen(envelope), 16, "\n{}");
			hear(world, envelope);
		}
	assert_int_equal(queued(world, 2), 2);
	assert_int_equal(queued(world, 3), 2);
	assert_int_equal(queued(world, 0), 0);
}

static void a_session_that_waits_gets_events_but_no_typing(void **state)
{
	struct world *world = *state;

	session_detach(world->sessions[2], false);
	hear(world, "to 2\n{\"event\":\"typing\",\"conversation_id\":7,\"user_id\":1}");
	assert_int_equal(queued(world, 2), 0);
	hear(world, "to 2\n{\"event\":\"message\"}");
	assert_int_equal(queued(world, 2), 1);
	assert_int_equal(seen.wakes, 0);
}

static void close_ends_the_sessions_of_a_login(void **state)
{
	struct world *world = *state;

	hear(world, "close 7,102");
	assert_int_equal(seen.revoked, 102);
	assert_int_equal(world->connections[1].state, CONNECTION_CLOSING);
	assert_int_equal(world->connections[1].why, CLOSE_SESSION_ENDED);
	assert_int_equal(world->connections[0].state, CONNECTION_LIVE);
	hear(world, "to 1\n{}");
	assert_int_equal(queued(world, 0), 1);
	hear(world, "close 101");
	assert_null(roster_user(world->node.roster, 1));
}

static void one_that_does_not_keep_up_ends_and_leaves_the_others_alone(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < 32; i++)
		hear(world, "to 1,2\n{}");
	while (outbox_unsent(&world->sessions[0]->outbox) != NULL)
		outbox_mark_sent(&world->sessions[0]->outbox);
	assert_true(session_acknowledge(world->sessions[0], 32));
	hear(world, "to 1\n{}");
	assert_int_equal(world->connections[1].why, CLOSE_TOO_SLOW);
	assert_int_equal(world->connections[1].state, CONNECTION_CLOSING);
	assert_int_equal(world->connections[0].state, CONNECTION_LIVE);
	assert_int_equal(queued(world, 0), 1);
	assert_int_equal(world->node.metrics.events_dropped, 32);
	assert_int_equal(world->node.roster->sessions.count, 4);
	wheel_advance(world->node.wheel, 1000);
	assert_int_equal(world->node.roster->sessions.count, 3);
}

static void watch_and_unwatch(void **state)
{
	struct world *world = *state;
	struct event arrival = {.kind = EVENT_ONLINE, .ids = (const int64_t[]){50}, .count = 1};

	arrival.on = true;
	hear(world, "watch 3 50");
	hear(world, "watch 3 50");
	hear(world, "watch 99 50");
	assert_int_equal(seen.asked, 50);
	watch_tell(world->node.watches, &arrival);
	watch_tell(world->node.watches, &arrival);
	assert_int_equal(queued(world, 3), 1);
	assert_int_equal(queued(world, 0), 0);
	watch_forget(world->node.watches);
	watch_tell(world->node.watches, &arrival);
	assert_int_equal(queued(world, 3), 2);
	hear(world, "unwatch 3 50");
	arrival.on = false;
	watch_tell(world->node.watches, &arrival);
	assert_int_equal(queued(world, 3), 2);
}

static void unwatch_forgets_the_conversation_of_the_two(void **state)
{
	struct world *world = *state;
	struct user *user = roster_user(world->node.roster, 1);
	size_t count;

	user_set_directs(user, (const struct direct[]){{7, 2}, {8, 3}}, 2);
	hear(world, "to 1,2 in 7\n{}");
	hear(world, "to 1,2,3 in 9\n{}");
	assert_non_null(audience_of(world->node.audiences, 7, 0, &count));
	hear(world, "unwatch 1 2");
	assert_null(audience_of(world->node.audiences, 7, 0, &count));
	assert_non_null(audience_of(world->node.audiences, 9, 0, &count));
	assert_int_equal(user->direct_count, 1);
	assert_int_equal(user_direct_peer(user, 8), 3);
}

static void unwatch_holds_for_tickets_and_events_that_come_later(void **state)
{
	struct world *world = *state;
	int64_t now = clock_monotonic_ms();
	size_t count;

	hear(world, "unwatch 1 2");
	hear(world, "unwatch 99 1");
	assert_true(parting_is(world->node.partings, 1, 2, now));
	assert_true(parting_is(world->node.partings, 99, 1, now)); /* who may be here soon */
	hear(world, "to 1,2 in 7\n{}");
	hear(world, "to 2,1 in 8\n{}");
	assert_null(audience_of(world->node.audiences, 7, 0, &count));
	assert_null(audience_of(world->node.audiences, 8, 0, &count));
	hear(world, "watch 1 2");
	assert_false(parting_is(world->node.partings, 1, 2, now));
	hear(world, "to 1,2 in 7\n{}");
	assert_non_null(audience_of(world->node.audiences, 7, 0, &count));
}

static void with_more_partings_than_are_kept_older_tickets_count_no_longer(void **state)
{
	struct world *world = *state;
	int64_t now = clock_monotonic_ms();
	char envelope[48];

	for (int i = 1; i <= PARTINGS_MAX; i++) {
		snprintf(envelope, sizeof envelope, "unwatch 1 %d", i);
		hear(world, envelope);
	}
	assert_int_equal(world->node.heard_since, 0);
	hear(world, "unwatch 2 1");
	assert_true(world->node.heard_since >= now);
}

static void a_user_has_so_many_sessions_and_one_that_waits_makes_room(void **state)
{
	struct world *world = *state;
	struct connection *third = &world->connections[4];
	struct session *session;

	assert_null(session_open(&world->node, third, 1, 103));
	session_detach(world->sessions[1], false);
	session = session_open(&world->node, third, 1, 103);
	assert_non_null(session);
	assert_int_equal(world->node.roster->sessions.count, 4);
	assert_null(session_open(&world->node, third, 1, 104));
}

static void the_rest_is_passed_on_or_counted(void **state)
{
	struct world *world = *state;

	hear(world, "presence 12 1 1790000000000");
	assert_int_equal(seen.heard, 12);
	hear(world, "dance 12");
	hear(world, "");
	assert_int_equal(world->node.metrics.envelopes, 3);
	assert_int_equal(world->node.metrics.envelopes_bad, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(an_event_is_one_payload_for_all_sessions_of_its_users),
	    CASE(a_long_list_is_read_once_and_again_when_it_changes),
	    CASE(more_long_lists_than_are_kept),
	    CASE(a_session_that_waits_gets_events_but_no_typing),
	    CASE(close_ends_the_sessions_of_a_login),
	    CASE(one_that_does_not_keep_up_ends_and_leaves_the_others_alone),
	    CASE(watch_and_unwatch),
	    CASE(unwatch_forgets_the_conversation_of_the_two),
	    CASE(unwatch_holds_for_tickets_and_events_that_come_later),
	    CASE(with_more_partings_than_are_kept_older_tickets_count_no_longer),
	    CASE(a_user_has_so_many_sessions_and_one_that_waits_makes_room),
	    CASE(the_rest_is_passed_on_or_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
