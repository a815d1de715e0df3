/* What is said to a post. */
#ifndef HICHAT_COMMENT_H
#define HICHAT_COMMENT_H

#include "request.h"

struct comment_draft {
	const char *client_key;
	const char *text;
	int64_t reply_to;
};
extern const struct record comment_draft_record;

const struct error *comment_list(struct request *req);
const struct error *comment_create(struct request *req);
const struct error *comment_delete(struct request *req);

#endif
