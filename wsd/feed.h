/* What comes from Redis and goes there: one connection subscribed to the events, one for
 * commands.  A heartbeat that is published on the one and heard on the other finds out a Redis
 * that hangs.  After a loss, clients are told to sync, see resync.h. */
#ifndef WSD_FEED_H
#define WSD_FEED_H

#include <hiredis/async.h>
#include <stdbool.h>
#include <stddef.h>

#define FEED_KEY_ROOM 192

struct feed;
struct node;

struct feed *feed_new(struct node *node);
void feed_free(struct feed **feed);

/* Events arrive, and commands are answered. */
bool feed_is_ready(const struct feed *feed);
/* All that was published or commanded is written to the socket. */
bool feed_is_flushed(const struct feed *feed);

/* To all nodes, this one too.  Lost, silently, when Redis is away. */
void feed_publish(struct feed *feed, const char *envelope);
/* The key "<prefix>:<kind><name>". */
void feed_key(const struct feed *feed, char key[FEED_KEY_ROOM], const char *kind, const char *name);
/* A command.  False when Redis is away; then `done` is never called.  Otherwise it is called
 * once, with a NULL reply when Redis went away before it answered. */
bool feed_send(struct feed *feed, redisCallbackFn *done, void *context, size_t count,
    const char *const *words);

#endif
