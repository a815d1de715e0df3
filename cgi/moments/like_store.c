/* SQL of likes. */
#include "like_store.h"
#include "clock.h"
#include "moment_rule.h"

static const char SQL_ADD[] =
    "INSERT INTO moment_like (moment_id, author_id, created_at) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE created_at = created_at";

static const char SQL_REMOVE[] = "DELETE FROM moment_like WHERE moment_id = ? AND author_id = ?";

static const char SQL_REMOVE_NOTIFICATION[] =
    "DELETE FROM moment_notification"
    " WHERE moment_id = ? AND author_id = ? AND comment_id IS NULL";

static const char SQL_PAGE[] =
    "SELECT STRAIGHT_JOIN said.author_id FROM user viewer JOIN moment ON moment.id = ?"
    " JOIN moment_like said ON said.moment_id = moment.id" SAID_JOINS
    " WHERE viewer.id = ? AND said.author_id > ? AND" LIKE_HEARD " ORDER BY said.author_id LIMIT ?";

const struct error *like_add(struct db *db, int64_t post_id, int64_t user_id, bool *added)
{
	TRY(db_exec(db, SQL_ADD, PARAMS(P(post_id), P(user_id), P(clock_wall_ms()))));
	*added = db_affected(db) > 0;
	return NULL;
}

const struct error *like_remove(struct db *db, int64_t post_id, int64_t user_id)
{
	TRY(db_exec(db, SQL_REMOVE_NOTIFICATION, PARAMS(P(post_id), P(user_id))));
	return db_exec(db, SQL_REMOVE, PARAMS(P(post_id), P(user_id)));
}

const struct error *like_page(
    struct request *req, int64_t post_id, int64_t after, int64_t limit, struct id_list *users)
{
	return db_ids(req->db, req->arena, users, SQL_PAGE,
	    PARAMS(P(post_id), P(req->user_id), P(after), P(limit)));
}
