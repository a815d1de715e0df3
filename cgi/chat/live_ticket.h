/* Tickets for live connections: taken once by wsd, which asks nobody else who somebody is. */
#ifndef HICHAT_LIVE_TICKET_H
#define HICHAT_LIVE_TICKET_H

#include "request.h"

const struct error *live_ticket_create(struct request *req);

#endif
