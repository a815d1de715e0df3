/* Lists, page by page. */
#include "listing.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAGE 500
#define NUMBER_DIGITS 16

static void release_page(void *page)
{
	struct arena *arena = page;

	arena_free(&arena);
}

int listing_print(struct tool *tool, const struct listing *listing)
{
	struct arena *page = arena_new();
	const struct error *error;
	struct rows lines;
	int64_t after = 0;

	arena_defer(tool->arena, release_page, page);
	printf("%s\n", listing->head);
	do {
		arena_reset(page);
		error = listing->page(tool->db, page, after, PAGE, &lines);
		if (error != NULL)
			return tool_fail_db(tool, error);
		for (size_t i = 0; i < lines.count; i++)
			after = listing->print(&lines, i);
	} while (lines.count == PAGE);
	return TOOL_DONE;
}

void listing_text(const char *text)
{
	putchar('\t');
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			fputs("\\n", stdout);
		else if (*text == '\t')
			fputs("\\t", stdout);
		else if (*text == '\\')
			fputs("\\\\", stdout);
		else
			putchar(*text);
	}
}

const char *listing_time(char buffer[LISTING_TIME], int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm utc;

	if (gmtime_r(&seconds, &utc) == NULL ||
	    strftime(buffer, LISTING_TIME, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
		buffer[0] = '\0';
	return buffer;
}

int64_t listing_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= NUMBER_DIGITS && text[digits] == '\0' ? atoll(text) : -1;
}
