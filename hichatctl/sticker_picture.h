/* The picture of a sticker, on its way from a pack into the media store: looked at as an upload is,
 * without its metadata, and staged. */
#ifndef HICHAT_STICKER_PICTURE_H
#define HICHAT_STICKER_PICTURE_H

#include "media_store.h"
#include "pack_source.h"
#include <stdbool.h>
#include <stdint.h>

struct config;

#define STICKER_SIDE 512 /* pixels at most */

struct sticker_picture {
	const char *type;
	int64_t width;
	int64_t height;
	bool animated;
	struct media_staged content; /* there until the arena goes */
};

/* NULL, or what is wrong with it in words. */
const char *sticker_picture_stage(const struct config *config, struct arena *arena,
    const struct pack_file *bytes, struct sticker_picture *picture);

#endif
