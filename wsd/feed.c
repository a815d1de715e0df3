/* The two connections to Redis, see feed.h. */
#include "feed.h"
#include "arena.h"
#include "clock.h"
#include "config.h"
#include "container.h"
#include "event.h"
#include "fanout.h"
#include "heap.h"
#include "link.h"
#include "log.h"
#include "node.h"
#include "presence.h"
#include "resync.h"
#include "wheel.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define BEAT_MS 1000
#define BEATS_MISSED_MAX 4 /* then Redis hangs */

struct feed {
	struct node *node;
	struct link *events; /* subscribed */
	struct link *commands;
	char prefix[40];
	char channel[FEED_KEY_ROOM]; /* "<prefix>:events" */
	char pulse[FEED_KEY_ROOM];   /* "<prefix>:pulse:<random>": this node's heartbeat */
	struct timer timer;
	int unheard;	/* beats sent and not heard */
	int subscribed; /* of the two channels */
	bool was_ready; /* so the next time is a return */
};

static void feed_beat(struct timer *timer);

bool feed_is_ready(const struct feed *feed)
{
	return feed->subscribed == 2 && link_is_up(feed->commands);
}

bool feed_is_flushed(const struct feed *feed)
{
	return link_is_flushed(feed->commands);
}

static void became_ready(struct feed *feed)
{
	if (!feed_is_ready(feed))
		return;
	feed->unheard = 0;
	feed->node->heard_since = clock_monotonic_ms();
	wheel_set(feed->node->wheel, &feed->timer, BEAT_MS, feed_beat);
	presence_restore(feed->node->presence);
	if (feed->was_ready)
		resync_begin(feed->node->resync);
	feed->was_ready = true;
}

static bool is_text(const redisReply *reply, const char *text)
{
	return reply->type == REDIS_REPLY_STRING && strcmp(reply->str, text) == 0;
}

/* Subscription replies: {"subscribe", channel, n} and {"message", channel, text}. */
static void on_event(redisAsyncContext *redis, void *answer, void *context)
{
	const redisReply *reply = answer;
	struct feed *feed = context;

	(void)redis;
	if (reply == NULL || reply->type != REDIS_REPLY_ARRAY || reply->elements != 3)
		return;
	if (is_text(reply->element[0], "subscribe")) {
		feed->subscribed++;
		became_ready(feed);
	} else if (is_text(reply->element[1], feed->pulse)) {
		feed->unheard = 0;
	} else if (reply->element[2]->type == REDIS_REPLY_STRING) {
		arena_reset(feed->node->scratch);
		fanout_envelope(feed->node, reply->element[2]->str, (size_t)reply->element[2]->len);
	}
}

static void events_up(void *owner)
{
	struct feed *feed = owner;
	const char *const words[] = {"SUBSCRIBE", feed->channel, feed->pulse};

	link_send(feed->events, on_event, feed, 3, words, NULL);
}

static void events_down(void *owner)
{
	struct feed *feed = owner;

	feed->subscribed = 0;
	wheel_cancel(&feed->timer);
}

static void commands_up(void *owner)
{
	became_ready(owner);
}

static void commands_down(void *owner)
{
	struct feed *feed = owner;

	wheel_cancel(&feed->timer);
}

static void feed_beat(struct timer *timer)
{
	struct feed *feed = CONTAINER(timer, struct feed, timer);
	const char *const words[] = {"PUBLISH", feed->pulse, "1"};

	if (feed->unheard >= BEATS_MISSED_MAX) {
		link_drop(feed->events, "no heartbeat");
		link_drop(feed->commands, "no heartbeat");
		return;
	}
	feed->unheard++;
	link_send(feed->commands, NULL, NULL, 3, words, NULL);
	wheel_set(feed->node->wheel, timer, BEAT_MS, feed_beat);
}

struct feed *feed_new(struct node *node)
{
	struct feed *feed = heap_new(sizeof *feed);
	uint64_t self = 0;
	char name[17];

	if (getrandom(&self, sizeof self, 0) != (ssize_t)sizeof self)
		abort();
	feed->node = node;
	snprintf(feed->prefix, sizeof feed->prefix, "%s", node->config->redis.prefix);
	snprintf(name, sizeof name, "%016llx", (unsigned long long)self);
	feed_key(feed, feed->channel, EVENT_CHANNEL, "");
	feed_key(feed, feed->pulse, "pulse:", name);
	feed->events = link_new(node, "events", (struct link_owner){events_up, events_down, feed});
	feed->commands =
	    link_new(node, "commands", (struct link_owner){commands_up, commands_down, feed});
	return feed;
}

void feed_free(struct feed **at)
{
	struct feed *feed = *at;

	if (feed == NULL)
		return;
	wheel_cancel(&feed->timer);
	link_free(&feed->events);
	link_free(&feed->commands);
	free(feed);
	*at = NULL;
}

void feed_publish(struct feed *feed, const char *envelope)
{
	const char *const words[] = {"PUBLISH", feed->channel, envelope};

	link_send(feed->commands, NULL, NULL, 3, words, NULL);
}

void feed_key(const struct feed *feed, char key[FEED_KEY_ROOM], const char *kind, const char *name)
{
	snprintf(key, FEED_KEY_ROOM, "%s:%s%s", feed->prefix, kind, name);
}

bool feed_send(
    struct feed *feed, redisCallbackFn *done, void *context, size_t count, const char *const *words)
{
	return feed_is_ready(feed) &&
	       link_send(feed->commands, done, context, (int)count, words, NULL);
}
