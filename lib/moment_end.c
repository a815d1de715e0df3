/* SQL of what is left of a post. */
#include "moment_end.h"
#include "clock.h"

static const char SQL_ERASE[] =
    "UPDATE moment SET text = '', client_key = NULL, deleted_at = ? WHERE id = ?";

/* Friends of an earlier time may keep the number of a post that is gone. */
static const char SQL_ERASE_FEEDS[] =
    "DELETE moment_feed FROM moment STRAIGHT_JOIN friendship"
    " ON friendship.user_id = moment.author_id"
    " STRAIGHT_JOIN moment_feed ON moment_feed.user_id = friendship.friend_id"
    " AND moment_feed.moment_id = moment.id WHERE moment.id = ?";
static const char SQL_ERASE_OWN[] =
    "DELETE moment_feed FROM moment STRAIGHT_JOIN moment_feed"
    " ON moment_feed.user_id = moment.author_id AND moment_feed.moment_id = moment.id"
    " WHERE moment.id = ?";
static const char SQL_ERASE_LIKES[] = "DELETE FROM moment_like WHERE moment_id = ?";
static const char SQL_ERASE_COMMENTS[] = "DELETE FROM moment_comment WHERE moment_id = ?";
static const char SQL_ERASE_LISTED[] = "DELETE FROM moment_listed WHERE moment_id = ?";
static const char SQL_ERASE_MEDIA[] = "DELETE FROM moment_media WHERE moment_id = ?";
static const char SQL_ERASE_TAGS[] = "DELETE FROM moment_hidden_tag WHERE moment_id = ?";
static const char SQL_ERASE_MUTES[] = "DELETE FROM moment_mute WHERE moment_id = ?";
static const char SQL_ERASE_NOTIFICATIONS[] = "DELETE FROM moment_notification WHERE moment_id = ?";

const struct error *moment_erase(struct db *db, int64_t id)
{
	static const char *const parts[] = {SQL_ERASE_FEEDS, SQL_ERASE_OWN, SQL_ERASE_LIKES,
	    SQL_ERASE_COMMENTS, SQL_ERASE_MEDIA, SQL_ERASE_LISTED, SQL_ERASE_TAGS, SQL_ERASE_MUTES,
	    SQL_ERASE_NOTIFICATIONS};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		TRY(db_exec(db, parts[i], PARAMS(P(id))));
	return db_exec(db, SQL_ERASE, PARAMS(P(clock_wall_ms()), P(id)));
}
