/* hichatctl group …: which there are, and how many members one of them takes. */
#include "commands.h"
#include "group_store.h"
#include "log.h"
#include <stdlib.h>
#include <string.h>

#define PAGE 500
#define NUMBER_DIGITS 16
#define LIMIT_MIN 2 /* both as for group_size in the configuration */
#define LIMIT_MAX 10000

static void release_page(void *page)
{
	struct arena *arena = page;

	arena_free(&arena);
}

static void print_line(const struct group_line *line)
{
	printf("%lld\t%s\t%s\t%lld\t%lld\n", (long long)line->id, line->name, line->owner,
	    (long long)line->member_count, (long long)line->member_limit);
}

/* Page by page, so that memory does not grow with the number of groups. */
int command_group_list(struct tool *tool, int argc, char **argv)
{
	struct arena *page = arena_new();
	const struct error *error;
	struct rows lines;
	int64_t after = 0;

	(void)argv;
	arena_defer(tool->arena, release_page, page);
	if (argc != 1)
		return tool_misused();
	printf("id\tname\towner\tmembers\tlimit\n");
	do {
		arena_reset(page);
		error = group_lines(tool->db, page, after, PAGE, &lines);
		if (error != NULL)
			return tool_fail_db(tool, error);
		for (size_t i = 0; i < lines.count; i++)
			print_line(ROW(struct group_line, &lines, i));
		if (lines.count > 0)
			after = ROW(struct group_line, &lines, lines.count - 1)->id;
	} while (lines.count == PAGE);
	return TOOL_DONE;
}

/* The number that the text is, or -1. */
static int64_t read_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= NUMBER_DIGITS && text[digits] == '\0' ? atoll(text) : -1;
}

int command_group_limit(struct tool *tool, int argc, char **argv)
{
	const struct error *error;
	struct group_line group;
	int64_t id, limit;

	if (argc != 3)
		return tool_misused();
	id = read_number(argv[1]);
	limit = read_number(argv[2]);
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
