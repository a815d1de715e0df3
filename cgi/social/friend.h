/* Friends: the list, what one calls them, and the end of it. */
#ifndef HICHAT_FRIEND_H
#define HICHAT_FRIEND_H

#include "request.h"

struct friend_change {
	const char *remark; /* "" takes it away */
};
extern const struct record friend_change_record;

struct presence_query {
	struct id_list ids;
};
extern const struct record presence_query_record;

const struct error *friend_list(struct request *req);
const struct error *friend_patch(struct request *req);
const struct error *friend_delete(struct request *req);
/* Of those among ?ids= who are the caller's friends. */
const struct error *friend_presence(struct request *req);

#endif
