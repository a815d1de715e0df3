/* The SQL of reading messages. */
#ifndef HICHAT_MESSAGE_STORE_H
#define HICHAT_MESSAGE_STORE_H

#include "stream.h"

/* The caller sees what is above *floor; 403 not_a_member. */
const struct error *message_floor(struct request *req, int64_t conversation, int64_t *floor);

/* What somebody who only reads has to be asked for. */
struct message_reader {
	int64_t floor;
	const char *role;
};
/* The caller as such; 403 not_a_member. */
const struct error *message_reader(
    struct request *req, int64_t conversation, struct message_reader *reader);

/* What the caller sees, ascending: just above query->after, or just below query->before, or the
 * latest.  *more: there are others on the far side.  403 not_a_member. */
const struct error *message_page(struct request *req, int64_t conversation,
    const struct page_query *query, struct rows *page, bool *more);

/* The same of those that carry media of some kinds; a kind that is not wanted is "". */
#define CARRIED_KINDS 4
const struct error *message_page_of_kinds(struct request *req, int64_t conversation,
    const char *const kinds[CARRIED_KINDS], const struct page_query *query, struct rows *page,
    bool *more);

/* Those with these seqs, ascending, each once; 404 not_found "seqs" unless the caller sees all of
 * them and none was recalled or is hidden from them. */
const struct error *message_some(struct request *req, int64_t conversation, int64_t floor,
    struct id_list seqs, struct rows *messages);

/* Under this client key, whatever it says. */
const struct error *message_stored(
    struct request *req, int64_t conversation, const char *client_key, bool *stored);

#endif
