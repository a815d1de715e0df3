/* Friendships as other parts of the system ask for them. */
#include "friendship.h"
#include "conversation.h"
#include <inttypes.h>
#include <stdio.h>

static const char SQL_EXISTS[] = "SELECT 1 FROM friendship WHERE user_id = ? AND friend_id = ?";

static const char SQL_IDS[] =
    "SELECT friend_id FROM friendship WHERE user_id = ? ORDER BY friend_id";

static const char SQL_NEAR_IDS[] =
    "SELECT friend_id FROM friendship"
    " LEFT JOIN block own ON own.user_id = friendship.user_id"
    " AND own.blocked_id = friendship.friend_id"
    " LEFT JOIN block theirs ON theirs.user_id = friendship.friend_id"
    " AND theirs.blocked_id = friendship.user_id"
    " WHERE friendship.user_id = ? AND own.user_id IS NULL AND theirs.user_id IS NULL"
    " ORDER BY friend_id";

static const char SQL_LOCK_CONVERSATION[] =
    "SELECT id FROM conversation WHERE direct_key = ? FOR UPDATE";

static const char SQL_LOCK_PERSON[] = "SELECT deleted_at IS NULL FROM user WHERE id = ? FOR UPDATE";

static const char SQL_END[] = "DELETE FROM friendship WHERE (user_id = ? AND friend_id = ?)"
			      " OR (user_id = ? AND friend_id = ?)";

static const struct error *lock_person(struct db *db, int64_t user_id, bool *living)
{
	int64_t lives;

	TRY(db_int(db, &lives, SQL_LOCK_PERSON, PARAMS(P(user_id))));
	if (lives != 1)
		*living = false;
	return NULL;
}

const struct error *friendship_lock(
    struct db *db, int64_t one, int64_t other, int64_t *conversation, bool *living)
{
	/* Always in the same order, or two crossing requests would wait for each other. */
	int64_t smaller = one < other ? one : other, larger = one < other ? other : one;
	char key[48];

	*living = true;
	snprintf(key, sizeof(key), "%" PRId64 ":%" PRId64, smaller, larger);
	TRY(db_int(db, conversation, SQL_LOCK_CONVERSATION, PARAMS(P((const char *)key))));
	TRY(lock_person(db, smaller, living));
	return lock_person(db, larger, living);
}

const struct error *friendship_end(
    struct db *db, int64_t one, int64_t other, int64_t conversation, bool *existed)
{
	TRY(db_exec(db, SQL_END, PARAMS(P(one), P(other), P(other), P(one))));
	*existed = db_affected(db) > 0;
	return *existed && conversation != ABSENT ? conversation_change_members(db, conversation)
						  : NULL;
}

const struct error *friendship_exists(
    struct db *db, int64_t user_id, int64_t friend_id, bool *exists)
{
	return db_exists(db, exists, SQL_EXISTS, PARAMS(P(user_id), P(friend_id)));
}

const struct error *friendship_ids(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends)
{
	return db_ids(db, arena, friends, SQL_IDS, PARAMS(P(user_id)));
}

const struct error *friendship_near_ids(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list *friends)
{
	return db_ids(db, arena, friends, SQL_NEAR_IDS, PARAMS(P(user_id)));
}
