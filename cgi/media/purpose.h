/* What things are uploaded for: how large they may be, of which types, and what they must be. */
#ifndef HICHAT_PURPOSE_H
#define HICHAT_PURPOSE_H

#include "config.h"
#include "error.h"
#include "format.h"

#define PURPOSES "image voice video file avatar sticker"
#define PURPOSE_FILE "file"
#define PURPOSE_STICKER "sticker"

#define SIDE_MAX 16383 /* pixels; what WebP can hold */

struct purpose;

const struct purpose *purpose_named(const char *name);
const struct purpose *purpose_at(size_t index); /* NULL behind the last */
const char *purpose_name(const struct purpose *purpose);
/* NULL-terminated; NULL: it takes any type, and looks into nothing. */
const char *const *purpose_types(const struct purpose *purpose);
int64_t purpose_limit(const struct purpose *purpose, const struct config *config);

/* Whether it is pictures that stand still, or move by themselves. */
bool purpose_is_picture(const struct purpose *purpose);

/* What was claimed and what was found, both types: whether they can be the same thing. */
bool purpose_claim_holds(const char *claim, const char *found);

/* 415 unsupported_type, 422 media_too_complex. */
const struct error *purpose_check(
    const struct purpose *purpose, const struct config *config, const struct format_facts *facts);

#endif
