/* `GET /health`, which every program has, and the same check at the start of a program. */
#ifndef HICHAT_HEALTH_H
#define HICHAT_HEALTH_H

#include "request.h"

/* 200 {status, program, version, database, redis, schema}, or the same with 503 when the program
 * cannot do its work.  Open to anybody, so it tells words, no reasons: these are in the log. */
const struct error *health_show(struct request *req);

/* Logs what is wrong with database, schema and Redis, and how to mend it. */
void health_report(const struct config *config);

#endif
