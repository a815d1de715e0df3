/* The SQL of receipts. */
#ifndef HICHAT_RECEIPT_STORE_H
#define HICHAT_RECEIPT_STORE_H

#include "receipt.h"

/* Where the caller stands in one conversation. */
struct position {
	int64_t conversation_id;
	const char *kind; /* of the conversation, as is last_seq */
	int64_t last_seq;
	int64_t delivered_seq;
	int64_t read_seq;
	int64_t read_ordinal;
	int64_t target_ordinal; /* of the row that `read_seq` of the receipt names */
	int64_t peer_id;	/* who is told, in a direct one; ABSENT: nobody */
	int64_t tells;		/* 1: both send read receipts */
	bool arrived;		/* delivered_seq moves */
	int64_t unmarks;	/* 1: read_seq moves, which ends a mark of being unread */
};

/* Of the conversations that the caller is a member of, ascending.  The receipts are clamped. */
const struct error *receipt_positions(
    struct request *req, const struct rows *receipts, struct rows *positions);

/* Moves the caller to these positions, forward only. */
const struct error *receipt_move(struct request *req, const struct rows *positions);

#endif
