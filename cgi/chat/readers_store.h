/* The SQL of who has read a message. */
#ifndef HICHAT_READERS_STORE_H
#define HICHAT_READERS_STORE_H

#include "stream.h"

struct reader {
	int64_t user_id;
	const char *state; /* sent | delivered | read */
	bool tells;	   /* the caller may know */
};
extern const struct record reader_record;

/* Of a conversation: how many belong to it. */
const struct error *readers_size(struct request *req, int64_t conversation, int64_t *size);

/* All members but the caller who were there when the message was sent, ascending. */
const struct error *readers_of(
    struct request *req, const struct message *message, struct rows *readers);

#endif
