/* SQL of sticker packs. */
#ifndef HICHAT_STICKER_PACK_STORE_H
#define HICHAT_STICKER_PACK_STORE_H

#include "db.h"
#include "sticker_manifest.h"
#include "sticker_picture.h"

struct pack_line {
	int64_t id;
	const char *name;
	const char *title; /* JSON */
	int64_t stickers;
	const char *author;
	const char *licence;
};

struct packed_sticker {
	int64_t id;
	const char *file;
	const char *content;
	bool kept; /* not a column: the pack still has it */
};

const struct error *pack_lines(struct db *db, struct arena *arena, struct rows *lines);

/* Within a transaction: */

/* The pack of that name, made or brought up to date; it is locked until the commit. */
const struct error *pack_put(
    struct db *db, const struct sticker_manifest *manifest, int64_t *id, bool *made);
/* ABSENT: there is none of that name. */
const struct error *pack_lock(struct db *db, const char *name, int64_t *id);
const struct error *pack_delete(struct db *db, int64_t id);
const struct error *packed_stickers(
    struct db *db, struct arena *arena, int64_t pack, struct rows *stickers);
/* A media of nobody's, for a content that is stored. */
const struct error *pack_media_insert(
    struct db *db, const struct sticker_picture *picture, int64_t *id);
const struct error *packed_insert(struct db *db, struct arena *arena, int64_t pack,
    const struct manifest_sticker *sticker, int64_t position, int64_t media);
/* `media` ABSENT: its picture is the same. */
const struct error *packed_update(struct db *db, struct arena *arena, int64_t id,
    const struct manifest_sticker *sticker, int64_t position, int64_t media);
/* Out of everybody's favourites, too; messages keep its picture. */
const struct error *packed_delete(struct db *db, int64_t id);

#endif
