/* SQL of stored contents. */
#include "media_content.h"
#include "clock.h"

static const struct field media_content_fields[] = {
    HIDDEN(struct media_content, hash),
    HIDDEN(struct media_content, size),
    HIDDEN(struct media_content, users),
};
const struct record media_content_record = RECORD(struct media_content, media_content_fields);

static const char SQL_TAKE[] =
    "INSERT INTO media_content (hash, size, users, unused_since) VALUES (?, ?, 1, NULL)"
    " ON DUPLICATE KEY UPDATE users = users + 1, unused_since = NULL";
static const char SQL_DROP[] =
    "UPDATE media_content SET unused_since = CASE users WHEN 1 THEN ? END, users = users - 1"
    " WHERE hash = ? AND users > 0";
static const char SQL_ADOPT[] =
    "INSERT IGNORE INTO media_content (hash, size, users, unused_since) VALUES (?, ?, 0, ?)";
static const char SQL_UNUSED[] =
    "SELECT hash, size, users FROM media_content WHERE unused_since < ?"
    " ORDER BY unused_since LIMIT ?";
static const char SQL_PAGE[] =
    "SELECT hash, size, users FROM media_content WHERE hash > ? ORDER BY hash LIMIT ?";
static const char SQL_KNOWN[] = "SELECT 1 FROM media_content WHERE hash = ? FOR UPDATE";
static const char SQL_LOCK_UNUSED[] =
    "SELECT 1 FROM media_content WHERE hash = ? AND users = 0 FOR UPDATE";
static const char SQL_DELETE[] = "DELETE FROM media_content WHERE hash = ?";

const struct error *media_content_take(struct db *db, const char *hash, int64_t size)
{
	return db_exec(db, SQL_TAKE, PARAMS(P(hash), P(size)));
}

const struct error *media_content_drop(struct db *db, const char *hash)
{
	if (hash == NULL)
		return NULL;
	return db_exec(db, SQL_DROP, PARAMS(P(clock_wall_ms()), P(hash)));
}

const struct error *media_content_adopt(struct db *db, const char *hash, int64_t size)
{
	return db_exec(db, SQL_ADOPT, PARAMS(P(hash), P(size), P(clock_wall_ms())));
}

const struct error *media_content_unused(
    struct db *db, struct arena *arena, int64_t before, int64_t limit, struct rows *contents)
{
	return db_rows(
	    db, arena, &media_content_record, contents, SQL_UNUSED, PARAMS(P(before), P(limit)));
}

const struct error *media_content_page(
    struct db *db, struct arena *arena, const char *after, int64_t limit, struct rows *contents)
{
	return db_rows(
	    db, arena, &media_content_record, contents, SQL_PAGE, PARAMS(P(after), P(limit)));
}

const struct error *media_content_known(struct db *db, const char *hash, bool *known)
{
	return db_exists(db, known, SQL_KNOWN, PARAMS(P(hash)));
}

const struct error *media_content_lock_unused(struct db *db, const char *hash, bool *unused)
{
	return db_exists(db, unused, SQL_LOCK_UNUSED, PARAMS(P(hash)));
}

const struct error *media_content_delete(struct db *db, const char *hash)
{
	return db_exec(db, SQL_DELETE, PARAMS(P(hash)));
}
