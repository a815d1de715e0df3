/* Whatever the person has uploaded that no message to others carries: rows, and the files that
 * nobody else has, within the transaction.  Killed in between, a file is gone and its row is not;
 * the next page removes that. */
#include "erasing_step.h"
#include "media_content.h"
#include "media_removal.h"
#include "media_store.h"

static const char SQL_OWN[] =
    "SELECT id FROM media WHERE owner_id = ? AND NOT " MEDIA_IS_USED " ORDER BY id LIMIT 10";

/* What those sent who are erased as well may have been carried by a message to this person last. */
static const char SQL_OF_ERASED[] =
    "SELECT media.id FROM member STRAIGHT_JOIN conversation"
    " ON conversation.id = member.conversation_id AND conversation.kind = 'direct'"
    " STRAIGHT_JOIN member peer ON peer.conversation_id = conversation.id"
    " AND peer.user_id <> member.user_id"
    " STRAIGHT_JOIN user ON user.id = peer.user_id AND user.deleted_at IS NOT NULL"
    " STRAIGHT_JOIN media ON media.owner_id = user.id"
    " WHERE member.user_id = ? AND NOT " MEDIA_IS_USED " LIMIT 10";

static const char SQL_UPLOADS[] =
    "SELECT id FROM media_upload WHERE owner_id = ? ORDER BY id LIMIT 50";
static const char SQL_FORGET_UPLOAD[] = "DELETE FROM media_upload WHERE id = ?";

static const struct error *remove_content(
    struct db *db, const struct erasure *erasure, const char *hash)
{
	struct arena *arena = erasure->req->arena;
	bool removed;

	return hash != NULL ? media_remove_content(db, erasure->store, arena, hash, &removed)
			    : NULL;
}

static const struct error *remove_media(
    struct db *db, const struct erasure *erasure, struct id_list ids)
{
	for (size_t i = 0; i < ids.count; i++) {
		struct media_removal media;
		bool removed;

		TRY(media_remove(db, erasure->req->arena, ids.ids[i], INT64_MAX, &media, &removed));
		if (!removed)
			continue;
		TRY(remove_content(db, erasure, media.original));
		TRY(remove_content(db, erasure, media.thumbnail));
		TRY(remove_content(db, erasure, media.preview));
	}
	return NULL;
}

/* The file before its row, by which it is found. */
static const struct error *remove_uploads(
    struct db *db, const struct erasure *erasure, struct id_list ids)
{
	struct request *req = erasure->req;

	for (size_t i = 0; i < ids.count; i++) {
		media_unstage(req->config, req->arena,
		    arena_printf(req->arena, "upload-%lld", (long long)ids.ids[i]));
		TRY(db_exec(db, SQL_FORGET_UPLOAD, PARAMS(P(ids.ids[i]))));
	}
	return NULL;
}

/* A sticker that others have among their favourites stays theirs, and names nobody. */
const struct error *removing_stickers(struct db *db, struct erasure *erasure)
{
	static const struct sweep sweeps[] = {
	    {"DELETE FROM sticker_recent WHERE user_id = ? LIMIT " ERASING_PAGE, 1, true},
	    {"DELETE sticker FROM sticker_favourite mine STRAIGHT_JOIN sticker"
	     " ON sticker.id = mine.sticker_id AND sticker.removed_at IS NOT NULL"
	     " LEFT JOIN sticker_favourite others"
	     " ON others.sticker_id = sticker.id AND others.user_id <> mine.user_id"
	     " WHERE mine.user_id = ? AND others.user_id IS NULL",
		1, false},
	    {"DELETE FROM sticker_favourite WHERE user_id = ? LIMIT " ERASING_PAGE, 1, true},
	    {"DELETE FROM sticker WHERE owner_id = ? AND NOT EXISTS (SELECT 1"
	     " FROM sticker_favourite WHERE sticker_favourite.sticker_id = sticker.id)"
	     " LIMIT " ERASING_PAGE,
		1, true},
	    {"UPDATE sticker SET removed_at = created_at WHERE owner_id = ?"
	     " AND removed_at IS NULL",
		1, false},
	};

	return SWEEP(db, erasure->req->user_id, sweeps, &erasure->more);
}

const struct error *removing_media(struct db *db, struct erasure *erasure)
{
	static const struct {
		const char *sql;
		const struct error *(*remove)(
		    struct db *db, const struct erasure *erasure, struct id_list ids);
	} kinds[] = {
	    {SQL_UPLOADS, remove_uploads},
	    {SQL_OWN, remove_media},
	    {SQL_OF_ERASED, remove_media},
	};
	struct request *req = erasure->req;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct id_list ids;

		TRY(db_ids(db, req->arena, &ids, kinds[i].sql, PARAMS(P(req->user_id))));
		if (ids.count == 0)
			continue;
		erasure->more = true;
		return kinds[i].remove(db, erasure, ids);
	}
	return NULL;
}
