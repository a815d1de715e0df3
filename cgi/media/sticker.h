/* Stickers as resources: packs, one's own, and those that somebody wants at hand. */
#ifndef HICHAT_STICKER_H
#define HICHAT_STICKER_H

#include "media_item.h"

#define STICKERS_MAX 300 /* own ones of one person, and as many favourites */

struct sticker_draft {
	int64_t media_id;
	const char *emoji;
};
extern const struct record sticker_draft_record;

struct sticker_pack {
	int64_t id;
	const char *name;
	struct json_text title;
	const char *author;
	const char *licence;
};
extern const struct record sticker_pack_record;

struct sticker {
	int64_t id;
	int64_t pack_id;  /* ABSENT: it is somebody's own */
	int64_t owner_id; /* ABSENT: it is of a pack */
	int64_t media_id;
	const char *emoji;
	struct json_text keywords;
	int64_t width;
	int64_t height;
	bool animated;
};
extern const struct record sticker_record;

const struct error *sticker_list(struct request *req);
const struct error *sticker_create(struct request *req);
const struct error *sticker_delete(struct request *req);
const struct error *sticker_favourite(struct request *req);
const struct error *sticker_unfavourite(struct request *req);

/* The SQL, in sticker_store.c. */
const struct error *sticker_packs(struct request *req, struct rows *packs);
/* Of all packs, by pack and place. */
const struct error *stickers_packed(struct request *req, struct rows *stickers);
/* Latest first. */
const struct error *stickers_own(struct request *req, struct rows *stickers);
const struct error *stickers_favourite(struct request *req, struct rows *stickers);
const struct error *stickers_recent(struct request *req, struct rows *stickers);
/* 404 not_found. */
const struct error *sticker_get(
    struct db *db, struct arena *arena, int64_t id, struct sticker *sticker);

/* Within a transaction: */
/* Until the commit; 404 not_found. */
const struct error *sticker_hold(struct db *db, int64_t id);
const struct error *sticker_insert(
    struct db *db, int64_t owner, const struct sticker_draft *draft, int64_t *id);
/* The owner's with the same picture; ABSENT: none. */
const struct error *sticker_same(struct db *db, int64_t owner, const char *content, int64_t *id);
const struct error *stickers_count(struct db *db, int64_t owner, int64_t *count);
const struct error *sticker_mark_removed(struct db *db, int64_t id);
/* The row of one that its owner removed goes with its last favourite. */
const struct error *sticker_drop_unwanted(struct db *db, int64_t id);
/* All but `sticker`. */
const struct error *favourites_count(struct db *db, int64_t user, int64_t sticker, int64_t *count);
const struct error *favourite_insert(struct db *db, int64_t user, int64_t sticker);
const struct error *favourite_delete(struct db *db, int64_t user, int64_t sticker);

#endif
