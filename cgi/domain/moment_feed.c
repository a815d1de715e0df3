/* Feeds as other programs meet them: new friends fill them, and the counters tell of them. */
#include "moment_feed.h"
#include "moment_rule.h"

/* Of earlier friends most is there already. */
static const char SQL_JOIN[] =
    "INSERT INTO moment_feed (user_id, moment_id)"
    " SELECT ?, moment.id FROM moment FORCE INDEX (author_id)"
    " WHERE moment.author_id = ? AND moment.deleted_at IS NULL AND moment.audience <> 'private'"
    " ON DUPLICATE KEY UPDATE moment_feed.moment_id = moment_feed.moment_id";

/* More than anybody is shown need not be counted. */
static const char SQL_UNREAD[] =
    "SELECT COUNT(*) FROM (SELECT STRAIGHT_JOIN 1 FROM user viewer"
    " JOIN moment_notification said ON said.user_id = viewer.id"
    " AND said.id > viewer.moment_notification_read"
    " JOIN moment ON moment.id = said.moment_id" MOMENT_JOINS COMMENT_JOINS
    " WHERE viewer.id = ? AND" MOMENT_VISIBLE " AND" COMMENT_HEARD " LIMIT 100) unread";

static const char SQL_FRESH[] =
    "SELECT STRAIGHT_JOIN 1 FROM user viewer JOIN moment_feed ON moment_feed.user_id = viewer.id"
    " AND moment_feed.moment_id > viewer.moment_seen"
    " JOIN moment ON moment.id = moment_feed.moment_id" MOMENT_JOINS
    " WHERE viewer.id = ? AND moment.author_id <> viewer.id AND" MOMENT_VISIBLE " LIMIT 1";

const struct error *moment_feed_join(struct db *db, int64_t one, int64_t other)
{
	TRY(db_exec(db, SQL_JOIN, PARAMS(P(one), P(other))));
	return db_exec(db, SQL_JOIN, PARAMS(P(other), P(one)));
}

const struct error *moment_feed_unread(struct db *db, int64_t user_id, int64_t *unread)
{
	return db_int(db, unread, SQL_UNREAD, PARAMS(P(user_id)));
}

const struct error *moment_feed_fresh(struct db *db, int64_t user_id, bool *fresh)
{
	return db_exists(db, fresh, SQL_FRESH, PARAMS(P(user_id)));
}
