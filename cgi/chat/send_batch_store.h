/* The SQL of a batch of sends, in two round trips.  Between them the transaction stays open
 * and holds the locks; whoever does not write ends it with db_rollback(). */
#ifndef HICHAT_SEND_BATCH_STORE_H
#define HICHAT_SEND_BATCH_STORE_H

#include "stream.h"

/* A conversation that the batch has locked; its numbers move with every draft taken. */
struct send_locked {
	int64_t id;
	int64_t last_seq;
	int64_t last_ordinal;
};

/* What the database knows of one draft; no row at all for somebody who is no member. */
struct send_standing {
	int64_t draft; /* 1 … */
	int64_t floor; /* its sender sees what is above */
	int64_t peer_id;
	bool friends;
	struct message stored; /* under this client key; its seq is absent when there is none */
};

/* Where a conversation and one of its senders stand after the batch. */
struct send_advance {
	int64_t conversation_id;
	int64_t last_seq;
	int64_t last_ordinal;
	int64_t sender_id;
	int64_t read_seq;
	int64_t read_ordinal;
	int64_t updated_at;
};
extern const struct record send_advance_record;

/* Begins the transaction and locks the conversations, whose ids ascend, so that two batches
 * cannot wait for each other.  *locked: rows of struct send_locked, ascending; *standings: rows
 * of struct send_standing for `messages`, in no order. */
const struct error *send_batch_read(struct db *db, struct arena *arena,
    const struct id_list *conversations, const struct rows *messages, struct rows *locked,
    struct rows *standings);

/* Inserts the messages, moves the positions, commits. */
const struct error *send_batch_write(
    struct db *db, struct arena *arena, const struct rows *messages, const struct rows *advances);

#endif
