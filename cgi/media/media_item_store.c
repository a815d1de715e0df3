/* SQL of media. */
#include "media_content.h"
#include "media_item.h"
#include "moment_rule.h"
#include "sticker_rule.h"

static const struct field media_item_fields[] = {
    OUTPUT(struct media_item, id),
    HIDDEN(struct media_item, owner_id),
    OUTPUT(struct media_item, purpose),
    OUTPUT(struct media_item, type),
    OUTPUT(struct media_item, name),
    OUTPUT(struct media_item, size),
    OUTPUT(struct media_item, width),
    OUTPUT(struct media_item, height),
    OUTPUT(struct media_item, animated),
    OUTPUT(struct media_item, duration_ms),
    OUTPUT(struct media_item, waveform),
    OUTPUT(struct media_item, placeholder),
    HIDDEN(struct media_item, original),
    HIDDEN(struct media_item, thumbnail),
    HIDDEN(struct media_item, thumbnail_type),
    HIDDEN(struct media_item, preview),
    HIDDEN(struct media_item, preview_type),
    HIDDEN(struct media_item, stored_size),
    OUTPUT(struct media_item, created_at),
};
const struct record media_item_record = RECORD(struct media_item, media_item_fields);

#define COLUMNS                                                                          \
	"media.id, media.owner_id, media.purpose, media.type, media.name, media.size,"   \
	" media.width, media.height, media.animated, media.duration_ms, media.waveform," \
	" media.placeholder, media.original, media.thumbnail, media.thumbnail_type,"     \
	" media.preview, media.preview_type, media.stored_size, media.created_at"

/* A message that carries it and that user `?` may read: they are in its conversation, it came after
 * they joined and after what they have cleared, and they have not deleted it for themselves.  As a
 * value and not in EXISTS, of which MariaDB makes an IN, and of that a list of all that is used. */
#define READABLE                                                             \
	"SELECT 1 FROM media_use FORCE INDEX (media)"                        \
	" STRAIGHT_JOIN member FORCE INDEX (PRIMARY)"                        \
	" ON member.conversation_id = media_use.conversation_id"             \
	" AND member.user_id = ?"                                            \
	" AND media_use.seq > GREATEST(member.join_seq, member.cleared_seq)" \
	" LEFT JOIN hidden_message"                                          \
	" ON hidden_message.conversation_id = media_use.conversation_id"     \
	" AND hidden_message.user_id = member.user_id"                       \
	" AND hidden_message.seq = media_use.seq"                            \
	" WHERE media_use.media_id = media.id AND hidden_message.seq IS NULL"

/* A post that shows it, and that user `?` sees; whose cover it is that user `?` sees. */
#define POSTED                                                           \
	"SELECT STRAIGHT_JOIN 1 FROM moment_media FORCE INDEX (media)"   \
	" JOIN user viewer ON viewer.id = ? JOIN moment ON moment.id = " \
	"moment_media.moment_id" MOMENT_JOINS                            \
	" WHERE moment_media.media_id = media.id AND" MOMENT_VISIBLE
#define COVERING                                                              \
	"SELECT STRAIGHT_JOIN 1 FROM moment_cover FORCE INDEX (media)"        \
	" JOIN user viewer ON viewer.id = ? JOIN user author ON author.id = " \
	"moment_cover.user_id" AUTHOR_JOINS                                   \
	" WHERE moment_cover.media_id = media.id AND" COVER_VISIBLE
/* A sticker that is at the hand of user `?`, `?`. */
#define STICKER                                     \
	"SELECT 1 FROM sticker FORCE INDEX (media)" \
	" WHERE sticker.media_id = media.id AND " STICKER_AT_HAND

static const char SQL_GET[] = "SELECT " COLUMNS " FROM media WHERE id = ?";
static const char SQL_LOCK[] = "SELECT " COLUMNS " FROM media WHERE id = ? FOR UPDATE";
static const char SQL_VISIBLE[] =
    "SELECT " COLUMNS " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
    " STRAIGHT_JOIN media FORCE INDEX (PRIMARY) ON media.id = wanted.id"
    " WHERE media.owner_id = ? OR (" READABLE " LIMIT 1) IS NOT NULL"
    " OR (" POSTED " LIMIT 1) IS NOT NULL OR (" COVERING " LIMIT 1) IS NOT NULL"
    " OR (" STICKER " LIMIT 1) IS NOT NULL OR " MEDIA_IS_AVATAR " ORDER BY media.id";
static const char SQL_USED[] =
    "SELECT CAST(COALESCE((SELECT SUM(stored_size) FROM media WHERE owner_id = ?), 0)"
    " + COALESCE((SELECT SUM(size) FROM media_upload"
    " WHERE owner_id = ? AND media_id IS NULL AND id <> ?), 0) AS SIGNED)";
static const char SQL_INSERT[] =
    "INSERT INTO media (owner_id, purpose, type, name, size, width, height, animated,"
    " duration_ms, waveform, placeholder, original, thumbnail, thumbnail_type, preview,"
    " preview_type, stored_size, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char SQL_DELETE[] = "DELETE FROM media WHERE id = ?";
static const char SQL_SET_THUMBNAIL[] =
    "UPDATE media SET thumbnail = ?, thumbnail_type = ?, stored_size = stored_size + ?"
    " WHERE id = ?";
static const char SQL_SET_PREVIEW[] =
    "UPDATE media SET preview = ?, preview_type = ?, stored_size = stored_size + ? WHERE id = ?";
static const char SQL_USED_ANYWHERE[] = "SELECT 1 FROM media WHERE id = ? AND " MEDIA_IS_USED;
static const char SQL_OWNER_LOCK[] = "SELECT id FROM user WHERE id = ? FOR UPDATE";

const struct error *media_item_get(struct request *req, int64_t id, struct media_item *item)
{
	return db_one(req->db, req->arena, &media_item_record, item, SQL_GET, PARAMS(P(id)));
}

const struct error *media_item_own(struct request *req, int64_t id, struct media_item *item)
{
	TRY(media_item_get(req, id, item));
	return item->owner_id == req->user_id ? NULL : FAIL(NOT_FOUND);
}

const struct error *media_items_visible(struct request *req, struct id_list ids, struct rows *items)
{
	return db_rows(req->db, req->arena, &media_item_record, items, SQL_VISIBLE,
	    PARAMS(P(json_ids(req->arena, ids.ids, ids.count)), P(req->user_id), P(req->user_id),
		P(req->user_id), P(req->user_id), P(req->user_id), P(req->user_id)));
}

const struct error *media_item_visible(struct request *req, int64_t id, struct media_item *item)
{
	struct rows items;

	TRY(media_items_visible(req, (struct id_list){&id, 1}, &items));
	if (items.count == 0)
		return FAIL(NOT_FOUND);
	*item = *ROW(struct media_item, &items, 0);
	return NULL;
}

const struct error *media_used(struct db *db, int64_t owner, int64_t upload, int64_t *used)
{
	return db_int(db, used, SQL_USED, PARAMS(P(owner), P(owner), P(upload)));
}

const struct error *media_item_insert(struct db *db, const struct media_item *item, int64_t *id)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(item->owner_id), P(item->purpose), P(item->type), P(item->name), P(item->size),
		P(item->width), P(item->height), P(item->animated), P(item->duration_ms),
		P(item->waveform), P(item->placeholder), P(item->original), P(item->thumbnail),
		P(item->thumbnail_type), P(item->preview), P(item->preview_type),
		P(item->stored_size), P(item->created_at))));
	*id = db_insert_id(db);
	return NULL;
}

const struct error *media_item_lock(
    struct db *db, struct arena *arena, int64_t id, struct media_item *item)
{
	return db_one(db, arena, &media_item_record, item, SQL_LOCK, PARAMS(P(id)));
}

const struct error *media_item_in_use(struct db *db, int64_t id, bool *used)
{
	return db_exists(db, used, SQL_USED_ANYWHERE, PARAMS(P(id)));
}

const struct error *media_item_delete(struct db *db, int64_t id)
{
	return db_exec(db, SQL_DELETE, PARAMS(P(id)));
}

const struct error *media_item_set_thumbnail(
    struct db *db, int64_t id, const char *hash, const char *type, int64_t size)
{
	return db_exec(db, SQL_SET_THUMBNAIL, PARAMS(P(hash), P(type), P(size), P(id)));
}

const struct error *media_item_set_preview(
    struct db *db, int64_t id, const char *hash, const char *type, int64_t size)
{
	return db_exec(db, SQL_SET_PREVIEW, PARAMS(P(hash), P(type), P(size), P(id)));
}

const struct error *media_owner_lock(struct db *db, int64_t owner)
{
	int64_t id;

	return db_int(db, &id, SQL_OWNER_LOCK, PARAMS(P(owner)));
}
