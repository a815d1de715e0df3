/* The body of a request: JSON as the route's record, or bytes. */
#ifndef HICHAT_BODY_H
#define HICHAT_BODY_H

#include "request.h"

/* 415 when it is not application/json, 413 without reading it when it is longer than [serve]
 * max_body, 408 when it came too slowly, 400 when it breaks off or is not JSON, 422 naming the
 * first field that will not do. */
const struct error *body_fill(struct request *req, const struct record *record, void **object);

/* For routes without a record, that read their bodies themselves.  *length: as announced; 400
 * without one, 413 when it is more than `most`. */
const struct error *body_length(const struct request *req, int64_t most, int64_t *length);
/* The next `size` bytes; 408, 400 as above. */
const struct error *body_read(const struct request *req, char *bytes, size_t size);

#endif
