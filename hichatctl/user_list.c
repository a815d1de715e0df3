/* hichatctl user list: one line a person, tab-separated. */
#include "commands.h"
#include "user_store.h"
#include <getopt.h>
#include <time.h>

#define PAGE 500

static const char *shown_time(struct arena *arena, int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	char text[32];
	struct tm utc;

	if (ms == ABSENT)
		return "-";
	gmtime_r(&seconds, &utc);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	return arena_text(arena, text);
}

static void print_line(struct arena *arena, const struct user_line *line)
{
	printf("%lld\t%s\t%s\t%s\t%s\t%s\n", (long long)line->id, line->username, line->nickname,
	    shown_time(arena, line->created_at), shown_time(arena, line->last_seen_at),
	    line->suspended_at == ABSENT ? "active" : "suspended");
}

static bool read_options(bool *suspended_only, int argc, char **argv)
{
	static const struct option options[] = {
	    {"suspended", no_argument, NULL, 's'},
	    {NULL, 0, NULL, 0},
	};
	int option;

	*suspended_only = false;
	while ((option = getopt_long(argc, argv, "s", options, NULL)) != -1) {
		if (option != 's')
			return false;
		*suspended_only = true;
	}
	return optind == argc;
}

static void release_page(void *page)
{
	struct arena *arena = page;

	arena_free(&arena);
}

/* Page by page, so that memory does not grow with the number of people. */
int command_user_list(struct tool *tool, int argc, char **argv)
{
	struct arena *page = arena_new();
	const struct error *error;
	bool suspended_only;
	struct rows lines;
	int64_t after = 0;

	arena_defer(tool->arena, release_page, page);
	if (!read_options(&suspended_only, argc, argv))
		return tool_misused();
	printf("id\tusername\tnickname\tcreated\tlast seen\tstate\n");
	do {
		arena_reset(page);
		error = user_lines(tool->db, page, after, PAGE, suspended_only, &lines);
		if (error != NULL)
			return tool_fail_db(tool, error);
		for (size_t i = 0; i < lines.count; i++)
			print_line(page, ROW(struct user_line, &lines, i));
		if (lines.count > 0)
			after = ROW(struct user_line, &lines, lines.count - 1)->id;
	} while (lines.count == PAGE);
	return TOOL_DONE;
}
