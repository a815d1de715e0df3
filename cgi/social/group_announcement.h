/* What is announced in a group, and that somebody has read it. */
#ifndef HICHAT_GROUP_ANNOUNCEMENT_H
#define HICHAT_GROUP_ANNOUNCEMENT_H

#include "request.h"

struct group_announcement {
	const char *text; /* "" takes it away */
};
extern const struct record group_announcement_record;

struct group_announcement_mark {
	int64_t announced_at; /* of the one that was read; ABSENT: the latest */
};
extern const struct record group_announcement_mark_record;

const struct error *group_announcement_put(struct request *req);
const struct error *group_announcement_read(struct request *req);

#endif
