/* Rows that the programs themselves append to a conversation's stream: what happened ("you are
 * friends now"), and changes of other rows.  People's messages go through chat's send queue; both
 * number rows the same way. */
#ifndef HICHAT_STREAM_H
#define HICHAT_STREAM_H

#include "request.h"

#define STREAM_SYSTEM "system"
/* Changes: their bodies name the row that they change, their `target`. */
#define STREAM_EDIT "edit"
#define STREAM_RECALL "recall"
#define STREAM_REACTION "reaction"
#define STREAM_PIN "pin"

/* A row of the stream, as it is stored, answered and delivered. */
struct message {
	int64_t conversation_id;
	int64_t seq;
	int64_t ordinal; /* how many readable rows there are up to this one */
	int64_t sender_id;
	const char *client_key;
	const char *kind;
	struct json_text body; /* absent after a recall */
	int64_t reply_to;
	struct json_text mentions; /* a list of user ids, maybe empty */
	int64_t created_at;
	int64_t edited_at;
	int64_t recalled_at;
	int64_t changed_seq; /* of the latest change to this row */
	int64_t pinned_at;
	struct json_text reactions; /* a list, maybe empty; see message_view.h */
	bool hidden;		    /* by the person who is shown it */
};
extern const struct record message_record;
#define MESSAGE_COLUMNS                                                             \
	"message.conversation_id, message.seq, message.ordinal, message.sender_id," \
	" message.client_key, message.kind, message.body, message.reply_to,"        \
	" COALESCE(message.mentions, '[]') AS mentions,"                            \
	" message.created_at, message.edited_at, message.recalled_at,"              \
	" message.changed_seq, message.pinned_at,"                                  \
	" COALESCE(message.reactions, '[]') AS reactions"

/* A join and a column for who is shown `message`: what they have hidden from themselves, and edits
 * of it, whose rows have the text as well.  `user` is a column or a parameter. */
#define MESSAGE_HIDDEN "hidden_message.seq IS NOT NULL AS hidden"
#define MESSAGE_HIDDEN_FROM(user)                                         \
	" LEFT JOIN hidden_message"                                       \
	" ON hidden_message.conversation_id = message.conversation_id"    \
	" AND hidden_message.user_id = " user " AND hidden_message.seq =" \
	" CASE message.kind WHEN '" STREAM_EDIT "'"                       \
	" THEN CAST(JSON_EXTRACT(message.body, '$.target') AS SIGNED)"    \
	" ELSE message.seq END"

/* For a record of `type` that has a message as its `member`, and a statement that selects it
 * beside other columns; the message's seq is absent when an outer join found none. */
#define MESSAGE_FIELDS(type, member)                                                               \
	HIDDEN(type, member.conversation_id), HIDDEN(type, member.seq),                            \
	    HIDDEN(type, member.ordinal), HIDDEN(type, member.sender_id),                          \
	    HIDDEN(type, member.client_key), HIDDEN(type, member.kind), HIDDEN(type, member.body), \
	    HIDDEN(type, member.reply_to), HIDDEN(type, member.mentions),                          \
	    HIDDEN(type, member.created_at), HIDDEN(type, member.edited_at),                       \
	    HIDDEN(type, member.recalled_at), HIDDEN(type, member.changed_seq),                    \
	    HIDDEN(type, member.pinned_at), HIDDEN(type, member.reactions),                        \
	    HIDDEN(type, member.hidden)
#define MESSAGE_COLUMNS_AS(member)                                    \
	"message.conversation_id AS `" member ".conversation_id`,"    \
	" message.seq AS `" member ".seq`,"                           \
	" message.ordinal AS `" member ".ordinal`,"                   \
	" message.sender_id AS `" member ".sender_id`,"               \
	" message.client_key AS `" member ".client_key`,"             \
	" message.kind AS `" member ".kind`,"                         \
	" message.body AS `" member ".body`,"                         \
	" message.reply_to AS `" member ".reply_to`,"                 \
	" COALESCE(message.mentions, '[]') AS `" member ".mentions`," \
	" message.created_at AS `" member ".created_at`,"             \
	" message.edited_at AS `" member ".edited_at`,"               \
	" message.recalled_at AS `" member ".recalled_at`,"           \
	" message.changed_seq AS `" member ".changed_seq`,"           \
	" message.pinned_at AS `" member ".pinned_at`,"               \
	" COALESCE(message.reactions, '[]') AS `" member ".reactions`"

enum stream_weight {
	STREAM_QUIET,  /* nobody has to be told: counts for no badge, leaves the list's order alone
			*/
	STREAM_COUNTED /* like a message: unread until it is read */
};

/* Inside a transaction: locks the conversation row, numbers and inserts one row of this kind from
 * `actor_id`.  One that counts moves the actor's read position.  *message is what was stored. */
const struct error *stream_append(struct db *db, struct arena *arena, int64_t conversation,
    int64_t actor_id, const char *kind, struct json_text body, enum stream_weight weight,
    struct message *message);

/* {"event":"message", …}: the live event of a stored row, as a child without a parent yet. */
struct json_object *stream_event(const struct message *message);

#endif
