/* Taking messages away: from everybody (a recall), or from oneself alone. */
#ifndef HICHAT_MESSAGE_RECALL_H
#define HICHAT_MESSAGE_RECALL_H

#include "request.h"

struct deletion {
	const char *whom; /* ?for=me; NULL: everybody */
};
extern const struct record deletion_record;

const struct error *message_delete(struct request *req);

#endif
