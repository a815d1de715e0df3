/* An address to listen at, as [live] writes it, in the words of libwebsockets. */
#ifndef WSD_LISTENER_H
#define WSD_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

struct listener {
	char host[108]; /* or the path of the socket */
	int port;	/* 0 for a path */
	uint64_t options;
};

/* "127.0.0.1:7071", "[::1]:7071", "unix:/path". */
void listener_read(struct listener *listener, const char *address);
/* lws would take a path away from whoever listens there. */
bool listener_is_taken(const struct listener *listener);

#endif
