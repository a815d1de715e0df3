/* Events that a handler owes to live connections.  They are collected while it
 * runs, once what they tell is committed, and published by serve in one write
 * before the answer, whatever the answer is: a change that is stored is told, even
 * when what should be answered cannot be read any more.  Never fails, never waits
 * for Redis. */
#ifndef HICHAT_DELIVER_H
#define HICHAT_DELIVER_H

#include "event.h"
#include "request.h"

/* `event` is a whole event object: {"event":"…", …}. */
void deliver_to(struct request *req, const int64_t *users, size_t count, struct json_object *event);
void deliver_to_members(struct request *req, int64_t conversation, const int64_t *users,
    size_t count, struct json_object *event);
/* The sockets of these sessions close at once. */
void deliver_close(struct request *req, const int64_t *sessions, size_t count);
/* `user` may (not) see the presence of `other` from now on. */
void deliver_watch(struct request *req, int64_t user, int64_t other, bool may_see);
/* What the caller shows from now on, and therefore sees of others: EVENT_SHOWS_PRESENCE or _TYPING.
 * Presence that is shown needs deliver_watch() besides, for each of those who show theirs. */
void deliver_shows(struct request *req, enum event_kind what, bool shown);

#endif
