/* Answers.  A handler answers exactly once, by one of these, or returns an error,
 * which serve turns into RFC 9457 problem+json. */
#ifndef HICHAT_RESPOND_H
#define HICHAT_RESPOND_H

#include "request.h"

/* Always NULL, so that a handler can end with `return respond(…)`. */
const struct error *respond(struct request *req, int status, struct json_object *body);
const struct error *respond_empty(struct request *req); /* 204 */

/* 200 with a strong ETag over the body, or 304 when If-None-Match names it (RFC 9110). */
const struct error *respond_cacheable(struct request *req, struct json_object *body);
/* The same for a body that also tells the time of the answer: the (weak) ETag is made of
 * `version`, which says all that matters of it. */
const struct error *respond_versioned(
    struct request *req, struct json_object *body, const char *version);

/* A failure as the answer, for one that needs headers of its own: they are set after this. */
const struct error *respond_problem(struct request *req, const struct error *error);

/* For this answer, before it is given.  The value must be free of line breaks. */
void respond_header(struct request *req, const char *name, const char *value);

/* Sets (or with max_age 0 deletes) an HttpOnly, SameSite=Strict cookie for `path`. */
void respond_cookie(
    struct request *req, const char *name, const char *value, const char *path, int64_t max_age);

#endif
