/* Where requests wait until they have wholly arrived, so that no worker has to: a thread that
 * sleeps until there is something to take in, or somebody's time is up. */
#ifndef HICHAT_LOBBY_H
#define HICHAT_LOBBY_H

#include "arrival.h"

struct lobby;

/* NULL when the system has no thread or descriptor to spare. */
struct lobby *lobby_new(void);
/* Whoever is still in it is sent away.  No worker may use it any more. */
void lobby_free(struct lobby **lobby);

/* Takes a request over that is PENDING.  It comes back as something else: after 20 s, or when too
 * many wait and it is the oldest, as LATE. */
void lobby_enter(struct lobby *lobby, const struct arrival *arrival);
/* Takes a connection over that was answered while the web server still sends: closed before it
 * has read the answer, it might never read it. */
void lobby_see_off(struct lobby *lobby, int connection);

/* Readable while there is something for lobby_take(). */
int lobby_descriptor(const struct lobby *lobby);
/* False when nothing has come out; never waits. */
bool lobby_take(struct lobby *lobby, struct arrival *arrival);

/* The program stops: nobody may stay longer than a few seconds. */
void lobby_hurry(struct lobby *lobby);
/* As lobby_take(), but waits; false once nobody is left. */
bool lobby_await(struct lobby *lobby, struct arrival *arrival);

#endif
