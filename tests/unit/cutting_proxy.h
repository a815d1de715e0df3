/* Stands between a client and its server on unix sockets, and cuts the connection where a test
 * wants it: only so can the loss of an answer be had on purpose. */
#ifndef HICHAT_CUTTING_PROXY_H
#define HICHAT_CUTTING_PROXY_H

#include <stdbool.h>

struct proxy;

enum proxy_cut {
	PROXY_CUT_REQUEST, /* the server never gets it */
	PROXY_CUT_ANSWER,  /* the server has done it, the client never hears */
	PROXY_CUT_HALF	   /* the client hears the beginning */
};

struct proxy *proxy_start(const char *path, const char *server);
void proxy_stop(struct proxy **proxy);

/* Cuts, `times` times, the connection that sends these bytes. */
void proxy_cut(struct proxy *proxy, const char *bytes, enum proxy_cut what, int times);
/* How many of these cuts are still to come. */
int proxy_cuts_left(struct proxy *proxy);

#endif
