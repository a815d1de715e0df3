/* SQL of stickers. */
#include "clock.h"
#include "sticker.h"
#include "sticker_rule.h"

#define RECENT "24"

static const struct field sticker_pack_fields[] = {
    OUTPUT(struct sticker_pack, id),
    OUTPUT(struct sticker_pack, name),
    OUTPUT(struct sticker_pack, title),
    OUTPUT(struct sticker_pack, author),
    OUTPUT(struct sticker_pack, licence),
};
const struct record sticker_pack_record = RECORD(struct sticker_pack, sticker_pack_fields);

static const struct field sticker_fields[] = {
    OUTPUT(struct sticker, id),
    OUTPUT(struct sticker, pack_id),
    HIDDEN(struct sticker, owner_id),
    OUTPUT(struct sticker, media_id),
    OUTPUT(struct sticker, emoji),
    OUTPUT(struct sticker, keywords),
    OUTPUT(struct sticker, width),
    OUTPUT(struct sticker, height),
    OUTPUT(struct sticker, animated),
};
const struct record sticker_record = RECORD(struct sticker, sticker_fields);

#define COLUMNS                                                            \
	"sticker.id, sticker.pack_id, sticker.owner_id, sticker.media_id," \
	" sticker.emoji, sticker.keywords, media.width, media.height, media.animated"
#define WITH_MEDIA " STRAIGHT_JOIN media FORCE INDEX (PRIMARY) ON media.id = sticker.media_id"

static const char SQL_PACKS[] =
    "SELECT id, name, title, author, licence FROM sticker_pack FORCE INDEX (position)"
    " WHERE position >= 0 ORDER BY position, id";
static const char SQL_PACKED[] =
    "SELECT " COLUMNS " FROM sticker_pack FORCE INDEX (position)"
    " STRAIGHT_JOIN sticker FORCE INDEX (pack_file) ON sticker.pack_id = sticker_pack.id" WITH_MEDIA
    " WHERE sticker_pack.position >= 0"
    " ORDER BY sticker_pack.position, sticker_pack.id, sticker.position";
static const char SQL_OWN[] =
    "SELECT " COLUMNS " FROM sticker FORCE INDEX (owner)" WITH_MEDIA
    " WHERE sticker.owner_id = ? AND sticker.removed_at IS NULL ORDER BY sticker.id DESC";
static const char SQL_FAVOURITE[] =
    "SELECT " COLUMNS " FROM sticker_favourite FORCE INDEX (latest)"
    " STRAIGHT_JOIN sticker FORCE INDEX (PRIMARY)"
    " ON sticker.id = sticker_favourite.sticker_id" WITH_MEDIA
    " WHERE sticker_favourite.user_id = ?"
    " ORDER BY sticker_favourite.created_at DESC, sticker_favourite.sticker_id DESC";
static const char SQL_RECENT[] =
    "SELECT " COLUMNS " FROM sticker_recent FORCE INDEX (latest)"
    " STRAIGHT_JOIN sticker FORCE INDEX (PRIMARY) ON sticker.id = "
    "sticker_recent.sticker_id" WITH_MEDIA " WHERE sticker_recent.user_id = ? AND " STICKER_AT_HAND
    " ORDER BY sticker_recent.used_at DESC, sticker_recent.sticker_id DESC LIMIT " RECENT;

static const char SQL_GET[] =
    "SELECT " COLUMNS " FROM sticker FORCE INDEX (PRIMARY)" WITH_MEDIA " WHERE sticker.id = ?";
static const char SQL_HOLD[] = "SELECT id FROM sticker WHERE id = ? FOR UPDATE";
static const char SQL_INSERT[] =
    "INSERT INTO sticker (owner_id, media_id, emoji, keywords, position, created_at)"
    " VALUES (?, ?, COALESCE(?, ''), '[]', 0, ?)";
static const char SQL_SAME[] =
    "SELECT sticker.id FROM sticker FORCE INDEX (owner)" WITH_MEDIA
    " WHERE sticker.owner_id = ? AND sticker.removed_at IS NULL AND media.original = ? LIMIT 1";
static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM sticker WHERE owner_id = ? AND removed_at IS NULL";
static const char SQL_MARK_REMOVED[] = "UPDATE sticker SET removed_at = ? WHERE id = ?";
static const char SQL_UNWANTED[] =
    "SELECT 1 FROM sticker WHERE id = ? AND removed_at IS NOT NULL"
    " AND (SELECT 1 FROM sticker_favourite WHERE sticker_id = sticker.id LIMIT 1) IS NULL";
static const char SQL_FORGET_RECENT[] = "DELETE FROM sticker_recent WHERE sticker_id = ?";
static const char SQL_DELETE[] = "DELETE FROM sticker WHERE id = ?";
static const char SQL_FAVOURITES_COUNT[] =
    "SELECT COUNT(*) FROM sticker_favourite WHERE user_id = ? AND sticker_id <> ?";
static const char SQL_FAVOURITE_INSERT[] =
    "INSERT IGNORE INTO sticker_favourite (user_id, sticker_id, created_at) VALUES (?, ?, ?)";
static const char SQL_FAVOURITE_DELETE[] =
    "DELETE FROM sticker_favourite WHERE user_id = ? AND sticker_id = ?";

static const struct error *list(
    struct request *req, struct rows *rows, const char *sql, struct params params)
{
	return db_rows(req->db, req->arena, &sticker_record, rows, sql, params);
}

const struct error *sticker_packs(struct request *req, struct rows *packs)
{
	return db_rows(req->db, req->arena, &sticker_pack_record, packs, SQL_PACKS, NO_PARAMS);
}

const struct error *stickers_packed(struct request *req, struct rows *stickers)
{
	return list(req, stickers, SQL_PACKED, NO_PARAMS);
}

const struct error *stickers_own(struct request *req, struct rows *stickers)
{
	return list(req, stickers, SQL_OWN, PARAMS(P(req->user_id)));
}

const struct error *stickers_favourite(struct request *req, struct rows *stickers)
{
	return list(req, stickers, SQL_FAVOURITE, PARAMS(P(req->user_id)));
}

const struct error *stickers_recent(struct request *req, struct rows *stickers)
{
	return list(
	    req, stickers, SQL_RECENT, PARAMS(P(req->user_id), P(req->user_id), P(req->user_id)));
}

const struct error *sticker_get(
    struct db *db, struct arena *arena, int64_t id, struct sticker *sticker)
{
	return db_one(db, arena, &sticker_record, sticker, SQL_GET, PARAMS(P(id)));
}

const struct error *sticker_hold(struct db *db, int64_t id)
{
	int64_t held;

	TRY(db_int(db, &held, SQL_HOLD, PARAMS(P(id))));
	return held != ABSENT ? NULL : FAIL(NOT_FOUND);
}

const struct error *sticker_insert(
    struct db *db, int64_t owner, const struct sticker_draft *draft, int64_t *id)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(owner), P(draft->media_id), P(draft->emoji), P(clock_wall_ms()))));
	*id = db_insert_id(db);
	return NULL;
}

const struct error *sticker_same(struct db *db, int64_t owner, const char *content, int64_t *id)
{
	return db_int(db, id, SQL_SAME, PARAMS(P(owner), P(content)));
}

const struct error *stickers_count(struct db *db, int64_t owner, int64_t *count)
{
	return db_int(db, count, SQL_COUNT, PARAMS(P(owner)));
}

const struct error *sticker_mark_removed(struct db *db, int64_t id)
{
	return db_exec(db, SQL_MARK_REMOVED, PARAMS(P(clock_wall_ms()), P(id)));
}

const struct error *sticker_drop_unwanted(struct db *db, int64_t id)
{
	bool unwanted;

	TRY(db_exists(db, &unwanted, SQL_UNWANTED, PARAMS(P(id))));
	if (!unwanted)
		return NULL;
	TRY(db_exec(db, SQL_FORGET_RECENT, PARAMS(P(id))));
	return db_exec(db, SQL_DELETE, PARAMS(P(id)));
}

const struct error *favourites_count(struct db *db, int64_t user, int64_t sticker, int64_t *count)
{
	return db_int(db, count, SQL_FAVOURITES_COUNT, PARAMS(P(user), P(sticker)));
}

const struct error *favourite_insert(struct db *db, int64_t user, int64_t sticker)
{
	return db_exec(db, SQL_FAVOURITE_INSERT, PARAMS(P(user), P(sticker), P(clock_wall_ms())));
}

const struct error *favourite_delete(struct db *db, int64_t user, int64_t sticker)
{
	return db_exec(db, SQL_FAVOURITE_DELETE, PARAMS(P(user), P(sticker)));
}
