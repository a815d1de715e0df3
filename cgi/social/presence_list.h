/* Who among some people is online, as far as the caller may know. */
#ifndef HICHAT_PRESENCE_LIST_H
#define HICHAT_PRESENCE_LIST_H

#include "request.h"

struct presence_query {
	struct id_list ids;
};
extern const struct record presence_query_record;

/* Of those among ?ids= who are friends or fellow members, unless a block stands between. */
const struct error *presence_list(struct request *req);

#endif
