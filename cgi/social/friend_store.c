/* SQL of friendships. */
#include "friend_store.h"
#include "clock.h"
#include "friendship.h"
#include <inttypes.h>
#include <string.h>

static const struct field friend_fields[] = {
    HIDDEN(struct friend, friend_id),
    OUTPUT(struct friend, remark),
    OUTPUT(struct friend, tags),
    OUTPUT(struct friend, since),
    OUTPUT(struct friend, last_seen_at),
    HIDDEN(struct friend, apart),
};
const struct record friend_record = RECORD(struct friend, friend_fields);

/* Neither sees the other come and go while a block stands between them, or one of them hides it. */
#define APART                                                     \
	"COALESCE(own.created_at, theirs.created_at) IS NOT NULL" \
	" OR user.shows_presence = 0 OR self.shows_presence = 0"

#define SELECT                                                                               \
	"SELECT friendship.friend_id, friendship.remark, friendship.tags, friendship.since," \
	" " APART " AS apart, CASE WHEN " APART " THEN NULL ELSE user.last_seen_at END"      \
	" AS last_seen_at FROM friendship JOIN user ON user.id = friendship.friend_id"       \
	" JOIN user self ON self.id = friendship.user_id"                                    \
	" LEFT JOIN block own ON own.user_id = friendship.user_id"                           \
	" AND own.blocked_id = friendship.friend_id"                                         \
	" LEFT JOIN block theirs ON theirs.user_id = friendship.friend_id"                   \
	" AND theirs.blocked_id = friendship.user_id"

static const char SQL_INSERT[] =
    "INSERT INTO friendship (user_id, friend_id, remark, since) VALUES (?, ?, ?, ?)"
    " ON DUPLICATE KEY UPDATE since = since";

static const char SQL_FIND_CONVERSATION[] = "SELECT id FROM conversation WHERE direct_key = ?";

static const char SQL_LOCK_CONVERSATIONS[] =
    "SELECT conversation.id FROM (SELECT DISTINCT id FROM"
    " JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) given ORDER BY id) wanted"
    " STRAIGHT_JOIN conversation ON conversation.id = wanted.id FOR UPDATE";

static const char SQL_SET[] = "UPDATE friendship SET remark = COALESCE(?, remark),"
			      " tags = COALESCE(?, tags) WHERE user_id = ? AND friend_id = ?";

static const char SQL_LOAD[] = SELECT " WHERE friendship.user_id = ? AND friendship.friend_id = ?";

static const char SQL_PAGE[] = SELECT " WHERE friendship.user_id = ? AND friendship.friend_id > ?"
				      " ORDER BY friendship.friend_id LIMIT ?";

const struct error *friend_lock_pair(
    struct db *db, int64_t one, int64_t other, int64_t *conversation)
{
	bool living;

	TRY(friendship_lock(db, one, other, conversation, &living));
	return living ? NULL : FAIL(NOT_FOUND);
}

const struct error *friend_lock_pair_in(struct db *db, struct arena *arena, int64_t one,
    int64_t other, struct id_list groups, int64_t *conversation)
{
	int64_t smaller = one < other ? one : other, larger = one < other ? other : one;
	int64_t *ids = arena_array(arena, groups.count + 1, sizeof(*ids));
	size_t count = groups.count;
	struct id_list locked;

	if (count > 0) {
		memcpy(ids, groups.ids, count * sizeof(*ids));
		TRY(db_int(db, conversation, SQL_FIND_CONVERSATION,
		    PARAMS(P(arena_printf(arena, "%" PRId64 ":%" PRId64, smaller, larger)))));
		if (*conversation != ABSENT)
			ids[count++] = *conversation;
		TRY(db_ids(db, arena, &locked, SQL_LOCK_CONVERSATIONS,
		    PARAMS(P(json_ids(arena, ids, count)))));
	}
	return friend_lock_pair(db, one, other, conversation);
}

const struct error *friend_insert_pair(struct db *db, int64_t one, const char *one_calls_other,
    int64_t other, const char *other_calls_one)
{
	int64_t now = clock_wall_ms();

	TRY(db_exec(db, SQL_INSERT, PARAMS(P(one), P(other), P(one_calls_other), P(now))));
	return db_exec(db, SQL_INSERT, PARAMS(P(other), P(one), P(other_calls_one), P(now)));
}

const struct error *friend_set(
    struct db *db, int64_t user_id, int64_t friend_id, const char *remark, const char *tags)
{
	return db_exec(db, SQL_SET, PARAMS(P(remark), P(tags), P(user_id), P(friend_id)));
}

const struct error *friend_load(struct request *req, int64_t friend_id, struct friend *entry)
{
	return db_one(req->db, req->arena, &friend_record, entry, SQL_LOAD,
	    PARAMS(P(req->user_id), P(friend_id)));
}

const struct error *friend_page(
    struct request *req, int64_t after, int64_t limit, struct rows *page)
{
	return db_rows(req->db, req->arena, &friend_record, page, SQL_PAGE,
	    PARAMS(P(req->user_id), P(after), P(limit)));
}
