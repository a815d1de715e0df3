/* A stored file as the answer, as a whole or in part (RFC 9110, section 14), sent by this program
 * or by the web server. */
#ifndef HICHAT_RESPOND_FILE_H
#define HICHAT_RESPOND_FILE_H

#include "byte_source.h"
#include "request.h"

struct served_file {
	int64_t size; /* of all of it */
	/* Some of it, when it is to be sent. */
	const struct error *(*open)(struct request *req, const char *name, int64_t offset,
	    int64_t length, struct byte_source **bytes);
	const char *name;    /* what open() knows it by */
	const char *path;    /* NULL: this program sends it; else X-Sendfile names it */
	const char *type;    /* Content-Type */
	const char *tag;     /* a strong ETag, quoted */
	const char *caching; /* Cache-Control */
};

/* 200, 206 with the one range that is asked for, or 304; 416 range_not_satisfiable.  Several ranges
 * at once are answered with the whole. */
const struct error *respond_file(struct request *req, const struct served_file *served);

/* What a Range header asks of so many bytes. */
enum byte_range { RANGE_WHOLE, RANGE_PART, RANGE_OUTSIDE };
enum byte_range byte_range_read(const char *text, int64_t size, int64_t *first, int64_t *last);

#endif
