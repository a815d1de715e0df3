/* Presence in Redis, see presence.h. */
#include "presence.h"
#include "arena.h"
#include "clock.h"
#include "container.h"
#include "event.h"
#include "fanout.h"
#include "feed.h"
#include "heap.h"
#include "node.h"
#include "payload.h"
#include "roster.h"
#include "watch.h"
#include "wheel.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AHEAD 90000 /* ms: three times REFRESH, so that one may fail */
#define REFRESH 30000
#define SWEEP 1000
#define BATCH 256 /* users of one ZADD */
#define DIGITS 24

/* Atomic: whoever removes a user is the one who announces it. */
static const char SWEEP_SCRIPT[] =
    "local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1000)"
    " if #gone > 0 then redis.call('ZREM', KEYS[1], unpack(gone)) end"
    " return gone";

struct presence {
	struct node *node;
	struct timer refresh, sweep;
};

/* A ZADD in the making. */
struct batch {
	const char *words[4 + 2 * BATCH];
	char key[FEED_KEY_ROOM], expiry[DIGITS], ids[BATCH][DIGITS];
	size_t count, users;
};

static void batch_begin(struct batch *batch, const struct feed *feed, int64_t expiry)
{
	feed_key(feed, batch->key, EVENT_ONLINE_KEY, "");
	snprintf(batch->expiry, sizeof batch->expiry, "%" PRId64, expiry);
	batch->words[0] = "ZADD";
	batch->words[1] = batch->key;
	batch->count = 2;
	batch->users = 0;
}

static void batch_send(struct batch *batch, struct feed *feed)
{
	if (batch->users > 0)
		feed_send(feed, NULL, NULL, batch->count, batch->words);
	batch->count = 2;
	batch->users = 0;
}

static void batch_add(struct batch *batch, struct feed *feed, int64_t id)
{
	if (batch->users == BATCH)
		batch_send(batch, feed);
	snprintf(batch->ids[batch->users], DIGITS, "%" PRId64, id);
	batch->words[batch->count++] = batch->expiry;
	batch->words[batch->count++] = batch->ids[batch->users++];
}

static void write_one(struct presence *presence, int64_t id, int64_t expiry)
{
	struct batch batch;

	batch_begin(&batch, presence->node->feed, expiry);
	batch_add(&batch, presence->node->feed, id);
	batch_send(&batch, presence->node->feed);
}

static void write_all(struct presence *presence, int64_t expiry)
{
	const struct table *users = &presence->node->roster->users;
	struct table_entry *entry = NULL;
	struct batch batch;

	batch_begin(&batch, presence->node->feed, expiry);
	while ((entry = table_next(users, entry)) != NULL)
		if (CONTAINER(entry, struct user, by_id)->connected > 0)
			batch_add(&batch, presence->node->feed, entry->key);
	batch_send(&batch, presence->node->feed);
}

static void announce(struct presence *presence, int64_t id, bool online, int64_t now)
{
	char envelope[96];

	snprintf(envelope, sizeof envelope, "presence %" PRId64 " %d %" PRId64, id, online, now);
	feed_publish(presence->node->feed, envelope);
}

void presence_arrive(struct presence *presence, struct user *user)
{
	user->announced = clock_wall_ms();
	write_one(presence, user_id(user), user->announced + AHEAD);
	announce(presence, user_id(user), true, user->announced);
}

void presence_depart(struct presence *presence, struct user *user, int64_t grace_ms)
{
	if (presence->node->stopping)
		return; /* departed with everybody */
	user->announced = clock_wall_ms();
	write_one(presence, user_id(user), user->announced + grace_ms);
	announce(presence, user_id(user), true, user->announced);
}

void presence_depart_all(struct presence *presence)
{
	const struct table *users = &presence->node->roster->users;
	struct table_entry *entry = NULL;
	int64_t now = clock_wall_ms();

	write_all(presence, now + PRESENCE_GRACE);
	while ((entry = table_next(users, entry)) != NULL)
		if (CONTAINER(entry, struct user, by_id)->connected > 0)
			announce(presence, entry->key, true, now);
}

static void refresh(struct timer *timer)
{
	struct presence *presence = CONTAINER(timer, struct presence, refresh);

	if (!presence->node->stopping)
		write_all(presence, clock_wall_ms() + AHEAD);
	wheel_set(presence->node->wheel, timer, REFRESH, refresh);
}

void presence_restore(struct presence *presence)
{
	refresh(&presence->refresh);
}

static void on_swept(redisAsyncContext *redis, void *answer, void *context)
{
	const redisReply *reply = answer;
	int64_t now = clock_wall_ms();

	(void)redis;
	if (reply == NULL || reply->type != REDIS_REPLY_ARRAY)
		return;
	for (size_t i = 0; i < reply->elements; i++)
		announce(context, strtoll(reply->element[i]->str, NULL, 10), false, now);
}

static void sweep(struct timer *timer)
{
	struct presence *presence = CONTAINER(timer, struct presence, sweep);
	char key[FEED_KEY_ROOM], now[DIGITS];
	const char *const words[] = {"EVAL", SWEEP_SCRIPT, "1", key, now};

	feed_key(presence->node->feed, key, EVENT_ONLINE_KEY, "");
	snprintf(now, sizeof now, "%" PRId64, clock_wall_ms());
	feed_send(presence->node->feed, on_swept, presence, 5, words);
	wheel_set(presence->node->wheel, timer, SWEEP, sweep);
}

void presence_hear(struct presence *presence, const struct event *event)
{
	int64_t id = event->ids[0];
	const struct user *user = roster_user(presence->node->roster, id);
	bool connected = user != NULL && user->connected > 0 && !presence->node->stopping;

	/* Not our own word: another node may just have shortened the time. */
	if (connected && event->last_seen != user->announced)
		write_one(presence, id, clock_wall_ms() + AHEAD);
	if (connected && !event->on)
		announce(presence, id, true, clock_wall_ms());
	else
		watch_tell(presence->node->watches, event);
}

struct payload *presence_payload(const struct event *event)
{
	char text[160];
	int length = snprintf(text, sizeof text,
	    "{\"event\":\"" EVENT_PRESENCE "\",\"user_id\":%" PRId64 ",\"online\":%s,"
	    "\"last_seen_at\":%" PRId64 "}",
	    event->ids[0], event->on ? "true" : "false", event->last_seen);

	return payload_new(text, (size_t)length);
}

/* A question that Redis has not answered yet. */
struct question {
	struct node *node;
	int64_t user, other;
};

static void on_score(redisAsyncContext *redis, void *answer, void *context)
{
	struct question *question = context;
	const redisReply *reply = answer;
	int64_t now = clock_wall_ms();
	struct event event = {EVENT_ONLINE, &question->other, 1, 0, true, now, NULL, 0, NULL};
	struct user *user = roster_user(question->node->roster, question->user);

	(void)redis;
	if (user != NULL && reply != NULL && reply->type == REDIS_REPLY_STRING &&
	    strtod(reply->str, NULL) > (double)now) {
		struct payload *payload = presence_payload(&event);

		fanout_user(user, payload);
		payload_release(&payload);
	}
	free(question);
}

void presence_ask(struct presence *presence, int64_t user, int64_t other)
{
	struct question *question = heap_new(sizeof *question);
	char key[FEED_KEY_ROOM], id[DIGITS];
	const char *const words[] = {"ZSCORE", key, id};

	*question = (struct question){presence->node, user, other};
	feed_key(presence->node->feed, key, EVENT_ONLINE_KEY, "");
	snprintf(id, sizeof id, "%" PRId64, other);
	if (!feed_send(presence->node->feed, on_score, question, 3, words))
		free(question);
}

struct presence *presence_new(struct node *node)
{
	struct presence *presence = heap_new(sizeof *presence);

	presence->node = node;
	wheel_set(node->wheel, &presence->sweep, SWEEP, sweep);
	return presence;
}

void presence_free(struct presence **presence)
{
	if (*presence == NULL)
		return;
	wheel_cancel(&(*presence)->refresh);
	wheel_cancel(&(*presence)->sweep);
	free(*presence);
	*presence = NULL;
}
