/* A web server that is none: one request from memory, the answer into memory. */
#ifndef HICHAT_PRETEND_H
#define HICHAT_PRETEND_H

#include "exchange.h"

struct pretend {
	struct service service;
	struct config config;
	struct desk desk;
	struct arena *arena; /* of tokens and other things that the test makes */
	const char *body;    /* what is still to be read of it */
	size_t left;
	size_t asked; /* how much of it was asked for */
	char *answer; /* NUL-terminated */
	size_t length;
};

/* Without database and Redis. */
void pretend_open(struct pretend *pretend, const struct program *program);
void pretend_close(struct pretend *pretend);

/* Answers the request with these variables ("NAME=value", NULL after the last); the answer stays
 * until the next one. */
const char *pretend_ask(
    struct pretend *pretend, const char *const *variables, const char *body, size_t length);

/* A good access token of this user and session. */
const char *pretend_token(struct pretend *pretend, int64_t user_id, int64_t session_id);

/* The value of a header of the last answer, or NULL; in the pretend's arena. */
const char *pretend_header(struct pretend *pretend, const char *name);
int pretend_status(struct pretend *pretend);
const char *pretend_body(struct pretend *pretend); /* of the last answer */

#endif
