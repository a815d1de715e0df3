/* POST /sessions/refresh: the refresh token for a new access token and its successor. */
#ifndef HICHAT_REFRESH_H
#define HICHAT_REFRESH_H

#include "request.h"

struct refresh_input {
	const char *refresh_token; /* NULL: the cookie has it */
};
extern const struct record refresh_input_record;

const struct error *refresh_session(struct request *req);

#endif
