/* The SQL of searching messages. */
#ifndef HICHAT_SEARCH_STORE_H
#define HICHAT_SEARCH_STORE_H

#include "search_filter.h"
#include "stream.h"

/* Where the caller may search. */
struct search_conversation {
	int64_t conversation_id;
	int64_t floor; /* sees what is above */
	int64_t last_seq;
	int64_t indexed;
	int64_t updated_at; /* when its latest message was sent */
};

/* Blocks of a conversation. */
struct search_range {
	int64_t conversation_id;
	int64_t low;
	int64_t high;
};
extern const struct record search_range_record;

/* A block whose filter lets the query through. */
struct search_candidate {
	int64_t conversation_id;
	int64_t block;
	int64_t latest;
};

/* What a statement over filters asks for. */
struct search_sieve {
	struct search_probe probes[SEARCH_PROBES];
	int64_t before; /* ms: has something that is not newer */
};

/* Latest first; one, or with ABSENT all of which the caller is a member. */
const struct error *search_conversations(
    struct request *req, int64_t conversation, struct rows *conversations);

/* Of one conversation a part, or whole conversations: ranges end where their rows do. */
const struct error *search_sift(struct request *req, const struct search_sieve *sieve,
    const struct rows *ranges, struct rows *candidates);

/* A part of a conversation's stream, as the caller sees it. */
struct search_page {
	int64_t conversation_id;
	int64_t above; /* seqs, these two not included */
	int64_t below;
	struct rows messages;
};
/* Fills the pages in one round trip with what can be found by its text. */
const struct error *search_pages(struct request *req, struct search_page *pages, size_t count);

#endif
