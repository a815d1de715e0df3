/* The SQL of a batch of sends, in two round trips as a rule.  Between them the transaction stays
 * open and holds the locks; whoever does not write ends it with db_rollback(). */
#ifndef HICHAT_SEND_BATCH_STORE_H
#define HICHAT_SEND_BATCH_STORE_H

#include "stream.h"

/* Where a locked conversation stands before the batch. */
struct send_place {
	int64_t id;
	int64_t last_seq;
	int64_t last_ordinal;
	int64_t member_version;
	bool mute_all; /* from here on: of a group */
	bool dissolved;
};

/* What the database knows of one draft; no row at all for somebody who is no member. */
struct send_standing {
	int64_t draft;	 /* its place in the list, from 1 */
	int64_t floor;	 /* its sender sees what is above */
	int64_t peer_id; /* ABSENT: a group */
	bool friends;
	bool blocked;	  /* by either of the two */
	const char *role; /* from here on: of a group */
	int64_t muted_until;
	int64_t stored_seq; /* under this client key; ABSENT when there is none */
};

/* Where a conversation stands after the batch. */
struct send_head {
	int64_t id;
	const char *kind;
	int64_t last_seq;
	int64_t last_ordinal;
	int64_t updated_at;
};
extern const struct record send_head_record;

/* Where one of its senders stands. */
struct send_reader {
	int64_t conversation_id;
	int64_t user_id;
	int64_t read_seq;
	int64_t read_ordinal;
	int64_t joined_at;
};
extern const struct record send_reader_record;

/* Begins the transaction and locks the conversations, whose ids ascend, so that two batches cannot
 * wait for each other; then reads how the drafts stand, none or some messages of which nothing but
 * conversation, sender and client key matter.  A standing is read after the lock was taken, so it
 * is that of everybody who commits later, too.  *places and *standings: rows of struct send_place
 * and struct send_standing, in no order; a conversation that does not exist has none. */
const struct error *send_batch_read(struct db *db, struct arena *arena,
    struct id_list conversations, const struct rows *messages, struct rows *places,
    struct rows *standings);
/* Inside db_transaction(): locks one conversation and reads how one person stands in it; 403
 * not_a_member. */
const struct error *send_batch_lock(struct db *db, struct arena *arena, int64_t conversation,
    int64_t user_id, struct send_place *place, struct send_standing *standing);
/* The same standings, once the conversations are locked. */
const struct error *send_batch_standings(
    struct db *db, struct arena *arena, const struct rows *messages, struct rows *standings);

/* The messages with these numbers, in a locked conversation. */
const struct error *send_batch_stored(
    struct db *db, struct arena *arena, const struct rows *numbers, struct rows *messages);

/* Of a locked group: who belongs to it, ascending. */
const struct error *send_batch_members(
    struct db *db, struct arena *arena, int64_t conversation, struct id_list *members);
/* Somebody named by a message of a locked group. */
struct send_naming {
	int64_t conversation_id;
	int64_t sender_id;
	int64_t user_id;
	const char *group_name;
	bool apart; /* a block stands between the two */
};
/* Fills what is not known of each. */
const struct error *send_batch_naming(
    struct db *db, struct arena *arena, struct send_naming *namings, size_t count);

/* Who of a locked group is named by a message; user 0 is everybody. */
struct send_mention {
	int64_t conversation_id;
	int64_t user_id;
	int64_t seq;
};
const struct error *send_batch_mention(
    struct db *db, struct arena *arena, const struct send_mention *mentions, size_t count);

/* Inserts the messages, moves conversations and senders, commits. */
const struct error *send_batch_write(struct db *db, struct arena *arena,
    const struct rows *messages, const struct rows *heads, const struct rows *readers);

#endif
