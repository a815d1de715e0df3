/* Who is online, as wsd keeps it in Redis (DESIGN: online while any session lives on any node). */
#ifndef HICHAT_PRESENCE_H
#define HICHAT_PRESENCE_H

#include "request.h"

/* online[i] for ids[i]; all false when Redis is away.  Rights are the caller's business. */
void presence_read(struct request *req, const int64_t *ids, size_t count, bool *online);
/* Notes in MySQL that the caller was here just now, at most once a minute. */
const struct error *presence_seen(struct request *req);

#endif
