/* Who is asking: the bearer token (RFC 6750) and whether its session still lives. */
#ifndef HICHAT_AUTHENTICATE_H
#define HICHAT_AUTHENTICATE_H

#include "route.h"

/* Sets user_id and session_id.  USER: 401 unauthenticated, token_expired or session_ended
 * without a good token; PUBLIC: a bad one counts as none. */
struct verified;
const struct error *authenticate(
    struct request *req, struct verified *verified, enum access access);

/* Whether a session is known to have ended: its access tokens could still live. */
bool authenticate_ended(struct request *req, int64_t session_id);

/* Whether the request brought a token at all. */
bool authenticate_offered(const struct request *req);

#endif
