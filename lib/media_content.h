/* Which contents are stored, and how many rows of `media` name each: what is written here and what
 * is in the media store go together.  A file has its name before its row is committed, and loses
 * it before its row does, under the lock of the row; so a kill leaves at worst a file that nothing
 * names, which media_content_adopt() puts on the way to being collected. */
#ifndef HICHAT_MEDIA_CONTENT_H
#define HICHAT_MEDIA_CONTENT_H

#include "db.h"

/* A condition on `media`: it stands for somebody. */
#define MEDIA_IS_AVATAR                                                              \
	"(media.purpose = 'avatar' AND ("                                            \
	"EXISTS (SELECT 1 FROM user WHERE user.avatar = CONCAT('media:', media.id))" \
	" OR EXISTS (SELECT 1 FROM chat_group"                                       \
	" WHERE chat_group.avatar = CONCAT('media:', media.id))))"

/* A condition on `media`: it is the picture of a sticker. */
#define MEDIA_IS_STICKER "EXISTS (SELECT 1 FROM sticker WHERE sticker.media_id = media.id)"

/* A condition on `media`: something shows it, so that it stays. */
#define MEDIA_IS_USED                                                                    \
	"(EXISTS (SELECT 1 FROM media_use WHERE media_use.media_id = media.id)"          \
	" OR EXISTS (SELECT 1 FROM moment_media WHERE moment_media.media_id = media.id)" \
	" OR EXISTS (SELECT 1 FROM moment_cover WHERE moment_cover.media_id = media.id)" \
	" OR " MEDIA_IS_AVATAR " OR " MEDIA_IS_STICKER ")"

struct media_content {
	const char *hash;
	int64_t size;
	int64_t users;
};
extern const struct record media_content_record;

/* Within a transaction, before the file gets its name: one more row names it.  Locks its row. */
const struct error *media_content_take(struct db *db, const char *hash, int64_t size);
/* Within a transaction: one row less names it.  NULL: it names none. */
const struct error *media_content_drop(struct db *db, const char *hash);

/* For a file without a row: so that it is unused from now on. */
const struct error *media_content_adopt(struct db *db, const char *hash, int64_t size);

/* Those that were unused before `before` (ms), at most `limit`. */
const struct error *media_content_unused(
    struct db *db, struct arena *arena, int64_t before, int64_t limit, struct rows *contents);
/* Ascending by hash, those after `after`. */
const struct error *media_content_page(
    struct db *db, struct arena *arena, const char *after, int64_t limit, struct rows *contents);
/* Waits for whoever is just writing it. */
const struct error *media_content_known(struct db *db, const char *hash, bool *known);

/* Within a transaction: locks the row if it is still unused; *unused false when it is not. */
const struct error *media_content_lock_unused(struct db *db, const char *hash, bool *unused);
const struct error *media_content_delete(struct db *db, const char *hash);

#endif
