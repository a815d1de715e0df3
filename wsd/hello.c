/* From hello to welcome, see hello.h.  A check outlives its connection when that closes before
 * Redis answers. */
#include "hello.h"
#include "arena.h"
#include "audience.h"
#include "clock.h"
#include "connection.h"
#include "event.h"
#include "feed.h"
#include "heap.h"
#include "json.h"
#include "log.h"
#include "node.h"
#include "record.h"
#include "session.h"
#include "ticket.h"
#include "watch.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICKET_MAX 128

/* What is left of its life, and the ticket, in one atomic step: it can be used once. */
static const char TAKE_SCRIPT[] =
    "return {redis.call('PTTL', KEYS[1]), redis.call('GETDEL', KEYS[1])}";

struct check {
	struct check *next, **at; /* of the node's */
	struct node *node;
	struct connection *connection;	  /* NULL: it is gone */
	char key[SESSION_KEY_LENGTH + 1]; /* of the session to resume, or "" */
	int64_t received;
	int64_t asked_at;    /* monotonic ms, for the ticket */
	int64_t written_at;  /* that was put into Redis then or later */
	struct arena *arena; /* of the ticket's lists */
	struct ticket ticket;
	bool revoked;
};

struct checks {
	struct check *first;
};

struct checks *checks_new(void)
{
	return heap_new(sizeof(struct checks));
}

void checks_free(struct checks **checks)
{
	free(*checks);
	*checks = NULL;
}

static struct check *check_new(struct connection *connection)
{
	struct check *check = heap_new(sizeof *check);
	struct checks *checks = connection->node->checks;

	check->node = connection->node;
	check->connection = connection;
	check->next = checks->first;
	check->at = &checks->first;
	if (check->next != NULL)
		check->next->at = &check->next;
	checks->first = check;
	return check;
}

static void check_free(struct check *check)
{
	if (check->connection != NULL)
		check->connection->check = NULL;
	*check->at = check->next;
	if (check->next != NULL)
		check->next->at = check->at;
	arena_free(&check->arena);
	free(check);
}

static void check_fail(struct check *check, enum close_id why)
{
	if (check->connection != NULL)
		connection_close(check->connection, why);
	check_free(check);
}

void hello_abandon(struct connection *connection)
{
	if (connection->check != NULL)
		connection->check->connection = NULL;
	connection->check = NULL;
}

void hello_revoke(struct node *node, int64_t login)
{
	for (struct check *check = node->checks->first; check != NULL; check = check->next)
		if (check->ticket.login == login)
			check->revoked = true;
}

/* What the ticket says of small groups holds for everybody in them. */
static void suggest_circles(const struct check *check)
{
	const struct ticket *ticket = &check->ticket;

	for (size_t i = 0; i < ticket->circle_count; i++) {
		const struct circle *circle = &ticket->circles[i];

		audience_suggest(check->node->audiences, circle->conversation, circle->members,
		    circle->count, check->written_at);
	}
}

static void check_pass(struct check *check)
{
	struct connection *connection = check->connection;
	struct ticket *ticket = &check->ticket;
	struct metrics *metrics = &check->node->metrics;
	struct session *session = NULL;
	bool resumed = false;

	if (check->key[0] != '\0') {
		session = session_resume(
		    connection, ticket->user, ticket->login, check->key, check->received);
		resumed = session != NULL;
		metrics->resumed += resumed;
		metrics->resume_failed += !resumed;
	}
	if (session == NULL)
		session = session_open(check->node, connection, ticket->user, ticket->login);
	if (session == NULL) {
		check_fail(check, CLOSE_TOO_MANY);
		return;
	}
	LOG(DEBUG, "welcome", LOG_FIELD("user", ticket->user), LOG_FIELD("session", ticket->login),
	    LOG_FIELD("resumed", (int)resumed));
	ticket_part(ticket, check->node->partings, clock_monotonic_ms());
	watch_set(check->node->watches, session->user, ticket->watch, ticket->watch_count);
	session->user->hides_typing = !ticket->typing;
	user_set_directs(session->user, ticket->directs, ticket->direct_count);
	suggest_circles(check);
	check_free(check);
	connection_welcome(connection, session, resumed);
}

static void on_revoked(redisAsyncContext *redis, void *answer, void *context)
{
	const redisReply *reply = answer;
	struct check *check = context;

	(void)redis;
	if (reply == NULL || reply->type == REDIS_REPLY_ERROR)
		check_fail(check, CLOSE_TRY_LATER);
	else if (check->revoked || reply->type != REDIS_REPLY_NIL)
		check_fail(check, CLOSE_SESSION_ENDED);
	else if (check->connection == NULL)
		check_free(check);
	else
		check_pass(check);
}

/* Asked only now that `ticket.login` is set: whoever revokes it writes to Redis first and
 * publishes then, so either this reply or hello_revoke() says so. */
static void check_revoked(struct check *check)
{
	char key[FEED_KEY_ROOM], login[24];
	const char *const words[] = {"GET", key};

	snprintf(login, sizeof login, "%" PRId64, check->ticket.login);
	feed_key(check->node->feed, key, EVENT_REVOKED_KEY, login);
	if (!feed_send(check->node->feed, on_revoked, check, 2, words))
		check_fail(check, CLOSE_TRY_LATER);
}

/* Whom it lets its user see may have changed unheard before this node was subscribed, or while it
 * had lost Redis.  Rather a good ticket is refused than a bad one taken: it is taken for older than
 * it is by the time that Redis took to answer. */
static bool is_outdated(const struct check *check)
{
	return check->written_at < check->node->heard_since;
}

static void note_age(struct check *check, int64_t ms_left)
{
	int64_t age = EVENT_TICKET_SECONDS * INT64_C(1000) - ms_left;

	check->written_at = check->asked_at - age;
}

static bool read_ticket(struct check *check, const redisReply *reply)
{
	check->arena = arena_new();
	if (ticket_read(check->arena, reply->str, (size_t)reply->len, &check->ticket))
		return true;
	LOG(ERROR, "a live ticket that cannot be read", LOG_FIELD("length", reply->len));
	return false;
}

static void on_ticket(redisAsyncContext *redis, void *answer, void *context)
{
	const redisReply *reply = answer;
	struct check *check = context;

	(void)redis;
	if (reply == NULL || reply->type != REDIS_REPLY_ARRAY || reply->elements != 2) {
		if (reply != NULL && reply->type == REDIS_REPLY_ERROR)
			LOG(ERROR, "Redis refuses GETDEL, it has to be 6.2 or newer",
			    LOG_FIELD("reason", (const char *)reply->str));
		check_fail(check, CLOSE_TRY_LATER);
		return;
	}
	note_age(check, reply->element[0]->integer);
	if (reply->element[1]->type == REDIS_REPLY_STRING && !is_outdated(check) &&
	    read_ticket(check, reply->element[1]))
		check_revoked(check);
	else
		check_fail(check, CLOSE_UNAUTHENTICATED);
}

/* Absent, or a key with a count. */
static bool read_resume(struct json_object *frame, struct check *check)
{
	struct json_object *resume = json_get(frame, "resume");
	const char *key = json_get_text(resume, "session");

	if (resume == NULL)
		return true;
	check->received = json_get_int(resume, "received");
	if (key == NULL || check->received < 0)
		return false;
	/* Of another length it is nobody's key: a new session, then. */
	snprintf(check->key, sizeof check->key, "%s", strlen(key) < sizeof check->key ? key : "?");
	return true;
}

static void take_ticket(struct check *check, const char *ticket)
{
	struct feed *feed = check->node->feed;
	char key[FEED_KEY_ROOM];
	const char *const words[] = {"EVAL", TAKE_SCRIPT, "1", key};

	check->asked_at = clock_monotonic_ms();
	feed_key(feed, key, EVENT_TICKET_KEY, ticket);
	if (!feed_send(feed, on_ticket, check, 4, words))
		check_fail(check, CLOSE_TRY_LATER);
}

bool hello_receive(struct connection *connection, struct json_object *frame)
{
	const char *ticket = json_get_text(frame, "ticket");
	struct check *check;

	if (ticket == NULL || *ticket == '\0' || strlen(ticket) > TICKET_MAX)
		return false;
	check = check_new(connection);
	if (!read_resume(frame, check)) {
		check_free(check);
		return false;
	}
	connection->check = check;
	connection->state = CONNECTION_CHECKING;
	take_ticket(check, ticket);
	return true;
}
