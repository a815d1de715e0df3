/* Keeps the index of messages (the table `search_block`) in step with the streams, outside of the
 * transactions that write those.
 *
 * A block's row is made from what its messages say now, so any number of processes may make it at
 * the same time: the one who read later wins.  Nothing is locked and nothing is lost with a
 * process; how far a conversation is indexed stands in its last row. */
#ifndef HICHAT_SEARCH_INDEX_H
#define HICHAT_SEARCH_INDEX_H

#include "error.h"
#include "record.h"

struct arena;
struct db;

#define SEARCH_BLOCK 32 /* rows of a stream */

/* A conversation whose rows above `indexed` wait. */
struct search_gap {
	int64_t conversation_id;
	int64_t indexed;
	int64_t last_seq;
};
extern const struct record search_gap_record;
/* How far a `conversation` of a statement is indexed: one look at the end of its rows. */
#define SEARCH_INDEXED                                            \
	"COALESCE((SELECT search_block.version FROM search_block" \
	" WHERE search_block.conversation_id = conversation.id"   \
	" ORDER BY search_block.block DESC LIMIT 1), 0)"

/* What of a message can be found; NULL: nothing.  `kind` and `body` as they are stored. */
const char *search_indexed_text(struct arena *arena, const char *kind, struct json_text body);

/* Those of the conversations that have gaps. */
const struct error *search_index_gaps(
    struct db *db, struct arena *arena, struct id_list conversations, struct rows *gaps);

/* Fills gaps, some hundred rows at a time, until all are closed or so many ms have passed.  What
 * it closed it takes from the list. */
const struct error *search_index_fill(
    struct db *db, struct arena *arena, struct rows *gaps, int64_t most_ms);

#endif
