/* hichatctl reports …: which posts were reported, and that one of these was looked at. */
#include "commands.h"
#include "log.h"
#include "reports_store.h"
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

/* In one line and one column, whatever it says. */
static void print_text(const char *text)
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

static void print_line(const struct report_line *line)
{
	time_t seconds = (time_t)(line->created_at / 1000);
	struct tm utc;
	char when[32] = "";

	if (gmtime_r(&seconds, &utc) != NULL)
		(void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &utc);
	printf("%lld\t%s\t%lld\t%s\t%s\t%s\t%s", (long long)line->id, when,
	    (long long)line->moment_id, line->deleted ? "deleted" : "there", line->author,
	    line->reporter, line->reason);
	print_text(line->note);
	print_text(line->text);
	putchar('\n');
}

int command_reports(struct tool *tool, int argc, char **argv)
{
	struct arena *page = arena_new();
	const struct error *error;
	struct rows lines;
	int64_t after = 0;

	(void)argv;
	arena_defer(tool->arena, release_page, page);
	if (argc != 1)
		return tool_misused();
	printf("id\treported\tpost\tstate\tauthor\treporter\treason\tnote\ttext\n");
	do {
		arena_reset(page);
		error = report_lines(tool->db, page, after, PAGE, &lines);
		if (error != NULL)
			return tool_fail_db(tool, error);
		for (size_t i = 0; i < lines.count; i++)
			print_line(ROW(struct report_line, &lines, i));
		if (lines.count > 0)
			after = ROW(struct report_line, &lines, lines.count - 1)->id;
	} while (lines.count == PAGE);
	return TOOL_DONE;
}

int command_reports_close(struct tool *tool, int argc, char **argv)
{
	const struct error *error;
	size_t digits;
	bool existed;

	if (argc != 2)
		return tool_misused();
	digits = strspn(argv[1], "0123456789");
	if (digits == 0 || digits > NUMBER_DIGITS || argv[1][digits] != '\0')
		return tool_misused();
	error = report_close(tool->db, atoll(argv[1]), &existed);
	if (error != NULL)
		return tool_fail_db(tool, error);
	if (!existed)
		return tool_fail("no report with the number %s is open", argv[1]);
	printf("report %s is closed\n", argv[1]);
	LOG(INFO, "report closed", LOG_FIELD("report", (int64_t)atoll(argv[1])));
	return TOOL_DONE;
}
