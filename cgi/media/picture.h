/* Small pictures of an image, made by a process of its own, see picture_worker.c.  Where that is
 * not installed there are none, and clients supply them. */
#ifndef HICHAT_PICTURE_H
#define HICHAT_PICTURE_H

#include "staging.h"

#define PICTURE_TYPE "image/webp"

struct picture_maker;

/* Looks for the program beside this one.  Never NULL. */
struct picture_maker *picture_maker_new(void);
void picture_maker_free(struct picture_maker **maker);

struct pictures {
	struct staged thumbnail; /* size 0: there is none */
	struct staged preview;
	const char *placeholder; /* NULL: none */
};

/* The preview's longer side has at most `side` pixels, which are at least a thumbnail's.
 * 422 bad_media for what cannot be decoded, media_too_complex for what the process died of.  One
 * that fails otherwise, or takes too long, is logged, and there are no pictures. */
const struct error *pictures_make(struct request *req, struct picture_maker *maker,
    const struct staged *image, int side, struct pictures *pictures);

#endif
