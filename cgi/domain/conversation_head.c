/* The heads of conversations, as each member sees them.
 *
 * What a head costs depends neither on how long a conversation is nor on how many take part: every
 * table is looked up by key, and reads a row or two. */
#include "conversation.h"
#include "deliver.h"
#include "stream.h"
#include "user.h"

/* Of a group, as its member sees it in a list of conversations: no long texts. */
struct head_group {
	int64_t id;
	const char *name;
	const char *avatar;
	int64_t owner_id;
	const char *join_policy;
	bool mute_all;
	int64_t member_count;
	int64_t member_limit;
	int64_t changed_seq;
	int64_t dissolved_at;
	const char *role;
	const char *nickname;
	int64_t muted_until;
	bool announcement_unread;
};

static const struct field group_fields[] = {
    OUTPUT(struct head_group, id),
    OUTPUT(struct head_group, name),
    OUTPUT(struct head_group, avatar),
    OUTPUT(struct head_group, owner_id),
    OUTPUT(struct head_group, join_policy),
    OUTPUT(struct head_group, mute_all),
    OUTPUT(struct head_group, member_count),
    OUTPUT(struct head_group, member_limit),
    OUTPUT(struct head_group, changed_seq),
    OUTPUT(struct head_group, dissolved_at),
    OUTPUT(struct head_group, role),
    OUTPUT(struct head_group, nickname),
    OUTPUT(struct head_group, muted_until),
    OUTPUT(struct head_group, announcement_unread),
};
static const struct record group_record = RECORD(struct head_group, group_fields);

/* The group, the last message and the card of the peer are nested in JSON, flat in SQL. */
struct conversation_head {
	int64_t user_id; /* whose head it is */
	int64_t id;
	const char *kind;
	int64_t last_seq;
	int64_t unread;
	int64_t mentioned; /* unread messages that mention this member, or everybody */
	int64_t read_seq;
	int64_t cleared_seq;
	int64_t peer_id;
	int64_t peer_read_seq;
	int64_t peer_delivered_seq;
	bool pinned;
	bool notify;
	bool hidden;
	int64_t updated_at;
	struct head_group group; /* its id is absent in a direct conversation */
	struct message last;	 /* its seq is absent when there is nothing to show */
};

static const struct field head_fields[] = {
    HIDDEN(struct conversation_head, user_id),
    OUTPUT(struct conversation_head, id),
    OUTPUT(struct conversation_head, kind),
    OUTPUT(struct conversation_head, last_seq),
    OUTPUT(struct conversation_head, unread),
    OUTPUT(struct conversation_head, mentioned),
    OUTPUT(struct conversation_head, read_seq),
    OUTPUT(struct conversation_head, cleared_seq),
    HIDDEN(struct conversation_head, peer_id),
    OUTPUT(struct conversation_head, peer_read_seq),
    OUTPUT(struct conversation_head, peer_delivered_seq),
    OUTPUT(struct conversation_head, pinned),
    OUTPUT(struct conversation_head, notify),
    OUTPUT(struct conversation_head, hidden),
    OUTPUT(struct conversation_head, updated_at),
    HIDDEN(struct conversation_head, group.id),
    HIDDEN(struct conversation_head, group.name),
    HIDDEN(struct conversation_head, group.avatar),
    HIDDEN(struct conversation_head, group.owner_id),
    HIDDEN(struct conversation_head, group.join_policy),
    HIDDEN(struct conversation_head, group.mute_all),
    HIDDEN(struct conversation_head, group.member_count),
    HIDDEN(struct conversation_head, group.member_limit),
    HIDDEN(struct conversation_head, group.changed_seq),
    HIDDEN(struct conversation_head, group.dissolved_at),
    HIDDEN(struct conversation_head, group.role),
    HIDDEN(struct conversation_head, group.nickname),
    HIDDEN(struct conversation_head, group.muted_until),
    HIDDEN(struct conversation_head, group.announcement_unread),
    MESSAGE_FIELDS(struct conversation_head, last),
};
static const struct record head_record = RECORD(struct conversation_head, head_fields);

#define FLOOR "GREATEST(member.join_seq, member.cleared_seq)"

/* The rows that name `user` and are unread.  A key in two parts and a bound that differs from row
 * to row: the server reads all that ever named them.  So the latest is asked first, which is one
 * read, and the count is only made where there is something to count. */
#define NAMED(user)                                                     \
	" FROM mention WHERE mention.conversation_id = conversation.id" \
	" AND mention.user_id = " user " "
#define UNREAD_FROM "GREATEST(member.read_seq, " FLOOR ")"
#define LATEST(user) \
	"COALESCE((SELECT mention.seq" NAMED(user) "ORDER BY mention.seq DESC LIMIT 1), 0)"
#define COUNT(user)                                                                                \
	"CASE WHEN conversation.last_ordinal > member.read_ordinal"                                \
	" AND " LATEST(user) " > " UNREAD_FROM                                                     \
			     " THEN (SELECT COUNT(*)" NAMED(user) "AND mention.seq > " UNREAD_FROM \
								  ") ELSE 0 END"
#define MENTIONED COUNT("member.user_id") " + " COUNT("0")

#define GROUP_COLUMNS                                                                      \
	"chat_group.id AS `group.id`, chat_group.name AS `group.name`,"                    \
	" chat_group.avatar AS `group.avatar`, chat_group.owner_id AS `group.owner_id`,"   \
	" chat_group.join_policy AS `group.join_policy`, conversation.mute_all AS"         \
	" `group.mute_all`, chat_group.member_count AS `group.member_count`,"              \
	" chat_group.member_limit AS `group.member_limit`,"                                \
	" chat_group.changed_seq AS `group.changed_seq`,"                                  \
	" chat_group.dissolved_at AS `group.dissolved_at`, member.role AS `group.role`,"   \
	" member.nickname AS `group.nickname`, member.muted_until AS `group.muted_until`," \
	" COALESCE(chat_group.announcement <> ''"                                          \
	" AND chat_group.announced_at > member.announcement_read, 0)"                      \
	" AS `group.announcement_unread`"

/* A conversation that one has just got into is as new as one that somebody has just written in. */
#define HEADS(members)                                                                        \
	"SELECT member.user_id, conversation.id, conversation.kind, conversation.last_seq,"   \
	" conversation.last_ordinal - member.read_ordinal AS unread, " MENTIONED              \
	" AS mentioned, member.read_seq, member.cleared_seq, peer.user_id AS peer_id,"        \
	" CASE WHEN friendship.since IS NULL THEN 0 ELSE peer.read_seq END AS peer_read_seq," \
	" CASE WHEN friendship.since IS NULL THEN 0 ELSE peer.delivered_seq END"              \
	" AS peer_delivered_seq,"                                                             \
	" member.pinned, member.notify,"                                                      \
	" COALESCE(member.hidden_seq >= conversation.last_message_seq, 0) AS hidden,"         \
	" GREATEST(conversation.updated_at, member.joined_at) AS updated_at, " GROUP_COLUMNS  \
	", " MESSAGE_COLUMNS_AS(                                                              \
	    "last") " FROM " members                                                          \
		    " STRAIGHT_JOIN conversation ON conversation.id = member.conversation_id" \
		    " LEFT JOIN chat_group ON chat_group.id ="                                \
		    " CASE conversation.kind WHEN 'group' THEN conversation.id END"           \
		    " LEFT JOIN member peer ON" CONVERSATION_PEER                             \
		    " LEFT JOIN friendship ON" CONVERSATION_CONFIDANT                         \
		    " LEFT JOIN message ON message.conversation_id = conversation.id"         \
		    " AND message.seq = conversation.last_message_seq"                        \
		    " AND message.seq > " FLOOR

static const char SQL_HEADS_OF[] =
    HEADS("JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
	  " STRAIGHT_JOIN member ON member.conversation_id = ? AND member.user_id = wanted.id");

static const char SQL_HEADS[] =
    HEADS("member") " WHERE member.user_id = ?"
		    " AND COALESCE(member.hidden_seq < conversation.last_message_seq, 1)"
		    " ORDER BY updated_at DESC, conversation.id DESC";

static const struct error *peers_of(
    struct request *req, const struct rows *heads, struct rows *peers)
{
	int64_t *ids = arena_array(req->arena, heads->count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < heads->count; i++) {
		int64_t peer = ROW(struct conversation_head, heads, i)->peer_id;

		if (peer != ABSENT)
			ids[count++] = peer;
	}
	*peers = (struct rows){&user_card_record, NULL, 0};
	return count > 0 ? user_cards(req, ids, count, peers) : NULL;
}

static struct json_object *head_json(const struct conversation_head *head, const struct rows *peers)
{
	struct json_object *object = json_record(&head_record, head);
	const struct user_card *peer = user_cards_find(peers, head->peer_id);

	json_set(object, "peer", peer != NULL ? json_record(&user_card_record, peer) : NULL);
	json_set(object, "group",
	    head->group.id != ABSENT ? json_record(&group_record, &head->group) : NULL);
	json_set(object, "last_message",
	    head->last.seq != ABSENT ? json_record(&message_record, &head->last) : NULL);
	return object;
}

/* Those of `users` who are members, in no order. */
static const struct error *heads_of(struct request *req, int64_t conversation, const int64_t *users,
    size_t count, struct rows *heads, struct rows *peers)
{
	TRY(db_rows(req->db, req->arena, &head_record, heads, SQL_HEADS_OF,
	    PARAMS(P(json_ids(req->arena, users, count)), P(conversation))));
	return peers_of(req, heads, peers);
}

const struct error *conversation_head(
    struct request *req, int64_t user_id, int64_t conversation, struct json_object **head)
{
	struct rows heads, peers;

	TRY(heads_of(req, conversation, &user_id, 1, &heads, &peers));
	if (heads.count == 0)
		return FAIL(NOT_MEMBER);
	*head = head_json(ROW(struct conversation_head, &heads, 0), &peers);
	return NULL;
}

const struct error *conversation_heads(
    struct request *req, int64_t user_id, struct json_object **list)
{
	struct rows heads, peers;

	TRY(db_rows(req->db, req->arena, &head_record, &heads, SQL_HEADS, PARAMS(P(user_id))));
	TRY(peers_of(req, &heads, &peers));
	*list = json_child_list();
	for (size_t i = 0; i < heads.count; i++)
		json_append(*list, head_json(ROW(struct conversation_head, &heads, i), &peers));
	return NULL;
}

const struct error *conversation_deliver(
    struct request *req, int64_t conversation, const int64_t *users, size_t count)
{
	struct rows heads, peers;

	TRY(heads_of(req, conversation, users, count, &heads, &peers));
	for (size_t i = 0; i < heads.count; i++) {
		const struct conversation_head *head = ROW(struct conversation_head, &heads, i);
		struct json_object *event = json_new(req->arena);

		json_set_text(event, "event", EVENT_CONVERSATION);
		json_set(event, "conversation", head_json(head, &peers));
		deliver_to(req, &head->user_id, 1, event);
	}
	return NULL;
}
