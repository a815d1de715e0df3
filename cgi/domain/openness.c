/* What people show of themselves, in SQL. */
#include "openness.h"

static const struct field openness_fields[] = {
    OUTPUT(struct openness, sends_read_receipts),
    OUTPUT(struct openness, shows_presence),
    OUTPUT(struct openness, sends_typing),
};
static const struct record openness_record = RECORD(struct openness, openness_fields);

static const char SQL_LOAD[] = "SELECT sends_read_receipts, shows_presence, sends_typing"
			       " FROM user WHERE id = ? AND deleted_at IS NULL";

static const char SQL_PRESENCE_BETWEEN[] =
    "SELECT 1 FROM user one STRAIGHT_JOIN user other ON other.id = ? AND other.shows_presence = 1"
    " WHERE one.id = ? AND one.shows_presence = 1";

#define NEAR_FRIENDS(setting)                                                            \
	"SELECT friendship.friend_id FROM friendship"                                    \
	" STRAIGHT_JOIN user ON user.id = friendship.friend_id AND user." setting " = 1" \
	" LEFT JOIN block own ON own.user_id = friendship.user_id"                       \
	" AND own.blocked_id = friendship.friend_id"                                     \
	" LEFT JOIN block theirs ON theirs.user_id = friendship.friend_id"               \
	" AND theirs.blocked_id = friendship.user_id"                                    \
	" WHERE friendship.user_id = ? AND own.user_id IS NULL"                          \
	" AND theirs.user_id IS NULL ORDER BY friendship.friend_id"

static const char SQL_PRESENT_FRIENDS[] = NEAR_FRIENDS("shows_presence");
static const char SQL_RECEIPT_FRIENDS[] = NEAR_FRIENDS("sends_read_receipts");

static const char SQL_APART[] =
    "SELECT DISTINCT wanted.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
    " STRAIGHT_JOIN user ON user.id = wanted.id"
    " LEFT JOIN block theirs ON theirs.user_id = wanted.id AND theirs.blocked_id = ?"
    " LEFT JOIN block own ON own.user_id = ? AND own.blocked_id = wanted.id"
    " WHERE theirs.user_id IS NOT NULL OR own.user_id IS NOT NULL OR user.shows_presence = 0"
    " OR EXISTS (SELECT 1 FROM user self WHERE self.id = ? AND self.shows_presence = 0)"
    " ORDER BY wanted.id";

const struct error *openness_load(
    struct db *db, struct arena *arena, int64_t user_id, struct openness *openness)
{
	const struct error *error =
	    db_one(db, arena, &openness_record, openness, SQL_LOAD, PARAMS(P(user_id)));

	if (!error_is(error, FAIL(NOT_FOUND)))
		return error;
	*openness = (struct openness){false, false, false};
	return NULL;
}

const struct error *openness_presence_between(
    struct db *db, int64_t one, int64_t other, bool *visible)
{
	return db_exists(db, visible, SQL_PRESENCE_BETWEEN, PARAMS(P(other), P(one)));
}

const struct error *openness_present_friends(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends)
{
	return db_ids(db, arena, friends, SQL_PRESENT_FRIENDS, PARAMS(P(user_id)));
}

const struct error *openness_receipt_friends(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends)
{
	return db_ids(db, arena, friends, SQL_RECEIPT_FRIENDS, PARAMS(P(user_id)));
}

const struct error *openness_apart(struct db *db, struct arena *arena, int64_t user_id,
    struct id_list users, struct id_list *apart)
{
	return db_ids(db, arena, apart, SQL_APART,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(user_id), P(user_id), P(user_id)));
}
