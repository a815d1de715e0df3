/* Forwarding: messages of one conversation sent once more into others, singly or as one bundle. */
#ifndef HICHAT_FORWARD_H
#define HICHAT_FORWARD_H

#include "request.h"

struct forward_draft {
	const char *client_key;
	int64_t from_conversation;
	struct id_list seqs;
	struct id_list to_conversations;
	int64_t merged;
	const char *title; /* of the bundle */
};
extern const struct record forward_draft_record;

const struct error *forward_create(struct request *req);

#endif
