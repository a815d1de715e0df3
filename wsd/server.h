/* The sockets, by libwebsockets: the live port and the metrics port.  Everything of lws stays in
 * server.c and gate.c. */
#ifndef WSD_SERVER_H
#define WSD_SERVER_H

#include "payload.h"
#include <stdbool.h>
#include <stddef.h>

struct lws;
struct node;
struct server;

struct server *server_new(struct node *node);
/* False when it cannot listen; the log says why. */
bool server_start(struct server *server);
/* Closes everything.  Asynchronous: run the loop until it has no more to do, then free. */
void server_stop(struct server *server);
void server_free(struct server **server);
/* How many live connections the limit of open files allows. */
size_t server_capacity(const struct server *server);

/* Every live connection gets a turn to write, or to close. */
void server_wake_all(struct server *server);

/* For connection.c: */
void server_wake(struct lws *wsi);
bool server_is_choked(struct lws *wsi);
bool server_send(struct lws *wsi, struct payload *payload); /* false: the socket is dead */
void server_abort(struct lws *wsi);			    /* no more patience */

#endif
