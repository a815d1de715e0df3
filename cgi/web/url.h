/* The address that was asked for, taken apart and decoded (RFC 3986). */
#ifndef HICHAT_URL_H
#define HICHAT_URL_H

#include "error.h"
#include <stdbool.h>
#include <stddef.h>

struct arena;

struct url {
	const char *prefix; /* before /api/v1, as it stands */
	const char *path;   /* below /api/v1/<program>, decoded: "/" at least */
	const char *query;  /* behind the ?, as it stands; "" when there is none */
};

/* 404 not_found when the address is not below /api/v1/<program>, 400 bad_request when its path
 * holds a bad escape, bytes that are not UTF-8, a control character or an escaped slash. */
const struct error *url_split(
    struct arena *arena, const char *address, const char *program, struct url *url);

/* Decodes %xx, and + as a space where forms do that.  NULL for a bad escape, a NUL or bad UTF-8. */
const char *url_decode(struct arena *arena, const char *text, size_t length, bool form);

#endif
