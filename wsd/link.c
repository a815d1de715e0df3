/* A connection to Redis that heals itself, see link.h. */
#include "link.h"
#include "config.h"
#include "container.h"
#include "heap.h"
#include "log.h"
#include "node.h"
#include "redis_poll.h"
#include "wheel.h"
#include <stdlib.h>
#include <string.h>

#define ANSWER_MS 3000 /* from connect() to PONG */
#define PAUSE_MIN_MS 100
#define PAUSE_MAX_MS 2000

struct link {
	struct node *node;
	const char *name;
	struct link_owner owner;
	redisAsyncContext *redis; /* NULL between two tries */
	struct timer timer;	  /* for the next try, or for the answer to this one */
	int pause_ms;
	bool up;
	bool complained; /* one log line a loss, not one a try */
};

static void link_connect(struct timer *timer);

/* The context is gone, or about to go by hiredis' own hand. */
static void link_lost(struct link *link, const char *reason)
{
	bool was_up = link->up;

	link->redis = NULL;
	link->up = false;
	if (!link->complained)
		LOG(WARNING, "no connection to Redis, trying again until there is one",
		    LOG_FIELD("link", link->name), LOG_FIELD("reason", reason));
	link->complained = true;
	/* Up to a quarter less, so that several nodes do not come back in one instant. */
	wheel_set(link->node->wheel, &link->timer,
	    link->pause_ms - (int)(random() % (link->pause_ms / 4)), link_connect);
	link->pause_ms = link->pause_ms * 2 > PAUSE_MAX_MS ? PAUSE_MAX_MS : link->pause_ms * 2;
	if (was_up)
		link->owner.down(link->owner.owner);
}

void link_drop(struct link *link, const char *reason)
{
	redisAsyncContext *redis = link->redis;

	if (redis == NULL)
		return;
	link_lost(link, reason);
	redis->data = NULL;
	redisAsyncFree(redis);
}

static void on_connect(const redisAsyncContext *redis, int status)
{
	struct link *link = redis->data;

	if (link != NULL && status != REDIS_OK)
		link_lost(link, redis->errstr);
}

static void on_disconnect(const redisAsyncContext *redis, int status)
{
	struct link *link = redis->data;

	(void)status;
	if (link != NULL)
		link_lost(link, redis->err != 0 ? redis->errstr : "closed");
}

static void on_pong(redisAsyncContext *redis, void *answer, void *context)
{
	const redisReply *reply = answer;
	struct link *link = redis->data;

	(void)context;
	if (link == NULL || reply == NULL)
		return;
	if (reply->type == REDIS_REPLY_ERROR) {
		link_drop(link, reply->str);
		return;
	}
	wheel_cancel(&link->timer);
	link->up = true;
	link->complained = false;
	link->pause_ms = PAUSE_MIN_MS;
	LOG(INFO, "connected to Redis", LOG_FIELD("link", link->name));
	link->owner.up(link->owner.owner);
}

static void no_answer(struct timer *timer)
{
	link_drop(CONTAINER(timer, struct link, timer), "no answer");
}

static void link_begin(struct link *link, redisAsyncContext *redis)
{
	const char *password = link->node->config->redis.password;

	redis->data = link;
	link->redis = redis;
	redisAsyncSetConnectCallback(redis, on_connect);
	redisAsyncSetDisconnectCallback(redis, on_disconnect);
	wheel_set(link->node->wheel, &link->timer, ANSWER_MS, no_answer);
	/* A refused AUTH shows in the answer to PING. */
	if (*password != '\0')
		redisAsyncCommand(redis, NULL, NULL, "AUTH %s", password);
	redisAsyncCommand(redis, on_pong, NULL, "PING");
}

static void link_connect(struct timer *timer)
{
	struct link *link = CONTAINER(timer, struct link, timer);
	const struct config *config = link->node->config;
	redisAsyncContext *redis =
	    *config->redis.socket != '\0'
		? redisAsyncConnectUnix(config->redis.socket)
		: redisAsyncConnect(config->redis.host, (int)config->redis.port);

	if (redis == NULL) {
		link_lost(link, "out of memory");
	} else if (redis->err != 0 || !redis_poll_attach(redis, link->node->loop)) {
		link_lost(link, redis->err != 0 ? redis->errstr : "cannot be polled");
		redisAsyncFree(redis);
	} else {
		link_begin(link, redis);
	}
}

struct link *link_new(struct node *node, const char *name, struct link_owner owner)
{
	struct link *link = heap_new(sizeof *link);

	*link = (struct link){.node = node, .name = name, .owner = owner, .pause_ms = PAUSE_MIN_MS};
	link_connect(&link->timer);
	return link;
}

void link_free(struct link **at)
{
	struct link *link = *at;

	if (link == NULL)
		return;
	wheel_cancel(&link->timer);
	if (link->redis != NULL) {
		link->redis->data = NULL;
		redisAsyncFree(link->redis);
	}
	free(link);
	*at = NULL;
}

bool link_is_up(const struct link *link)
{
	return link->up;
}

bool link_send(struct link *link, redisCallbackFn *done, void *context, int count,
    const char *const *words, const size_t *lengths)
{
	return link->up && redisAsyncCommandArgv(link->redis, done, context, count,
			       (const char **)words, lengths) == REDIS_OK;
}

bool link_is_flushed(const struct link *link)
{
	return !link->up || sdslen(link->redis->c.obuf) == 0;
}
