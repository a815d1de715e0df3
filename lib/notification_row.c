/* SQL of adding a notification.
 *
 * An id is given out when a row is inserted and seen when it is committed, and what is inserted
 * earlier may be committed later.  As ids are positions ("read up to", "after"), each insertion
 * first takes the receiver's turn, a row that it holds until the commit: of one person a larger id
 * is never seen before a smaller one.  The turn is written, not only locked, so that two servers of
 * a cluster cannot both have it. */
#include "notification_row.h"
#include "clock.h"

static const char SQL_TAKE_TURN[] = "INSERT INTO notification_turn (user_id, taken) VALUES (?, 1)"
				    " ON DUPLICATE KEY UPDATE taken = taken + 1";

static const char SQL_ADD[] =
    "INSERT INTO notification (user_id, kind, actor_id, subject, created_at)"
    " VALUES (?, ?, ?, ?, ?)";

const struct error *notification_take_turn(struct db *db, int64_t user_id)
{
	return db_exec(db, SQL_TAKE_TURN, PARAMS(P(user_id)));
}

const struct error *notification_add(struct db *db, int64_t user_id, const char *kind,
    int64_t actor_id, struct json_text subject, int64_t *id)
{
	TRY(notification_take_turn(db, user_id));
	TRY(db_exec(
	    db, SQL_ADD, PARAMS(P(user_id), P(kind), P(actor_id), P(subject), P(clock_wall_ms()))));
	*id = db_insert_id(db);
	return NULL;
}
