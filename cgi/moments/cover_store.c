/* SQL of covers. */
#include "cover_store.h"
#include "moment_rule.h"
#include "post_entry.h"

static const char SQL_LOAD[] =
    "SELECT STRAIGHT_JOIN 0 AS moment_id, " POST_MEDIA_DETAILS
    " FROM user viewer JOIN user author ON author.id = ?" AUTHOR_JOINS
    " JOIN moment_cover ON moment_cover.user_id = author.id"
    " JOIN media ON media.id = moment_cover.media_id WHERE viewer.id = ? AND" COVER_VISIBLE;

static const char SQL_HOLD[] = "SELECT 1 FROM media WHERE id = ? AND owner_id = ?"
			       " AND purpose = 'image' LOCK IN SHARE MODE";

static const char SQL_SET[] = "INSERT INTO moment_cover (user_id, media_id) VALUES (?, ?)"
			      " ON DUPLICATE KEY UPDATE media_id = VALUES(media_id)";

static const char SQL_REMOVE[] = "DELETE FROM moment_cover WHERE user_id = ?";

const struct error *cover_load(struct request *req, int64_t user_id, struct rows *cover)
{
	return db_rows(req->db, req->arena, &post_media_record, cover, SQL_LOAD,
	    PARAMS(P(user_id), P(req->user_id)));
}

const struct error *cover_hold(struct db *db, int64_t user_id, int64_t media_id, bool *own)
{
	TRY(post_entry_person(db, user_id));
	return db_exists(db, own, SQL_HOLD, PARAMS(P(media_id), P(user_id)));
}

const struct error *cover_set(struct db *db, int64_t user_id, int64_t media_id)
{
	return db_exec(db, SQL_SET, PARAMS(P(user_id), P(media_id)));
}

const struct error *cover_remove(struct db *db, int64_t user_id)
{
	return db_exec(db, SQL_REMOVE, PARAMS(P(user_id)));
}
