/* Keys that clients choose, so that asking once more does nothing once more. */
#ifndef HICHAT_CLIENT_KEY_H
#define HICHAT_CLIENT_KEY_H

#include "request.h"

#define CLIENT_KEY_MAX 64

/* 422 invalid_field unless it is of letters that a client may choose. */
const struct error *client_key_check(struct request *req, const char *client_key);

#endif
