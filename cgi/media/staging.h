/* Files on their way into the store, of this request: closed at its end, and removed if nobody else
 * needs them. */
#ifndef HICHAT_STAGING_H
#define HICHAT_STAGING_H

#include "request.h"

struct staged {
	const char *name;
	int file;
	int64_t size;
};

/* An empty one of this request alone, removed at its end.  507 quota_exceeded when the disk is
 * full, 500. */
const struct error *staging_new(struct request *req, struct staged *staged);
/* The one of an upload, made at its first piece, stays. */
const struct error *staging_open(struct request *req, const char *name, struct staged *staged);

/* Appends `length` bytes of the request's body; what came before it broke off stays. */
const struct error *staging_receive(struct request *req, struct staged *staged, int64_t length);
const struct error *staging_append(struct staged *staged, const char *bytes, size_t length);

/* What a failed write means: errno. */
const struct error *staging_failure(const char *what);

#endif
