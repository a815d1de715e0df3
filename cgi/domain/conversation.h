/* Conversations and their heads: the `C` of the API. */
#ifndef HICHAT_CONVERSATION_H
#define HICHAT_CONVERSATION_H

#include "request.h"

/* Joins, for a statement that has `member` and its `conversation`: in a direct one the other member
 * as `peer`, and `friendship` with them if they may know of each other how far they have read and
 * that they are writing: friends without a block between them.  In a group neither has a row.  The
 * key of `peer` itself is NULL there: a condition beside it would be asked of every member. */
#define CONVERSATION_PEER                                                                \
	" LEFT JOIN member peer ON peer.conversation_id ="                               \
	" CASE conversation.kind WHEN 'direct' THEN conversation.id END"                 \
	" AND peer.user_id <> member.user_id"                                            \
	" LEFT JOIN block own FORCE INDEX (PRIMARY) ON own.user_id = member.user_id"     \
	" AND own.blocked_id = peer.user_id"                                             \
	" LEFT JOIN block theirs FORCE INDEX (PRIMARY) ON theirs.user_id = peer.user_id" \
	" AND theirs.blocked_id = member.user_id"                                        \
	" LEFT JOIN friendship ON friendship.user_id = member.user_id"                   \
	" AND friendship.friend_id = peer.user_id"                                       \
	" AND own.user_id IS NULL AND theirs.user_id IS NULL "

/* Further joins: whether one sends read receipts, and whether the other one does, who has a row
 * only if they may know of each other. */
#define CONVERSATION_READING                                   \
	" STRAIGHT_JOIN user self ON self.id = member.user_id" \
	" LEFT JOIN user other ON other.id = friendship.friend_id "

/* Inside a transaction: the direct conversation of two people, made when there is none.
 * Both become (or stay) members. */
const struct error *conversation_open_direct(
    struct db *db, int64_t user_id, int64_t other_id, int64_t *conversation, bool *created);

/* Ascending, in the arena; none when there is no such conversation. */
const struct error *conversation_members(
    struct db *db, struct arena *arena, int64_t conversation, struct id_list *members);

/* Inside a transaction, before or after what it does to members of this conversation: who belongs
 * to it, their roles and mutes, and between two people friendship and blocks.  Locks it, and moves
 * member_version, by which the programs that send know whether what they remember is still true. */
const struct error *conversation_change_members(struct db *db, int64_t conversation);

/* C as `user_id` sees it, as a child without a parent yet; 403 not_a_member. */
const struct error *conversation_head(
    struct request *req, int64_t user_id, int64_t conversation, struct json_object **head);
/* All that this user has not hidden, latest first: a list without a parent yet. */
const struct error *conversation_heads(
    struct request *req, int64_t user_id, struct json_object **heads);

/* After the commit: {"event":"conversation","conversation":C} to each of those who are members,
 * with their own C. */
const struct error *conversation_deliver(
    struct request *req, int64_t conversation, const int64_t *users, size_t count);

#endif
