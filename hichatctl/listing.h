/* Lists of whatever there is, on standard output. */
#ifndef HICHAT_LISTING_H
#define HICHAT_LISTING_H

#include "tool.h"
#include <stdio.h>

struct listing {
	const char *head; /* the names of the columns, separated by tabs */
	/* Those with ids above `after`, ascending, `limit` at most. */
	const struct error *(*page)(
	    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines);
	/* Prints one of them and returns its id. */
	int64_t (*print)(const struct rows *lines, size_t index);
};

/* Page by page, so that memory does not grow with what there is. */
int listing_print(struct tool *tool, const struct listing *listing);

/* A column: behind a tab, in one line and one column, whatever it says. */
void listing_text(const char *text);
/* "2026-11-28T13:05:00Z", in the buffer. */
#define LISTING_TIME 32
const char *listing_time(char buffer[LISTING_TIME], int64_t ms);

/* The number that the text is, or -1. */
int64_t listing_number(const char *text);

#endif
