/* What the program `picture` writes about an image: this, the thumbnail, the preview.  Its argument
 * is how many pixels the preview's longer side has at most. */
#ifndef HICHAT_PICTURE_OUTPUT_H
#define HICHAT_PICTURE_OUTPUT_H

#include <stdint.h>

#define PICTURE_THUMBNAIL 320 /* pixels of the longer side */
#define PICTURE_PREVIEW 1280
#define PICTURE_STICKER 512

#define PICTURE_MAGIC 0x48504331u
struct picture_head {
	uint32_t magic;
	uint32_t thumbnail; /* bytes */
	uint32_t preview;
	char placeholder[32]; /* a BlurHash */
};

/* How it ends: well; with an image that cannot be shown; for a reason of its own. */
enum picture_exit { PICTURE_DONE, PICTURE_REFUSED, PICTURE_FAILED };

#endif
