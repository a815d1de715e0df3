/* How a request comes in and its answer goes out, whoever the web server is:
 * variables as CGI names them (RFC 3875), a body to read, an answer to write. */
#ifndef HICHAT_GATEWAY_H
#define HICHAT_GATEWAY_H

#include <stdbool.h>
#include <stddef.h>

struct gateway {
	char **variables; /* "NAME=value", NULL after the last */
	void *stream;
	/* Up to `size` bytes of the body: how many, 0 at its end, negative when it broke off. */
	long (*read)(void *stream, char *buffer, size_t size);
	bool (*write)(void *stream, const char *bytes, size_t size);
	bool late; /* the rest of the body was not waited for any longer */
};

/* NULL when the web server does not tell. */
const char *gateway_variable(const struct gateway *gateway, const char *name);

/* The request that this process was started for, from the environment and descriptors 0 and 1. */
void gateway_open_cgi(struct gateway *gateway);

#endif
