/* What a client resumes: its unacknowledged events and how many it acknowledged.  A session
 * outlives its connection for [live] linger, and ends with that, at a logout, when its client
 * leaves on purpose, or when its client does not keep up. */
#ifndef WSD_SESSION_H
#define WSD_SESSION_H

#include "close_code.h"
#include "outbox.h"
#include "roster.h"
#include "table.h"
#include "wheel.h"
#include <stdbool.h>
#include <stdint.h>

#define SESSION_KEY_LENGTH 32

struct connection;
struct node;

struct session {
	struct table_entry by_key;
	struct table_entry by_login;
	uint64_t key_rest; /* the second half of the key */
	struct node *node;
	struct user *user;
	struct session *next, **at;    /* of this user's */
	struct connection *connection; /* NULL: cut, waits to be resumed */
	struct timer timer;	       /* for the next acknowledgement, or for the resume */
	struct outbox outbox;
	bool overrun;	 /* lost events: about to end, cannot be resumed */
	uint64_t proven; /* node->redis_returns when its ticket was checked */
};

/* A new one for the connection.  NULL when the user has [live] per_user sessions, all connected;
 * one that only waits makes room. */
struct session *session_open(
    struct node *node, struct connection *connection, int64_t user_id, int64_t login);
/* The one with that key when it belongs to this login and has lost nothing since `received`:
 * taken over by the connection.  Otherwise NULL. */
struct session *session_resume(struct connection *connection, int64_t user_id, int64_t login,
    const char *key, int64_t received);
void session_key(const struct session *session, char key[SESSION_KEY_LENGTH + 1]);

/* The connection is gone: cut, and the session waits for a resume, or for good. */
void session_detach(struct session *session, bool for_good);
/* Frees it; a connection that it still has closes for `why`. */
void session_end(struct session *session, enum close_id why);
/* All sessions of one login. */
void session_end_login(struct node *node, int64_t login);
void session_end_all(struct node *node);

/* Queues a reference for the client.  A session that passes its limits ends a moment later, never
 * in here: the caller is walking through lists of them. */
void session_queue(struct session *session, struct payload *payload);
/* False when the client cannot have received so many. */
bool session_acknowledge(struct session *session, int64_t received);

#endif
