/* Editing one's own texts, and what they were before. */
#ifndef HICHAT_MESSAGE_EDIT_H
#define HICHAT_MESSAGE_EDIT_H

#include "request.h"

struct message_edit_draft {
	struct json_text body;
	struct id_list mentions; /* with mention_all: neither is given, those named stay named */
	int64_t mention_all;
};
extern const struct record message_edit_draft_record;

const struct error *message_edit(struct request *req);
const struct error *message_edit_list(struct request *req);

#endif
