/* Messages: sending one, reading pages of them. */
#ifndef HICHAT_MESSAGE_H
#define HICHAT_MESSAGE_H

#include "request.h"

struct message_draft {
	const char *client_key;
	const char *kind;
	struct json_text body;
	int64_t reply_to;
	struct id_list mentions;
	int64_t mention_all;
};
extern const struct record message_draft_record;

/* A page, of everything or of what carries media of some kinds. */
struct message_query {
	int64_t before;
	int64_t after;
	int64_t limit;
	const char *kinds; /* "image,video"; NULL: of everything */
};
extern const struct record message_query_record;

#define MENTIONS_MAX 100
/* As they are stored: 0 is everybody. */
const char *message_mentions(struct arena *arena, struct id_list mentions, bool mention_all);

const struct error *message_send(struct request *req);
const struct error *message_list(struct request *req);

#endif
