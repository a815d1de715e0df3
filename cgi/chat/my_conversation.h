/* Conversations as their members handle them: open one, look at it, change what is theirs. */
#ifndef HICHAT_MY_CONVERSATION_H
#define HICHAT_MY_CONVERSATION_H

#include "request.h"

struct conversation_draft {
	int64_t user_id;
};
extern const struct record conversation_draft_record;

/* What somebody began to write: "" is nothing.  Whether what it answers is there is looked at when
 * it is sent. */
struct unsent {
	const char *text;
	int64_t reply_to;
};

/* Flags hold 0, 1 or ABSENT. */
struct conversation_change {
	int64_t pinned;
	int64_t notify;
	int64_t hidden;
	int64_t cleared_seq;
	int64_t marked_unread;
	struct json_text draft; /* an unsent */
};
extern const struct record conversation_change_record;

const struct error *my_conversation_open(struct request *req);
const struct error *my_conversation_show(struct request *req);
const struct error *my_conversation_change(struct request *req);

#endif
