/* The JSON body of a request as the route's record. */
#ifndef HICHAT_BODY_H
#define HICHAT_BODY_H

#include "request.h"

/* 415 when it is not application/json, 413 without reading it when it is longer than [serve]
 * max_body, 408 when it came too slowly, 400 when it breaks off or is not JSON, 422 naming the
 * first field that will not do. */
const struct error *body_fill(struct request *req, const struct record *record, void **object);

#endif
