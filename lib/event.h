/* The contract between the FastCGI programs and wsd: the Redis channel, the envelope, the names.
 *
 * An envelope is one line, then (for EVENT_TO) the JSON that wsd forwards verbatim:
 *
 *     to 12,15,19 in 7\n{"event":"message", …}
 *
 * "in <conversation>" is optional; it tells wsd who the members are (for typing).
 *     close 881,882             sessions that were ended
 *     watch 12 15               user 12 may now see the presence of user 15
 *     unwatch 12 15
 *     shows-presence 12 0       user 12 hides it, and sees nobody's
 *     shows-typing 12 1
 *     presence 12 1 1790000000000   wsd to wsd: user, online, last seen in ms
 */
#ifndef HICHAT_EVENT_H
#define HICHAT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVENT_CHANNEL "events"	     /* Redis: "<prefix>:events" */
#define EVENT_ONLINE_KEY "online"    /* sorted set: user id by expiry in ms */
#define EVENT_TICKET_KEY "ticket:"   /* + ticket: JSON, see struct below */
#define EVENT_TICKET_SECONDS 30	     /* that a ticket lives: its age is what is gone of them */
#define EVENT_REVOKED_KEY "revoked:" /* + session id: set while its access tokens could live */

#define EVENT_MESSAGE "message"
#define EVENT_RECEIPT "receipt"
#define EVENT_TYPING "typing"
#define EVENT_PRESENCE "presence"
#define EVENT_NOTIFICATION "notification"
#define EVENT_PROFILE "profile"
#define EVENT_CONVERSATION "conversation"
#define EVENT_MOMENT "moment"
#define EVENT_RESYNC "resync"

#define EVENT_TYPING_MAX 50 /* members; in larger groups nobody is told who types */

/* A live ticket in Redis (EVENT_TICKET_SECONDS, taken with GETDEL):
 * {"user":12,"session":881,"typing":1,"watch":[15,19],
 *  "conversations":[[7,15],[9,19],[50,12,15,23]]}
 * typing: 0 when this user neither tells nor sees who types;
 * watch: whose presence this user may see; conversations: direct ones, [id, peer], and groups of
 * at most EVENT_TYPING_MAX, [id, member …] with the user among them. */

struct arena;

enum event_kind {
	EVENT_TO,
	EVENT_CLOSE,
	EVENT_WATCH,
	EVENT_UNWATCH,
	EVENT_SHOWS_PRESENCE,
	EVENT_SHOWS_TYPING,
	EVENT_ONLINE
};

struct event {
	enum event_kind kind;
	const int64_t *ids; /* recipients, sessions, a user, or {user, friend} */
	size_t count;
	int64_t conversation; /* EVENT_TO: ABSENT or the conversation */
	bool on;	      /* EVENT_SHOWS_…: shown; EVENT_ONLINE: here */
	int64_t last_seen;    /* EVENT_ONLINE: ms */
	const char *payload;  /* EVENT_TO: JSON, not NUL-terminated after parsing */
	size_t payload_length;
	const char *list; /* for writing: NULL, or what event_list() made of the ids */
};

/* Recipients as an envelope has them, in the arena: for who writes to the same many again and
 * again. */
const char *event_list(struct arena *arena, const int64_t *ids, size_t count);
/* The envelope as one text, in the arena; NULL when there is nobody to tell (count 0). */
const char *event_write(struct arena *arena, const struct event *event);

/* Reads an envelope; false when it is not one.  ids go into the arena, the payload points into
 * `text`.  Never trusts lengths: for fuzzing too. */
bool event_read(struct arena *arena, const char *text, size_t length, struct event *event);

#endif
