/* hichatctl group …: which there are, and how many members one of them takes. */
#include "commands.h"
#include "group_store.h"
#include "listing.h"
#include "log.h"

#define LIMIT_MIN 2 /* both as for group_size in the configuration */
#define LIMIT_MAX 10000

static int64_t print_line(const struct rows *lines, size_t index)
{
	const struct group_line *line = ROW(struct group_line, lines, index);

	printf("%lld\t%s\t%s\t%lld\t%lld\n", (long long)line->id, line->name, line->owner,
	    (long long)line->member_count, (long long)line->member_limit);
	return line->id;
}

int command_group_list(struct tool *tool, int argc, char **argv)
{
	static const struct listing listing = {
	    "id\tname\towner\tmembers\tlimit", group_lines, print_line};

	(void)argv;
	return argc == 1 ? listing_print(tool, &listing) : tool_misused();
}

int command_group_limit(struct tool *tool, int argc, char **argv)
{
	const struct error *error;
	struct group_line group;
	int64_t id, limit;

	if (argc != 3)
		return tool_misused();
	id = listing_number(argv[1]);
	limit = listing_number(argv[2]);
	if (id < 0)
		return tool_misused();
	if (limit < LIMIT_MIN || limit > LIMIT_MAX)
		return tool_fail("a group takes %d to %d members", LIMIT_MIN, LIMIT_MAX);
	error = group_line(tool->db, tool->arena, id, &group);
	if (error != NULL && error_is(error, FAIL(NOT_FOUND)))
		return tool_fail("there is no group with the number %lld", (long long)id);
	if (error == NULL)
		error = group_set_limit(tool->db, id, limit);
	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("%s (number %lld) takes %lld members; it has %lld\n", group.name, (long long)id,
	    (long long)limit, (long long)group.member_count);
	LOG(INFO, "member limit set", LOG_FIELD("group", id), LOG_FIELD("limit", limit));
	return TOOL_DONE;
}
