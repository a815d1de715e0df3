/* The SQL of the index of messages. */
#ifndef HICHAT_SEARCH_INDEX_STORE_H
#define HICHAT_SEARCH_INDEX_STORE_H

#include "search_index.h"

/* Rows of a stream, from `first` to `last`. */
struct search_span {
	int64_t conversation_id;
	int64_t first;
	int64_t last;
	struct rows rows; /* of struct search_row */
};

struct search_row {
	int64_t seq;
	const char *kind;
	struct json_text body;
	int64_t created_at;
};

/* A row of `search_block`, but for its conversation and version. */
struct search_block {
	int64_t block;
	int64_t oldest;
	int64_t latest;
	const char *filter; /* hexadecimal */
};
extern const struct record search_block_record;

/* Fills the spans' rows, in one round trip. */
const struct error *search_spans_read(
    struct db *db, struct arena *arena, struct search_span *spans, size_t count);

/* Blocks that were made from what the conversation was at `version` or later.  All of them are
 * stored at once; those that somebody made of a later version stay. */
const struct error *search_blocks_write(struct db *db, struct arena *arena, int64_t conversation,
    int64_t version, const struct rows *blocks);

#endif
