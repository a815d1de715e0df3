/* One thing that somebody uploaded: the M of the API, and what of it is stored where. */
#ifndef HICHAT_MEDIA_ITEM_H
#define HICHAT_MEDIA_ITEM_H

#include "request.h"

struct media_item {
	int64_t id;
	int64_t owner_id;
	const char *purpose;
	const char *type;
	const char *name; /* NULL: it has none */
	int64_t size;
	int64_t width; /* ABSENT where there is no picture */
	int64_t height;
	bool animated;
	int64_t duration_ms;
	const char *waveform;
	const char *placeholder;
	const char *original; /* contents, see media_content.h */
	const char *thumbnail;
	const char *thumbnail_type;
	const char *preview;
	const char *preview_type;
	int64_t stored_size;
	int64_t created_at;
};
extern const struct record media_item_record;

/* 404 not_found. */
const struct error *media_item_get(struct request *req, int64_t id, struct media_item *item);
/* 404 not_found unless it is the caller's. */
const struct error *media_item_own(struct request *req, int64_t id, struct media_item *item);
/* Those of `ids` that the caller may see, ascending. */
const struct error *media_items_visible(
    struct request *req, struct id_list ids, struct rows *items);
const struct error *media_item_visible(struct request *req, int64_t id, struct media_item *item);

/* What the caller stores, with what is reserved for uploads that are not complete but this one
 * (0: for all of them), in bytes. */
const struct error *media_used(struct db *db, int64_t owner, int64_t upload, int64_t *used);

/* Within a transaction: */
const struct error *media_item_insert(struct db *db, const struct media_item *item, int64_t *id);
const struct error *media_item_lock(
    struct db *db, struct arena *arena, int64_t id, struct media_item *item);
/* Whether a message or a post shows it, it stands for somebody, or is a sticker. */
const struct error *media_item_in_use(struct db *db, int64_t id, bool *used);
const struct error *media_item_delete(struct db *db, int64_t id);
const struct error *media_item_set_thumbnail(
    struct db *db, int64_t id, const char *hash, const char *type, int64_t size);
const struct error *media_item_set_preview(
    struct db *db, int64_t id, const char *hash, const char *type, int64_t size);
/* Serialises what one person stores, so that a quota holds. */
const struct error *media_owner_lock(struct db *db, int64_t owner);

#endif
