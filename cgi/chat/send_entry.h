/* What is known of each draft of a batch once its conversation is locked: the first round trip of
 * the transaction, and rarely a second one. */
#ifndef HICHAT_SEND_ENTRY_H
#define HICHAT_SEND_ENTRY_H

#include "send_batch.h"
#include "send_batch_store.h"

struct send_entry {
	struct send_draft *draft;
	size_t arrival;
	int64_t now;
	const struct send_place *place;	      /* NULL: no such conversation */
	const struct send_standing *standing; /* NULL: no member */
	const struct message *stored;	      /* under the same client key, or NULL */
	const struct member_list *list;	      /* of a group; NULL: a direct conversation */
};

/* In the order of the drafts' conversations, then of their arrival. */
struct send_entry *send_entries_new(
    struct arena *arena, struct send_draft *const *drafts, size_t count, int64_t now);

/* Begins the transaction, locks the conversations and fills in the rest.  Of a draft whose sender
 * is known (standing_cache.h) to be free to write, `stored` may be missing, until it is tried once
 * more: then the unique key of `message` refuses its row. */
const struct error *send_entries_read(
    const struct send_means *means, struct send_entry *entries, size_t count);

#endif
