/* Withdrawing one's own request to join a group. */
#ifndef HICHAT_GROUP_WITHDRAWAL_H
#define HICHAT_GROUP_WITHDRAWAL_H

#include "request.h"

const struct error *group_request_delete(struct request *req);

#endif
