/* Friends: the list, what one calls them, and the end of it. */
#ifndef HICHAT_FRIEND_H
#define HICHAT_FRIEND_H

#include "request.h"

/* What was not sent stays as it is. */
struct friend_change {
	const char *remark;    /* "" takes it away */
	struct text_list tags; /* all of them */
};
extern const struct record friend_change_record;

const struct error *friend_list(struct request *req);
const struct error *friend_patch(struct request *req);
const struct error *friend_delete(struct request *req);

#endif
