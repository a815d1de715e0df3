/* What the person has posted, and what they have said and liked below the posts of others. */
#include "erasing_step.h"
#include "moment_end.h"

static const char SQL_POSTS[] =
    "SELECT id FROM moment WHERE author_id = ? AND deleted_at IS NULL ORDER BY id LIMIT 50"
    " FOR UPDATE";

/* Reports stay, with the reporter's id, which names nobody any more, and without what was posted.
 */
static const struct sweep sweeps[] = {
    {"UPDATE moment STRAIGHT_JOIN moment_report ON moment_report.moment_id = moment.id"
     " SET moment_report.text = '' WHERE moment.author_id = ?",
	1, false},
    {"DELETE moment_notification FROM (SELECT moment_id FROM moment_like WHERE author_id = ?"
     " ORDER BY moment_id LIMIT " ERASING_PAGE ") liked STRAIGHT_JOIN moment_notification"
     " ON moment_notification.moment_id = liked.moment_id"
     " AND moment_notification.author_id = ? AND moment_notification.comment_id IS NULL",
	2, false},
    {"DELETE FROM moment_like WHERE author_id = ? ORDER BY moment_id LIMIT " ERASING_PAGE, 1, true},
    {"DELETE moment_notification FROM (SELECT id, moment_id FROM moment_comment"
     " WHERE author_id = ? ORDER BY id LIMIT " ERASING_PAGE ") said"
     " STRAIGHT_JOIN moment_notification ON moment_notification.moment_id = said.moment_id"
     " AND moment_notification.author_id = ? AND moment_notification.comment_id = said.id",
	2, false},
    {"DELETE FROM moment_comment WHERE author_id = ? ORDER BY id LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM moment_feed WHERE user_id = ? LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM moment_notification WHERE user_id = ? LIMIT " ERASING_PAGE, 1, true},
    {"DELETE FROM moment_cover WHERE user_id = ?", 1, false},
};

const struct error *removing_moments(struct db *db, struct erasure *erasure)
{
	struct request *req = erasure->req;
	struct id_list posts;

	TRY(db_ids(db, req->arena, &posts, SQL_POSTS, PARAMS(P(req->user_id))));
	for (size_t i = 0; i < posts.count; i++)
		TRY(moment_erase(db, posts.ids[i]));
	if (posts.count > 0) {
		erasure->more = true;
		return NULL;
	}
	return SWEEP(db, req->user_id, sweeps, &erasure->more);
}
