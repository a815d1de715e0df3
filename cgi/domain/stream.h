/* Rows that the programs themselves append to a conversation's stream ("you are friends now").
 * People's messages go through chat's send queue; both number rows the same way. */
#ifndef HICHAT_STREAM_H
#define HICHAT_STREAM_H

#include "request.h"

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
};
extern const struct record message_record;
#define MESSAGE_COLUMNS                                                             \
	"message.conversation_id, message.seq, message.ordinal, message.sender_id," \
	" message.client_key, message.kind, message.body, message.reply_to,"        \
	" COALESCE(message.mentions, '[]') AS mentions,"                            \
	" message.created_at, message.edited_at, message.recalled_at"

/* For a record of `type` that has a message as its `member`, and a statement that selects it
 * beside other columns; the message's seq is absent when an outer join found none. */
#define MESSAGE_FIELDS(type, member)                                                               \
	HIDDEN(type, member.conversation_id), HIDDEN(type, member.seq),                            \
	    HIDDEN(type, member.ordinal), HIDDEN(type, member.sender_id),                          \
	    HIDDEN(type, member.client_key), HIDDEN(type, member.kind), HIDDEN(type, member.body), \
	    HIDDEN(type, member.reply_to), HIDDEN(type, member.mentions),                          \
	    HIDDEN(type, member.created_at), HIDDEN(type, member.edited_at),                       \
	    HIDDEN(type, member.recalled_at)
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
	" message.recalled_at AS `" member ".recalled_at`"

enum stream_weight {
	STREAM_QUIET,  /* nobody has to be told: counts for no badge, leaves the list's order alone
			*/
	STREAM_COUNTED /* like a message: unread until it is read */
};

/* Inside a transaction: locks the conversation row, numbers and inserts one row of kind "system"
 * from `actor_id`.  One that counts moves the actor's read position.  *message is what was
 * stored. */
const struct error *stream_append_system(struct db *db, struct arena *arena, int64_t conversation,
    int64_t actor_id, struct json_text body, enum stream_weight weight, struct message *message);

/* {"event":"message", …}: the live event of a stored row, as a child without a parent yet. */
struct json_object *stream_event(const struct message *message);

#endif
