/* Conversations and their heads: the `C` of the API. */
#ifndef HICHAT_CONVERSATION_H
#define HICHAT_CONVERSATION_H

#include "request.h"

/* In a statement that has `member` and its `conversation`: the join condition of `peer`, the other
 * member of a direct one.  The key itself is NULL for groups, because a condition beside it would
 * be asked of each of their members. */
#define CONVERSATION_PEER                                                                       \
	" peer.conversation_id = CASE conversation.kind WHEN 'direct' THEN conversation.id END" \
	" AND peer.user_id <> member.user_id "
/* The join condition of `friendship` with that peer: only a friend is told how far somebody has
 * read, or that they are writing, and nobody across a block. */
#define CONVERSATION_CONFIDANT                                                         \
	" friendship.user_id = member.user_id AND friendship.friend_id = peer.user_id" \
	" AND NOT EXISTS (SELECT 1 FROM block WHERE block.user_id = member.user_id"    \
	" AND block.blocked_id = peer.user_id)"                                        \
	" AND NOT EXISTS (SELECT 1 FROM block WHERE block.user_id = peer.user_id"      \
	" AND block.blocked_id = member.user_id) "

/* Inside a transaction: the direct conversation of two people, made when there is none.
 * Both become (or stay) members. */
const struct error *conversation_open_direct(
    struct db *db, int64_t user_id, int64_t other_id, int64_t *conversation, bool *created);

/* Ascending, in the arena; none when there is no such conversation. */
const struct error *conversation_members(
    struct db *db, struct arena *arena, int64_t conversation, struct id_list *members);

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
