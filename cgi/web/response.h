/* An answer while it is being made, and how it leaves.  Private to cgi/web. */
#ifndef HICHAT_RESPONSE_H
#define HICHAT_RESPONSE_H

#include "request.h"

struct gateway;

struct response_header {
	struct response_header *next;
	const char *name;
	const char *value;
};

struct response {
	int status; /* 0 until there is an answer */
	const char *content_type;
	const char *caching; /* Cache-Control */
	const char *body;    /* NULL: none, or it comes from elsewhere */
	struct byte_source *bytes;
	bool elsewhere; /* the web server sends the body, and says how long it is */
	size_t length;
	struct response_header *headers; /* in the order they were set */
	struct response_header **last_header;
};

/* Forgets everything set so far: a failure replaces whatever the handler had begun. */
void response_clear(struct response *response);

/* RFC 9457 problem+json for a failure. */
void response_problem(struct request *req, const struct error *error);

/* Whether If-None-Match, a list of tags or *, names this one; W/ makes no difference here. */
bool response_names_tag(const char *list, const char *tag);

/* Writes the answer, without its body for HEAD.  False when the web server is gone. */
bool response_send(const struct request *req, const struct gateway *gateway, bool with_body);

#endif
