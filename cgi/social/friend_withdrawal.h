/* Withdrawing one's own friend request. */
#ifndef HICHAT_FRIEND_WITHDRAWAL_H
#define HICHAT_FRIEND_WITHDRAWAL_H

#include "request.h"

const struct error *friend_request_delete(struct request *req);

#endif
