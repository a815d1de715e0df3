/* One request through libfcgi: read, answered, and the connection kept or closed in good order. */
#ifndef HICHAT_VISIT_H
#define HICHAT_VISIT_H

#include "arrival.h"
#include "exchange.h"
#include "lobby.h"

struct FCGX_Request;

/* Answers what has arrived.  True when the web server keeps the connection for another request,
 * else it is closed. */
bool visit_serve(struct FCGX_Request *request, const struct service *service, struct desk *desk,
    struct lobby *lobby, struct arrival *arrival);

#endif
