/* From a staged file to a media: looked at, stripped, hashed, stored, and only then a row. */
#ifndef HICHAT_INTAKE_H
#define HICHAT_INTAKE_H

#include "media_item.h"
#include "purpose.h"
#include "staging.h"

struct intake {
	const struct purpose *purpose;
	const char *claim; /* the type that it is said to be; NULL: not said */
	const char *name;
	const char *waveform;
	const char *placeholder;
	int64_t upload; /* whose file it is; 0: of none */
};

/* 413 too_large, 507 quota_exceeded: before anything is received.  `upload` as in media_used(). */
const struct error *intake_room(
    struct request *req, const struct purpose *purpose, int64_t size, int64_t upload);

/* 415 unsupported_type, type_mismatch; 422 bad_media, media_too_complex; 507 quota_exceeded. */
const struct error *intake_accept(struct request *req, const struct intake *intake,
    const struct staged *staged, struct media_item *item);

/* A picture that stands for `item`, "thumbnail" or "preview", of at most `side` pixels; 409
 * conflict when it has one, or was sent without. */
const struct error *intake_accept_variant(struct request *req, const char *variant, int64_t side,
    const struct staged *staged, struct media_item *item);

/* 422 invalid_field unless they are of the form that clients make; NULL is. */
const struct error *intake_check_waveform(struct request *req, const char *waveform);
const struct error *intake_check_placeholder(struct request *req, const char *placeholder);

#endif
