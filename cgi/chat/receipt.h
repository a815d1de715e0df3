/* Receipts: up to where a member has got and read a conversation.  They never go back. */
#ifndef HICHAT_RECEIPT_H
#define HICHAT_RECEIPT_H

#include "request.h"

struct receipt {
	int64_t conversation_id;
	int64_t delivered_seq; /* ABSENT: unchanged */
	int64_t read_seq;
};

struct receipt_list {
	struct rows receipts;
};
extern const struct record receipt_list_record;

/* The caller's positions move to where these say, where that is forward; all or nothing.
 * 403 not_a_member.  Those concerned learn of it when the request succeeds. */
const struct error *receipt_apply(
    struct request *req, const struct receipt *receipts, size_t count);

const struct error *receipt_post(struct request *req);

#endif
