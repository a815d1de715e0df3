/* Lists of posts: the feed, and what one person has posted. */
#ifndef HICHAT_TIMELINE_H
#define HICHAT_TIMELINE_H

#include "request.h"

struct timeline_query {
	int64_t before;
	int64_t limit;
};
extern const struct record timeline_query_record;

struct timeline_mark {
	int64_t up_to;
};
extern const struct record timeline_mark_record;

const struct error *timeline_feed(struct request *req);
const struct error *timeline_album(struct request *req);
/* What is in the feed up to a post is not new any more. */
const struct error *timeline_seen(struct request *req);

#endif
