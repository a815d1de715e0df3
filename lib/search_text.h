/* Texts as a search sees them: runs of letters and digits, compared by NFKC, case folding and
 * without accents.  A run is a word, or, of scripts that put no spaces between words (and of
 * symbols), whatever stands together.  Everything made lives in the arena; texts must be valid
 * UTF-8. */
#ifndef HICHAT_SEARCH_TEXT_H
#define HICHAT_SEARCH_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct search_run {
	const uint32_t *points; /* normalised */
	size_t length;		/* 1 or more */
	bool unspaced;		/* of a script without spaces: any part of it may be looked for */
};

struct search_text {
	const struct search_run *runs;
	size_t count;
	size_t length; /* code points of the normalised text, with what separates its runs */
};

struct search_text search_text_read(struct arena *arena, const char *text);

/* Shorter words are looked for as a whole. */
#define SEARCH_BEGINNING_MIN 2

/* Whether every run of `wanted` is found: an unspaced one within another, a word among the words;
 * the last run, if it is a word, may be the beginning of one. */
bool search_text_contains(const struct search_text *text, const struct search_text *wanted);

#endif
