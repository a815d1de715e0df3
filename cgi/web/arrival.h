/* A FastCGI request that is on its way.  Web servers pass a body on as slowly as the client sends
 * it, and libfcgi can only wait for it: so it gets to see no request that has not wholly arrived.
 */
#ifndef HICHAT_ARRIVAL_H
#define HICHAT_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>

enum arrival_state {
	ARRIVAL_PENDING,
	ARRIVAL_WHOLE,
	ARRIVAL_TOO_MUCH, /* more than any request may have: what there is will be answered */
	ARRIVAL_LATE,	  /* likewise; it took too long */
	ARRIVAL_GONE	  /* the web server hung up, or there is no place to keep it */
};

struct arrival {
	int connection;
	int store; /* a file in memory with what was taken from the connection; -1: nothing was */
	enum arrival_state state;
	size_t total; /* bytes seen */
	size_t limit;
	size_t rest; /* of the record at hand, padding too */
	bool last;   /* the record at hand is the one that ends the body */
	unsigned char header[8];
	size_t header_length;
};

/* For requests with a body of up to `max_body`. */
struct arrival arrival_on(int connection, size_t max_body);

/* How many bytes arrival_peek() needs to see every request whole. */
size_t arrival_limit(size_t max_body);
/* Looks without taking anything: WHOLE and TOO_MUCH can be read from the connection itself.  False
 * when nothing has come at all. */
bool arrival_peek(struct arrival *arrival, unsigned char *buffer, size_t size);
/* Takes what there is into the store, without waiting. */
void arrival_take(struct arrival *arrival);
/* Closes both. */
void arrival_drop(struct arrival *arrival);

#endif
