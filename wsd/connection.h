/* One socket, from its upgrade to its end: awaits hello, has its ticket checked, then carries a
 * session.  Owned by server.c, which tells it what lws says; never frees itself. */
#ifndef WSD_CONNECTION_H
#define WSD_CONNECTION_H

#include "close_code.h"
#include "payload.h"
#include "wheel.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_MAX 4096	      /* bytes of a client's message */
#define FRAMES_PER_SECOND 100 /* of one client; an honest one acknowledges 32 events a frame */

struct check;
struct lws;
struct node;
struct session;

enum connection_state {
	CONNECTION_NEW,	     /* awaits hello */
	CONNECTION_CHECKING, /* awaits what Redis says of the ticket */
	CONNECTION_LIVE,     /* has a session */
	CONNECTION_CLOSING   /* nothing more goes in or out but the close frame */
};

struct connection {
	struct node *node;
	struct lws *wsi;
	struct check *check;	 /* CONNECTION_CHECKING */
	struct session *session; /* CONNECTION_LIVE */
	struct payload *welcome; /* to be sent first */
	struct timer timer;	 /* hello, heartbeat, or patience with closing */
	char *partial;		 /* a message of which more is to come */
	int64_t heard_at;	 /* monotonic ms, of the last frame */
	int64_t pinged_at;
	int64_t good_until; /* then its client has to prove anew who it is */
	int64_t typed_at;   /* the last typing that was passed on */
	uint16_t partial_length;
	uint16_t frames; /* in the present second */
	uint8_t state;	 /* enum connection_state */
	uint8_t why;	 /* enum close_id, CONNECTION_CLOSING */
	bool ping_due;
	bool waits; /* for the socket to become writable */
	bool close_sent;
	bool left_for_good; /* the client said so, closing */
};

struct connection *connection_open(struct node *node, struct lws *wsi);
/* A piece of a message; `final` with the last one. */
void connection_receive(
    struct connection *connection, const char *bytes, size_t length, bool binary, bool final);
/* Writes what waits.  False: close it now, for `why` when it is CONNECTION_CLOSING. */
bool connection_write(struct connection *connection);
/* The socket is gone. */
void connection_free(struct connection **connection);

/* Something is to be written. */
void connection_wake(struct connection *connection);
/* Lets go of its session (which forgets the connection itself) and closes soon. */
void connection_close(struct connection *connection, enum close_id why);
/* Closes soon, while its session waits for the client to come back. */
void connection_drop(struct connection *connection, enum close_id why);
/* hello was good: sends the welcome, then what the session holds. */
void connection_welcome(struct connection *connection, struct session *session, bool resumed);

#endif
