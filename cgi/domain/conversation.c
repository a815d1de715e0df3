/* Conversations: opening direct ones, and their members.  Their heads: conversation_head.c. */
#include "conversation.h"
#include "clock.h"
#include <inttypes.h>
#include <stdio.h>

static const char SQL_FIND_DIRECT[] = "SELECT id FROM conversation WHERE direct_key = ?";

static const char SQL_ADD_DIRECT[] =
    "INSERT INTO conversation (kind, direct_key, created_at, updated_at)"
    " VALUES ('direct', ?, ?, ?)";

static const char SQL_ADD_MEMBER[] =
    "INSERT INTO member (conversation_id, user_id, joined_at) VALUES (?, ?, ?)";

static const char SQL_MEMBERS[] =
    "SELECT user_id FROM member WHERE conversation_id = ? ORDER BY user_id";

static const char SQL_CHANGE_MEMBERS[] =
    "UPDATE conversation SET member_version = member_version + 1 WHERE id = ?";

static const struct error *add_direct(
    struct db *db, int64_t smaller, int64_t larger, const char *key, int64_t *conversation)
{
	int64_t now = clock_wall_ms();

	TRY(db_exec(db, SQL_ADD_DIRECT, PARAMS(P(key), P(now), P(now))));
	*conversation = db_insert_id(db);
	TRY(db_exec(db, SQL_ADD_MEMBER, PARAMS(P(*conversation), P(smaller), P(now))));
	return db_exec(db, SQL_ADD_MEMBER, PARAMS(P(*conversation), P(larger), P(now)));
}

const struct error *conversation_open_direct(
    struct db *db, int64_t user_id, int64_t other_id, int64_t *conversation, bool *created)
{
	int64_t smaller = user_id < other_id ? user_id : other_id;
	int64_t larger = user_id < other_id ? other_id : user_id;
	const struct error *error;
	char buffer[48];
	const char *key = buffer;

	*created = false;
	snprintf(buffer, sizeof(buffer), "%" PRId64 ":%" PRId64, smaller, larger);
	TRY(db_int(db, conversation, SQL_FIND_DIRECT, PARAMS(P(key))));
	if (*conversation != ABSENT)
		return NULL;
	error = add_direct(db, smaller, larger, key, conversation);
	if (error == NULL)
		*created = true;
	/* Somebody else opened it between the two statements. */
	if (error_is(error, FAIL(CONFLICT)))
		return db_int(db, conversation, SQL_FIND_DIRECT, PARAMS(P(key)));
	return error;
}

const struct error *conversation_members(
    struct db *db, struct arena *arena, int64_t conversation, struct id_list *members)
{
	return db_ids(db, arena, members, SQL_MEMBERS, PARAMS(P(conversation)));
}

const struct error *conversation_change_members(struct db *db, int64_t conversation)
{
	return db_exec(db, SQL_CHANGE_MEMBERS, PARAMS(P(conversation)));
}
