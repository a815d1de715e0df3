/* The SQL of heads.
 *
 * What a head costs depends neither on how long its conversation is nor on how many take part:
 * every table is looked up by its key, for a row or two. */
#include "conversation_head_store.h"
#include "conversation.h"
#include <stdlib.h>

#define MENTIONS_SHOWN "20"

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
const struct record head_group_record = RECORD(struct head_group, group_fields);

static const struct field draft_fields[] = {
    OUTPUT(struct head_draft, text),
    OUTPUT(struct head_draft, reply_to),
    OUTPUT(struct head_draft, updated_at),
};
const struct record head_draft_record = RECORD(struct head_draft, draft_fields);

static const struct field head_fields[] = {
    HIDDEN(struct conversation_head, user_id),
    OUTPUT(struct conversation_head, id),
    OUTPUT(struct conversation_head, kind),
    OUTPUT(struct conversation_head, last_seq),
    OUTPUT(struct conversation_head, unread),
    OUTPUT(struct conversation_head, mentioned),
    OUTPUT(struct conversation_head, read_seq),
    HIDDEN(struct conversation_head, unread_from),
    OUTPUT(struct conversation_head, cleared_seq),
    HIDDEN(struct conversation_head, peer_id),
    OUTPUT(struct conversation_head, read_receipts),
    HIDDEN(struct conversation_head, peer_receipts),
    OUTPUT(struct conversation_head, peer_read_seq),
    OUTPUT(struct conversation_head, peer_delivered_seq),
    OUTPUT(struct conversation_head, pinned),
    OUTPUT(struct conversation_head, notify),
    OUTPUT(struct conversation_head, hidden),
    OUTPUT(struct conversation_head, marked_unread),
    HIDDEN(struct conversation_head, draft.text),
    HIDDEN(struct conversation_head, draft.reply_to),
    HIDDEN(struct conversation_head, draft.updated_at),
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
const struct record conversation_head_record = RECORD(struct conversation_head, head_fields);

/* Whether there is a mention to count, which is one read.  To the server a bound that differs from
 * row to row is none: a count in this statement would read every mention there ever was. */
#define LATEST_MENTION(whom)                                                           \
	"COALESCE((SELECT mention.seq FROM mention"                                    \
	" WHERE mention.conversation_id = conversation.id AND mention.user_id = " whom \
	" ORDER BY mention.seq DESC LIMIT 1), 0)"
#define FLOOR "GREATEST(member.join_seq, member.cleared_seq)"
#define UNREAD_FROM "GREATEST(member.read_seq, " FLOOR ")"
/* clang-format off */
#define MENTIONED \
	"CASE WHEN chat_group.id IS NULL OR conversation.last_ordinal = member.read_ordinal" \
	" THEN 0 ELSE " LATEST_MENTION("member.user_id") " > " UNREAD_FROM \
	" OR " LATEST_MENTION("0") " > " UNREAD_FROM " END"
/* clang-format on */

/* A conversation that one has just got into is as new as one that somebody has just written in. */
#define STANDING_COLUMNS                                                              \
	"member.user_id, conversation.id, conversation.kind, conversation.last_seq,"  \
	" conversation.last_ordinal - member.read_ordinal AS unread,"                 \
	" " MENTIONED " AS mentioned,"                                                \
	" member.read_seq, " UNREAD_FROM " AS unread_from, member.cleared_seq,"       \
	" peer.user_id AS peer_id,"                                                   \
	" self.sends_read_receipts AS read_receipts,"                                 \
	" other.sends_read_receipts AS peer_receipts,"                                \
	" peer.read_seq AS peer_read_seq, peer.delivered_seq AS peer_delivered_seq,"  \
	" member.pinned, member.notify,"                                              \
	" COALESCE(member.hidden_seq >= conversation.last_message_seq, 0) AS hidden," \
	" member.marked_unread, member.draft_text AS `draft.text`,"                   \
	" member.draft_reply_to AS `draft.reply_to`,"                                 \
	" member.draft_updated_at AS `draft.updated_at`,"                             \
	" GREATEST(conversation.updated_at, member.joined_at) AS updated_at"

#define GROUP_COLUMNS                                                                      \
	"chat_group.id AS `group.id`, chat_group.name AS `group.name`,"                    \
	" chat_group.avatar AS `group.avatar`, chat_group.owner_id AS `group.owner_id`,"   \
	" chat_group.join_policy AS `group.join_policy`,"                                  \
	" conversation.mute_all AS `group.mute_all`,"                                      \
	" chat_group.member_count AS `group.member_count`,"                                \
	" chat_group.member_limit AS `group.member_limit`,"                                \
	" chat_group.changed_seq AS `group.changed_seq`,"                                  \
	" chat_group.dissolved_at AS `group.dissolved_at`, member.role AS `group.role`,"   \
	" member.nickname AS `group.nickname`, member.muted_until AS `group.muted_until`," \
	" COALESCE(chat_group.announcement <> ''"                                          \
	" AND chat_group.announced_at > member.announcement_read, 0)"                      \
	" AS `group.announcement_unread`"

#define COLUMNS                                       \
	"SELECT " STANDING_COLUMNS ", " GROUP_COLUMNS \
	", " MESSAGE_COLUMNS_AS("last") ","           \
					" hidden_message.seq IS NOT NULL AS `last.hidden`"

/* clang-format off */
#define JOINS \
	" STRAIGHT_JOIN conversation ON conversation.id = member.conversation_id" \
	" LEFT JOIN chat_group ON chat_group.id =" \
	" CASE conversation.kind WHEN 'group' THEN conversation.id END" \
	CONVERSATION_PEER CONVERSATION_READING \
	" LEFT JOIN message ON message.conversation_id = conversation.id" \
	" AND message.seq = conversation.last_message_seq" \
	" AND message.seq > " FLOOR \
	MESSAGE_HIDDEN_FROM("member.user_id")
/* clang-format on */

/* In no order: the server would put all of it, with the messages, into a table on disk first. */
static const char SQL_OF_USER[] =
    COLUMNS " FROM member" JOINS " WHERE member.user_id = ?"
	    " AND COALESCE(member.hidden_seq < conversation.last_message_seq, 1)";

static const char SQL_OF_CONVERSATION[] =
    COLUMNS " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
	    " STRAIGHT_JOIN member ON member.conversation_id = ?"
	    " AND member.user_id = wanted.id" JOINS;

struct mention {
	int64_t seq;
	int64_t count; /* of all of them */
};

static const struct field mention_fields[] = {
    OUTPUT(struct mention, seq),
    OUTPUT(struct mention, count),
};
static const struct record mention_record = RECORD(struct mention, mention_fields);

/* One that names both somebody and everybody is one.  Each of the two lists is in order already:
 * what is sorted is no more than the first of both. */
#define MENTIONS_OF(whom)                                                        \
	"(SELECT seq FROM mention WHERE conversation_id = ? AND user_id = " whom \
	" AND seq > ? ORDER BY seq LIMIT " MENTIONS_SHOWN ")"

static const char SQL_MENTIONS[] =
    "SELECT seq, (SELECT COUNT(DISTINCT seq) FROM mention"
    " WHERE conversation_id = ? AND user_id IN (?, 0) AND seq > ?) AS count"
    " FROM (" MENTIONS_OF("?") " UNION " MENTIONS_OF("0") ") unread"
							  " ORDER BY seq LIMIT " MENTIONS_SHOWN;

static struct db_step step_of_mentions(
    struct arena *arena, const struct conversation_head *head, struct rows *mentions)
{
	const struct param params[] = {
	    P(head->id),
	    P(head->user_id),
	    P(head->unread_from),
	    P(head->id),
	    P(head->user_id),
	    P(head->unread_from),
	    P(head->id),
	    P(head->unread_from),
	};

	return (struct db_step){SQL_MENTIONS,
	    {arena_copy(arena, params, sizeof(params)), sizeof(params) / sizeof(params[0])},
	    &mention_record, mentions};
}

static void take_mentions(
    struct arena *arena, struct conversation_head *head, const struct rows *mentions)
{
	int64_t *seqs = arena_array(arena, mentions->count, sizeof(*seqs));

	for (size_t i = 0; i < mentions->count; i++)
		seqs[i] = ROW(struct mention, mentions, i)->seq;
	head->mentioned = mentions->count > 0 ? ROW(struct mention, mentions, 0)->count : 0;
	head->mention_seqs = (struct id_list){seqs, mentions->count};
}

/* In one round trip, however many conversations have something that names this member. */
static const struct error *read_mentions(struct db *db, struct arena *arena, struct rows *heads)
{
	struct db_step *steps = arena_array(arena, heads->count, sizeof(*steps));
	struct rows *mentions = arena_array(arena, heads->count, sizeof(*mentions));
	size_t count = 0;

	for (size_t i = 0; i < heads->count; i++) {
		const struct conversation_head *head = ROW(struct conversation_head, heads, i);

		if (head->mentioned != 0) {
			steps[count] = step_of_mentions(arena, head, &mentions[count]);
			count++;
		}
	}
	TRY(db_run(db, arena, steps, count));
	for (size_t i = 0, next = 0; i < heads->count; i++) {
		struct conversation_head *head = ROW(struct conversation_head, heads, i);

		if (head->mentioned != 0)
			take_mentions(arena, head, &mentions[next++]);
	}
	return NULL;
}

/* What two people may not know of each other, see CONVERSATION_PEER, they are not told. */
static void settle_reading(struct conversation_head *head)
{
	bool near = head->peer_receipts != ABSENT;

	if (head->peer_id != ABSENT)
		head->read_receipts = head->read_receipts && head->peer_receipts == 1;
	if (!near)
		head->peer_delivered_seq = 0;
	if (!near || !head->read_receipts)
		head->peer_read_seq = 0;
}

static const struct error *complete(struct db *db, struct arena *arena, struct rows *heads)
{
	for (size_t i = 0; i < heads->count; i++)
		settle_reading(ROW(struct conversation_head, heads, i));
	return read_mentions(db, arena, heads);
}

static int latest_first(const void *left, const void *right)
{
	const struct conversation_head *one = left, *other = right;

	if (one->updated_at != other->updated_at)
		return one->updated_at < other->updated_at ? 1 : -1;
	return (one->id < other->id) - (one->id > other->id);
}

const struct error *heads_of_user(
    struct db *db, struct arena *arena, int64_t user_id, struct rows *heads)
{
	TRY(db_rows(db, arena, &conversation_head_record, heads, SQL_OF_USER, PARAMS(P(user_id))));
	if (heads->count > 0)
		qsort(heads->items, heads->count, sizeof(struct conversation_head), latest_first);
	return complete(db, arena, heads);
}

const struct error *heads_of_conversation(struct db *db, struct arena *arena, int64_t conversation,
    struct id_list users, struct rows *heads)
{
	TRY(db_rows(db, arena, &conversation_head_record, heads, SQL_OF_CONVERSATION,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(conversation))));
	return complete(db, arena, heads);
}
