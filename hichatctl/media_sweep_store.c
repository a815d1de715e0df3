/* SQL of sweeping and checking. */
#include "media_sweep_store.h"
#include "media_content.h"

#define PAGE "500"

#define UNUSED "NOT " MEDIA_IS_USED

static const char SQL_STALE[] =
    "SELECT id FROM media WHERE id > ? AND created_at < ? AND " UNUSED " ORDER BY id LIMIT " PAGE;

static const char SQL_STALE_UPLOADS[] =
    "SELECT id FROM media_upload WHERE created_at < ? ORDER BY created_at LIMIT " PAGE;
static const char SQL_DELETE_UPLOAD[] = "DELETE FROM media_upload WHERE id = ?";

#define NAMED                                                                \
	"(SELECT original AS hash FROM media"                                \
	" UNION ALL SELECT thumbnail FROM media WHERE thumbnail IS NOT NULL" \
	" UNION ALL SELECT preview FROM media WHERE preview IS NOT NULL) named"

static const char SQL_MISCOUNTED[] =
    "SELECT media_content.hash, media_content.size, media_content.users FROM media_content"
    " LEFT JOIN (SELECT hash, COUNT(*) AS users FROM " NAMED " GROUP BY hash) counted"
    " ON counted.hash = media_content.hash"
    " WHERE media_content.users <> COALESCE(counted.users, 0) ORDER BY media_content.hash";
static const char SQL_DANGLING[] =
    "SELECT media.id FROM media"
    " LEFT JOIN media_content original ON original.hash = media.original"
    " LEFT JOIN media_content thumbnail ON thumbnail.hash = media.thumbnail"
    " LEFT JOIN media_content preview ON preview.hash = media.preview"
    " WHERE original.hash IS NULL"
    " OR (media.thumbnail IS NOT NULL AND thumbnail.hash IS NULL)"
    " OR (media.preview IS NOT NULL AND preview.hash IS NULL) ORDER BY media.id";

const struct error *stale_media_ids(
    struct db *db, struct arena *arena, int64_t after, int64_t before, struct id_list *ids)
{
	return db_ids(db, arena, ids, SQL_STALE, PARAMS(P(after), P(before)));
}

const struct error *stale_upload_ids(
    struct db *db, struct arena *arena, int64_t before, struct id_list *ids)
{
	return db_ids(db, arena, ids, SQL_STALE_UPLOADS, PARAMS(P(before)));
}

const struct error *stale_upload_remove(struct db *db, int64_t id)
{
	return db_exec(db, SQL_DELETE_UPLOAD, PARAMS(P(id)));
}

const struct error *miscounted_contents(struct db *db, struct arena *arena, struct rows *contents)
{
	return db_rows(db, arena, &media_content_record, contents, SQL_MISCOUNTED, NO_PARAMS);
}

const struct error *dangling_media_ids(struct db *db, struct arena *arena, struct id_list *ids)
{
	return db_ids(db, arena, ids, SQL_DANGLING, NO_PARAMS);
}
