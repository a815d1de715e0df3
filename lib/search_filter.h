/* The index of a few messages that stand together: a Bloom filter of their terms, which says of
 * most of what they do not contain that it is not there.
 *
 * Terms of a word are its beginnings of 2, 3, 5 and 8 letters (or its one letter), those of an
 * unspaced run its characters and pairs of neighbours.  So one look answers for words, beginnings
 * and parts of Chinese sentences alike; what it lets through is compared with the text. */
#ifndef HICHAT_SEARCH_FILTER_H
#define HICHAT_SEARCH_FILTER_H

#include "search_text.h"

/* Whoever changes terms or hashes empties the table `search_block` by a migration. */
struct search_filter;

struct search_filter *search_filter_new(struct arena *arena);
void search_filter_add(struct search_filter *filter, const struct search_text *text);
/* In hexadecimal, as long as its terms make it. */
const char *search_filter_write(struct arena *arena, struct search_filter *filter);

/* The bits that have to be set where all of a query is: byte `place` modulo the filter's length,
 * and a mask of one bit.  As many as it takes for the most telling terms; what is left repeats
 * them. */
#define SEARCH_PROBES 16
struct search_probe {
	int64_t place;
	int64_t mask;
};
/* Of a text with one run or more. */
void search_probes_of(const struct search_text *wanted, struct search_probe *probes);

#endif
