/* The rule of who sees what of moments, asked for single things. */
#include "moment_rule.h"

static const char SQL_VISIBLE[] =
    "SELECT STRAIGHT_JOIN 1 FROM user viewer JOIN moment ON moment.id = ?" MOMENT_JOINS
    " WHERE viewer.id = ? AND" MOMENT_VISIBLE;

static const char SQL_HEARD[] =
    "SELECT STRAIGHT_JOIN 1 FROM user viewer JOIN moment_comment said ON said.id = ?"
    " JOIN moment ON moment.id = said.moment_id" COMMENT_JOINS
    " WHERE viewer.id = ? AND" COMMENT_HEARD;

static const char SQL_VIEWERS[] =
    "SELECT STRAIGHT_JOIN viewer.id FROM moment JOIN friendship circle"
    " ON circle.user_id = moment.author_id"
    " JOIN user viewer ON viewer.id = circle.friend_id" MOMENT_JOINS
    " WHERE moment.id = ? AND" MOMENT_VISIBLE " ORDER BY circle.friend_id";

const struct error *moment_visible(
    struct db *db, int64_t viewer_id, int64_t moment_id, bool *visible)
{
	return db_exists(db, visible, SQL_VISIBLE, PARAMS(P(moment_id), P(viewer_id)));
}

const struct error *moment_comment_heard(
    struct db *db, int64_t viewer_id, int64_t comment_id, bool *heard)
{
	return db_exists(db, heard, SQL_HEARD, PARAMS(P(comment_id), P(viewer_id)));
}

const struct error *moment_viewers(
    struct db *db, struct arena *arena, int64_t moment_id, struct id_list *viewers)
{
	return db_ids(db, arena, viewers, SQL_VIEWERS, PARAMS(P(moment_id)));
}
