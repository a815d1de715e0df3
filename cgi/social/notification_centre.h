/* A person's own notifications: the list and the mark "read up to here". */
#ifndef HICHAT_NOTIFICATION_CENTRE_H
#define HICHAT_NOTIFICATION_CENTRE_H

#include "request.h"

struct notification_mark {
	int64_t up_to;
};
extern const struct record notification_mark_record;

const struct error *notification_centre_list(struct request *req);
const struct error *notification_centre_read(struct request *req);

#endif
