/* Rows of media and of contents that go, in this order: a content is locked after its owner. */
#include "media_removal.h"
#include "media_content.h"
#include "media_store.h"

static const struct field media_removal_fields[] = {
    HIDDEN(struct media_removal, id),
    HIDDEN(struct media_removal, original),
    HIDDEN(struct media_removal, thumbnail),
    HIDDEN(struct media_removal, preview),
};
static const struct record media_removal_record =
    RECORD(struct media_removal, media_removal_fields);

static const char SQL_LOCK[] =
    "SELECT id, original, thumbnail, preview FROM media WHERE id = ? FOR UPDATE";
/* Asked once the row is locked: what is under way has noted its use by then. */
static const char SQL_STILL_UNUSED[] =
    "SELECT 1 FROM media WHERE id = ? AND created_at < ? AND NOT " MEDIA_IS_USED;
static const char SQL_DELETE[] = "DELETE FROM media WHERE id = ?";

const struct error *media_remove(struct db *db, struct arena *arena, int64_t id, int64_t before,
    struct media_removal *media, bool *removed)
{
	const struct error *error =
	    db_one(db, arena, &media_removal_record, media, SQL_LOCK, PARAMS(P(id)));

	*removed = false;
	if (error_is(error, FAIL(NOT_FOUND)))
		return NULL;
	TRY(error);
	TRY(db_exists(db, removed, SQL_STILL_UNUSED, PARAMS(P(id), P(before))));
	if (!*removed)
		return NULL;
	TRY(media_content_drop(db, media->original));
	TRY(media_content_drop(db, media->thumbnail));
	TRY(media_content_drop(db, media->preview));
	return db_exec(db, SQL_DELETE, PARAMS(P(id)));
}

const struct error *media_remove_content(
    struct db *db, struct media_store *store, struct arena *arena, const char *hash, bool *removed)
{
	bool unused;

	*removed = false;
	TRY(media_content_lock_unused(db, hash, &unused));
	if (!unused)
		return NULL;
	TRY(media_store_remove(store, arena, hash));
	*removed = true;
	return media_content_delete(db, hash);
}
