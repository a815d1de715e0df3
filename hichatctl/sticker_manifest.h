/* pack.json, which says what a sticker pack is called, whose it is and what is in it, see
 * hichatctl(8). */
#ifndef HICHAT_STICKER_MANIFEST_H
#define HICHAT_STICKER_MANIFEST_H

#include "record.h"

struct arena;

#define MANIFEST_NAME "pack.json"
#define MANIFEST_BYTES 262144
#define MANIFEST_STICKERS_MAX 200

struct manifest_sticker {
	const char *file; /* a plain name, no path */
	const char *emoji;
	struct text_list keywords;
};

struct sticker_manifest {
	const char *name;
	struct json_text title; /* by language, English always */
	const char *english;
	const char *author;
	const char *licence;
	int64_t position;
	struct manifest_sticker *stickers;
	size_t count;
};

/* NULL, or what is wrong in words; in the arena, all of it. */
const char *sticker_manifest_read(
    struct arena *arena, const char *text, size_t length, struct sticker_manifest *manifest);

#endif
