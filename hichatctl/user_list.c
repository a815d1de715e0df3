/* hichatctl user list: one line a person, tab-separated. */
#include "commands.h"
#include "listing.h"
#include "user_store.h"
#include <getopt.h>

static int64_t print_line(const struct rows *lines, size_t index)
{
	const struct user_line *line = ROW(struct user_line, lines, index);
	char created[LISTING_TIME], seen[LISTING_TIME];

	printf("%lld\t%s\t%s\t%s\t%s\t%s\n", (long long)line->id, line->username, line->nickname,
	    listing_time(created, line->created_at),
	    line->last_seen_at != ABSENT ? listing_time(seen, line->last_seen_at) : "-",
	    line->suspended_at == ABSENT ? "active" : "suspended");
	return line->id;
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

int command_user_list(struct tool *tool, int argc, char **argv)
{
	static const char head[] = "id\tusername\tnickname\tcreated\tlast seen\tstate";
	static const struct listing everybody = {head, user_lines, print_line};
	static const struct listing suspended = {head, user_suspended_lines, print_line};
	bool suspended_only;

	if (!read_options(&suspended_only, argc, argv))
		return tool_misused();
	return listing_print(tool, suspended_only ? &suspended : &everybody);
}
