/* One connection to Redis that heals itself: it tries again, with growing pauses, for as long as
 * it lives, also when Redis was down at the start.  What was under way when it broke gets its
 * callback with a NULL reply. */
#ifndef WSD_LINK_H
#define WSD_LINK_H

#include <hiredis/async.h>
#include <stdbool.h>
#include <stddef.h>

struct link;
struct node;

struct link_owner {
	void (*up)(void *owner);   /* authenticated, and Redis answers */
	void (*down)(void *owner); /* after an up() */
	void *owner;
};

/* Begins to connect at once. */
struct link *link_new(struct node *node, const char *name, struct link_owner owner);
void link_free(struct link **link); /* calls no down() */

bool link_is_up(const struct link *link);
/* False when it is not up; then there is no callback.  `done` may be NULL. */
bool link_send(struct link *link, redisCallbackFn *done, void *context, int count,
    const char *const *words, const size_t *lengths);
/* This connection is no good: begin anew. */
void link_drop(struct link *link, const char *reason);
/* Nothing written waits to be sent. */
bool link_is_flushed(const struct link *link);

#endif
