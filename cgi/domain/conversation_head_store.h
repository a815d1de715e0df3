/* The SQL of heads. */
#ifndef HICHAT_CONVERSATION_HEAD_STORE_H
#define HICHAT_CONVERSATION_HEAD_STORE_H

#include "request.h"
#include "stream.h"

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
extern const struct record head_group_record;

/* What its member began to write, on whatever device. */
struct head_draft {
	const char *text; /* NULL: there is none */
	int64_t reply_to;
	int64_t updated_at; /* or when it was cleared; 0: never */
};
extern const struct record head_draft_record;

/* The group, the draft, the last message and the card of the peer are nested in JSON, flat in
 * SQL. */
struct conversation_head {
	int64_t user_id; /* whose head it is */
	int64_t id;
	const char *kind;
	int64_t last_seq;
	int64_t unread;
	int64_t mentioned;	     /* unread messages that mention this member, or everybody */
	struct id_list mention_seqs; /* the first of them, ascending */
	int64_t read_seq;
	int64_t unread_from; /* rows above this one may be unread */
	int64_t cleared_seq;
	int64_t peer_id;
	bool read_receipts;    /* its members, or both people, may tell each other what they read */
	int64_t peer_receipts; /* the other one sends them; ABSENT: may not be known of */
	int64_t peer_read_seq;
	int64_t peer_delivered_seq;
	bool pinned;
	bool notify;
	bool hidden;
	bool marked_unread;
	struct head_draft draft;
	int64_t updated_at;
	struct head_group group; /* its id is absent in a direct conversation */
	struct message last;	 /* its seq is absent when there is nothing to show */
};
extern const struct record conversation_head_record;

/* What the user has not hidden, latest first. */
const struct error *heads_of_user(
    struct db *db, struct arena *arena, int64_t user_id, struct rows *heads);

/* One conversation as those of `users` who are members see it, in no order. */
const struct error *heads_of_conversation(struct db *db, struct arena *arena, int64_t conversation,
    struct id_list users, struct rows *heads);

#endif
