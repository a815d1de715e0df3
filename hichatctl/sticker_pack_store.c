/* SQL of sticker packs. */
#include "sticker_pack_store.h"
#include "clock.h"
#include "json.h"

static const struct field pack_line_fields[] = {
    HIDDEN(struct pack_line, id),
    HIDDEN(struct pack_line, name),
    HIDDEN(struct pack_line, title),
    HIDDEN(struct pack_line, stickers),
    HIDDEN(struct pack_line, author),
    HIDDEN(struct pack_line, licence),
};
static const struct record pack_line_record = RECORD(struct pack_line, pack_line_fields);

static const struct field packed_sticker_fields[] = {
    HIDDEN(struct packed_sticker, id),
    HIDDEN(struct packed_sticker, file),
    HIDDEN(struct packed_sticker, content),
};
static const struct record packed_sticker_record =
    RECORD(struct packed_sticker, packed_sticker_fields);

static const char SQL_LINES[] =
    "SELECT id, name, title, author, licence,"
    " (SELECT COUNT(*) FROM sticker WHERE pack_id = sticker_pack.id) AS stickers"
    " FROM sticker_pack ORDER BY position, id";
static const char SQL_INSERT[] =
    "INSERT INTO sticker_pack (name, title, author, licence, position, created_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char SQL_UPDATE[] =
    "UPDATE sticker_pack SET title = ?, author = ?, licence = ?, position = ?, updated_at = ?"
    " WHERE id = ?";
static const char SQL_LOCK[] = "SELECT id FROM sticker_pack WHERE name = ? FOR UPDATE";
static const char SQL_DELETE[] = "DELETE FROM sticker_pack WHERE id = ?";
static const char SQL_PACKED[] =
    "SELECT sticker.id, sticker.file, media.original AS content FROM sticker"
    " STRAIGHT_JOIN media ON media.id = sticker.media_id WHERE sticker.pack_id = ?";
static const char SQL_MEDIA_INSERT[] =
    "INSERT INTO media (owner_id, purpose, type, size, width, height, animated, original,"
    " stored_size, created_at) VALUES (0, 'sticker', ?, ?, ?, ?, ?, ?, ?, ?)";
static const char SQL_PACKED_INSERT[] =
    "INSERT INTO sticker (pack_id, media_id, file, emoji, keywords, position, created_at)"
    " VALUES (?, ?, ?, COALESCE(?, ''), ?, ?, ?)";
static const char SQL_PACKED_UPDATE[] =
    "UPDATE sticker SET media_id = COALESCE(?, media_id), emoji = COALESCE(?, ''), keywords = ?,"
    " position = ? WHERE id = ?";
static const char SQL_PACKED_HOLD[] = "SELECT id FROM sticker WHERE id = ? FOR UPDATE";
static const char SQL_FORGET_FAVOURITE[] = "DELETE FROM sticker_favourite WHERE sticker_id = ?";
static const char SQL_FORGET_RECENT[] = "DELETE FROM sticker_recent WHERE sticker_id = ?";
static const char SQL_PACKED_DELETE[] = "DELETE FROM sticker WHERE id = ?";

static const char *keywords_text(struct arena *arena, const struct manifest_sticker *sticker)
{
	return sticker->keywords.texts != NULL ? json_texts(arena, &sticker->keywords) : "[]";
}

const struct error *pack_lines(struct db *db, struct arena *arena, struct rows *lines)
{
	return db_rows(db, arena, &pack_line_record, lines, SQL_LINES, NO_PARAMS);
}

const struct error *pack_lock(struct db *db, const char *name, int64_t *id)
{
	return db_int(db, id, SQL_LOCK, PARAMS(P(name)));
}

const struct error *pack_put(
    struct db *db, const struct sticker_manifest *manifest, int64_t *id, bool *made)
{
	int64_t now = clock_wall_ms();

	TRY(pack_lock(db, manifest->name, id));
	*made = *id == ABSENT;
	if (!*made)
		return db_exec(db, SQL_UPDATE,
		    PARAMS(P(manifest->title), P(manifest->author), P(manifest->licence),
			P(manifest->position), P(now), P(*id)));
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(manifest->name), P(manifest->title), P(manifest->author), P(manifest->licence),
		P(manifest->position), P(now), P(now))));
	*id = db_insert_id(db);
	return NULL;
}

const struct error *pack_delete(struct db *db, int64_t id)
{
	return db_exec(db, SQL_DELETE, PARAMS(P(id)));
}

const struct error *packed_stickers(
    struct db *db, struct arena *arena, int64_t pack, struct rows *stickers)
{
	return db_rows(db, arena, &packed_sticker_record, stickers, SQL_PACKED, PARAMS(P(pack)));
}

const struct error *pack_media_insert(
    struct db *db, const struct sticker_picture *picture, int64_t *id)
{
	TRY(db_exec(db, SQL_MEDIA_INSERT,
	    PARAMS(P(picture->type), P(picture->content.size), P(picture->width),
		P(picture->height), P(picture->animated), P(picture->content.hash),
		P(picture->content.size), P(clock_wall_ms()))));
	*id = db_insert_id(db);
	return NULL;
}

const struct error *packed_insert(struct db *db, struct arena *arena, int64_t pack,
    const struct manifest_sticker *sticker, int64_t position, int64_t media)
{
	return db_exec(db, SQL_PACKED_INSERT,
	    PARAMS(P(pack), P(media), P(sticker->file), P(sticker->emoji),
		P(keywords_text(arena, sticker)), P(position), P(clock_wall_ms())));
}

const struct error *packed_update(struct db *db, struct arena *arena, int64_t id,
    const struct manifest_sticker *sticker, int64_t position, int64_t media)
{
	return db_exec(db, SQL_PACKED_UPDATE,
	    PARAMS(
		P(media), P(sticker->emoji), P(keywords_text(arena, sticker)), P(position), P(id)));
}

/* Held first, so that nobody makes it a favourite meanwhile. */
const struct error *packed_delete(struct db *db, int64_t id)
{
	int64_t held;

	TRY(db_int(db, &held, SQL_PACKED_HOLD, PARAMS(P(id))));
	TRY(db_exec(db, SQL_FORGET_FAVOURITE, PARAMS(P(id))));
	TRY(db_exec(db, SQL_FORGET_RECENT, PARAMS(P(id))));
	return db_exec(db, SQL_PACKED_DELETE, PARAMS(P(id)));
}
