/* Redis, see redis.h: the synchronous half of hiredis behind a circuit breaker. */
#include "redis.h"
#include "arena.h"
#include "config.h"
#include "log.h"
#include "record.h"
#include "redis_breaker.h"
#include <errno.h>
#include <hiredis/hiredis.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_ROOM 512

struct redis {
	const struct config *config;
	redisContext *context; /* NULL: not connected */
	struct redis_breaker *breaker;
	struct redis_breaker *own; /* the same, or NULL when it is shared */
	bool trying;		   /* for all that share it */
	char reason[256];
};

struct redis *redis_new(const struct config *config, struct redis_breaker *shared)
{
	struct redis *redis = calloc(1, sizeof *redis);
	struct sigaction old;

	if (redis == NULL)
		abort();
	redis->config = config;
	redis->own = shared == NULL ? redis_breaker_new() : NULL;
	redis->breaker = shared == NULL ? redis->own : shared;
	/* hiredis writes without MSG_NOSIGNAL: a Redis that died would end this program. */
	if (sigaction(SIGPIPE, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
		signal(SIGPIPE, SIG_IGN);
	return redis;
}

static void disconnect(struct redis *redis)
{
	if (redis->context != NULL)
		redisFree(redis->context);
	redis->context = NULL;
}

void redis_free(struct redis **redis)
{
	if (*redis == NULL)
		return;
	disconnect(*redis);
	redis_breaker_free(&(*redis)->own);
	free(*redis);
	*redis = NULL;
}

const char *redis_reason(const struct redis *redis)
{
	return redis->reason;
}

static void set_reason(struct redis *redis, const char *reason)
{
	snprintf(redis->reason, sizeof redis->reason, "%s", reason);
}

/* Opens the breaker, or keeps it open for longer.  A synchronous context is dead after any
 * error, and a server that answers errors (loading, read only, out of memory) is no use either. */
static bool failed(struct redis *redis, const char *reason)
{
	set_reason(redis, reason);
	disconnect(redis);
	if (redis_breaker_fail(redis->breaker, redis->trying))
		LOG(WARNING, "redis fails, going on without it",
		    LOG_FIELD("reason", redis->reason));
	redis->trying = false;
	return false;
}

static void succeeded(struct redis *redis)
{
	if (redis_breaker_succeed(redis->breaker))
		LOG(INFO, "redis is back");
	redis->trying = false;
	redis->reason[0] = '\0';
}

/* What hiredis says, but for a time-out, which it calls "Resource temporarily unavailable". */
static bool failed_context(struct redis *redis)
{
	char reason[sizeof redis->reason];
	bool late = redis->context->err == REDIS_ERR_IO &&
		    (errno == EAGAIN || errno == ETIMEDOUT || errno == EINPROGRESS);

	if (late)
		snprintf(reason, sizeof reason, "no answer within %" PRId64 " ms",
		    redis->config->redis.timeout_ms);
	else
		snprintf(reason, sizeof reason, "%s", redis->context->errstr);
	return failed(redis, reason);
}

static bool authenticate(struct redis *redis)
{
	redisReply *reply;
	char reason[sizeof redis->reason];

	if (*redis->config->redis.password == '\0')
		return true;
	reply = redisCommand(redis->context, "AUTH %s", redis->config->redis.password);
	if (reply == NULL)
		return failed_context(redis);
	if (reply->type != REDIS_REPLY_ERROR) {
		freeReplyObject(reply);
		return true;
	}
	snprintf(reason, sizeof reason, "AUTH: %s", reply->str);
	freeReplyObject(reply);
	return failed(redis, reason);
}

static bool connect_now(struct redis *redis)
{
	const struct config *config = redis->config;
	struct timeval limit = {.tv_sec = config->redis.timeout_ms / 1000,
	    .tv_usec = config->redis.timeout_ms % 1000 * 1000};

	if (*config->redis.socket != '\0')
		redis->context = redisConnectUnixWithTimeout(config->redis.socket, limit);
	else
		redis->context =
		    redisConnectWithTimeout(config->redis.host, (int)config->redis.port, limit);
	if (redis->context == NULL)
		return failed(redis, "out of memory");
	if (redis->context->err != 0 || redisSetTimeout(redis->context, limit) != REDIS_OK)
		return failed_context(redis);
	return authenticate(redis);
}

static bool ready(struct redis *redis)
{
	if (!redis->config->redis.enabled) {
		set_reason(redis, "switched off: [redis] enabled = no");
		return false;
	}
	if (!redis->trying && !redis_breaker_admits(redis->breaker, &redis->trying)) {
		if (redis->reason[0] == '\0')
			set_reason(redis, "it failed a moment ago");
		return false;
	}
	return redis->context != NULL || connect_now(redis);
}

/* Sends `count` commands in one write, each of `words` with one of `lasts` as its last word,
 * and reads all replies.  The last one is the answer; NULL when one is missing or an error. */
static redisReply *converse(
    struct redis *redis, const char **words, int word_count, const char *const *lasts, size_t count)
{
	redisReply *reply = NULL;

	for (size_t i = 0; i < count; i++) {
		words[word_count - 1] = lasts[i];
		if (redisAppendCommandArgv(redis->context, word_count, words, NULL) != REDIS_OK)
			return NULL;
	}
	for (size_t i = 0; i < count; i++) {
		void *answer = NULL;

		freeReplyObject(reply);
		reply = NULL;
		if (redisGetReply(redis->context, &answer) != REDIS_OK)
			return NULL;
		reply = answer;
		if (reply->type == REDIS_REPLY_ERROR)
			break;
	}
	return reply;
}

/* A connection that worked before and was found closed says only that Redis was restarted
 * since: that is worth one new connection before anybody calls it a failure. */
static bool was_closed(const redisContext *context)
{
	return context->err == REDIS_ERR_EOF ||
	       (context->err == REDIS_ERR_IO && (errno == EPIPE || errno == ECONNRESET));
}

static redisReply *ask_all(
    struct redis *redis, const char **words, int word_count, const char *const *lasts, size_t count)
{
	bool fresh = redis->context == NULL;
	redisReply *reply;

	if (!ready(redis))
		return NULL;
	reply = converse(redis, words, word_count, lasts, count);
	if (reply == NULL && !fresh && was_closed(redis->context)) {
		disconnect(redis);
		return ask_all(redis, words, word_count, lasts, count);
	}
	if (reply == NULL) {
		failed_context(redis);
		return NULL;
	}
	if (reply->type == REDIS_REPLY_ERROR) {
		failed(redis, reply->str);
		freeReplyObject(reply);
		return NULL;
	}
	succeeded(redis);
	return reply;
}

static redisReply *ask(struct redis *redis, const char **words, int word_count)
{
	const char *last = words[word_count - 1];

	return ask_all(redis, words, word_count, &last, 1);
}

#define ASK(redis, words) ask(redis, words, (int)(sizeof(words) / sizeof((words)[0])))

static bool done(redisReply *reply)
{
	freeReplyObject(reply);
	return reply != NULL;
}

/* "<prefix>:<name>" */
static bool make_key(struct redis *redis, const char *name, char key[KEY_ROOM])
{
	int length = snprintf(key, KEY_ROOM, "%s:%s", redis->config->redis.prefix, name);

	if (length >= 0 && length < KEY_ROOM)
		return true;
	set_reason(redis, "the key is too long");
	return false;
}

bool redis_ping(struct redis *redis)
{
	const char *words[] = {"PING"};

	return done(ASK(redis, words));
}

bool redis_publish(
    struct redis *redis, const char *channel, const char *const *messages, size_t count)
{
	char key[KEY_ROOM];
	const char *words[] = {"PUBLISH", key, NULL};

	if (count == 0)
		return true;
	return make_key(redis, channel, key) && done(ask_all(redis, words, 3, messages, count));
}

bool redis_set(struct redis *redis, const char *name, const char *value, int ttl_seconds)
{
	char key[KEY_ROOM];
	char seconds[16];
	const char *words[] = {"SET", key, value, "EX", seconds};

	snprintf(seconds, sizeof seconds, "%d", ttl_seconds);
	return make_key(redis, name, key) && done(ASK(redis, words));
}

bool redis_get(struct redis *redis, struct arena *arena, const char *name, const char **value)
{
	char key[KEY_ROOM];
	const char *words[] = {"GET", key};
	redisReply *reply;

	*value = NULL;
	if (!make_key(redis, name, key))
		return false;
	reply = ASK(redis, words);
	if (reply != NULL && reply->type == REDIS_REPLY_STRING)
		*value = arena_text_n(arena, reply->str, (size_t)reply->len);
	return done(reply);
}

bool redis_delete(struct redis *redis, const char *name)
{
	char key[KEY_ROOM];
	const char *words[] = {"DEL", key};

	return make_key(redis, name, key) && done(ASK(redis, words));
}

/* The expiry is looked at each time: a counter that lost it would refuse somebody for ever. */
static const char count_script[] =
    "local count = redis.call('INCR', KEYS[1]) "
    "local left = redis.call('TTL', KEYS[1]) "
    "if left < 0 then redis.call('EXPIRE', KEYS[1], ARGV[1]) left = tonumber(ARGV[1]) end "
    "return {count, left}";

bool redis_count(struct redis *redis, const char *name, int window_seconds, int64_t *count,
    int64_t *seconds_left)
{
	char key[KEY_ROOM];
	char window[16];
	const char *words[] = {"EVAL", count_script, "1", key, window};
	redisReply *reply;

	snprintf(window, sizeof window, "%d", window_seconds);
	if (!make_key(redis, name, key))
		return false;
	reply = ASK(redis, words);
	if (reply != NULL && reply->type == REDIS_REPLY_ARRAY && reply->elements == 2) {
		*count = reply->element[0]->integer;
		*seconds_left = reply->element[1]->integer;
		return done(reply);
	}
	done(reply);
	return false;
}

/* DECR keeps the expiry; of a counter that is gone it would make one that stays for ever. */
static const char uncount_script[] = "local count = tonumber(redis.call('GET', KEYS[1]) or '0') "
				     "if count > 0 then redis.call('DECR', KEYS[1]) end "
				     "return 1";

bool redis_uncount(struct redis *redis, const char *name)
{
	char key[KEY_ROOM];
	const char *words[] = {"EVAL", uncount_script, "1", key};

	return make_key(redis, name, key) && done(ASK(redis, words));
}

static int64_t score(const redisReply *reply)
{
	double value;

	if (reply->type != REDIS_REPLY_STRING)
		return ABSENT;
	value = strtod(reply->str, NULL);
	return fabs(value) < 9007199254740992.0 ? (int64_t)value : ABSENT;
}

bool redis_scores(
    struct redis *redis, const char *name, const int64_t *members, size_t count, int64_t *scores)
{
	char key[KEY_ROOM];
	struct arena *arena;
	const char **words;
	redisReply *reply;
	bool complete;

	if (count == 0)
		return true;
	if (!make_key(redis, name, key))
		return false;
	arena = arena_new();
	words = arena_array(arena, count + 2, sizeof *words);
	words[0] = "ZMSCORE";
	words[1] = key;
	for (size_t i = 0; i < count; i++)
		words[i + 2] = arena_printf(arena, "%" PRId64, members[i]);
	reply = ask(redis, words, (int)count + 2);
	complete = reply != NULL && reply->type == REDIS_REPLY_ARRAY && reply->elements == count;
	for (size_t i = 0; complete && i < count; i++)
		scores[i] = score(reply->element[i]);
	freeReplyObject(reply);
	arena_free(&arena);
	return complete;
}
