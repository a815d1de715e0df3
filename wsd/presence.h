/* Who is online, on any node: the sorted set <prefix>:online holds for each user the time until
 * which they count as such.
 *
 * While users have a connection here, their time is kept 90 s ahead.  When the last one ends, it
 * becomes 10 s: whoever reloads a page or changes the network does not blink; at a logout, none.
 * Any node removes whose time has passed, in one atomic step, and announces that they are gone:
 * this covers nodes that died, too.  Arrivals and departures are both announced as "online", and a
 * node that hears of a user who is connected to it writes their time anew: so a departure from one
 * node does not end a presence that another one holds. */
#ifndef WSD_PRESENCE_H
#define WSD_PRESENCE_H

#include <stdint.h>

#define PRESENCE_GRACE 10000 /* ms */

struct event;
struct node;
struct payload;
struct presence;
struct user;

struct presence *presence_new(struct node *node);
void presence_free(struct presence **presence);

/* The first connection of this user here. */
void presence_arrive(struct presence *presence, struct user *user);
/* The last one is gone: still online for so long. */
void presence_depart(struct presence *presence, struct user *user, int64_t grace_ms);
/* Everybody here departs: this node stops. */
void presence_depart_all(struct presence *presence);
/* Redis is (back) there: tells it about everybody here. */
void presence_restore(struct presence *presence);

/* {"event":"presence", …}, one reference. */
struct payload *presence_payload(const struct event *event);

/* An announcement, of this node or another. */
void presence_hear(struct presence *presence, const struct event *event);
/* Tells `user` whether `other` is online, just now. */
void presence_ask(struct presence *presence, int64_t user, int64_t other);

#endif
