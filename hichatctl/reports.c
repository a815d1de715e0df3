/* hichatctl reports …: which posts were reported, one of them closely, and what becomes of it. */
#include "commands.h"
#include "listing.h"
#include "log.h"
#include "report_answer.h"
#include "reports_store.h"

static int64_t print_line(const struct rows *lines, size_t index)
{
	const struct report_line *line = ROW(struct report_line, lines, index);
	char when[LISTING_TIME];

	printf("%lld\t%s\t%lld\t%s\t%s\t%s\t%s", (long long)line->id,
	    listing_time(when, line->created_at), (long long)line->moment_id,
	    line->deleted ? "deleted" : "there", line->author, line->reporter, line->reason);
	listing_text(line->note);
	listing_text(line->text);
	putchar('\n');
	return line->id;
}

int command_reports(struct tool *tool, int argc, char **argv)
{
	static const struct listing listing = {
	    "id\treported\tpost\tstate\tauthor\treporter\treason\tnote\ttext", report_lines,
	    print_line};

	(void)argv;
	return argc == 1 ? listing_print(tool, &listing) : tool_misused();
}

static void print_row(const char *name, const char *value)
{
	fputs(name, stdout);
	listing_text(value);
	putchar('\n');
}

static void print_media(const struct report_media *media)
{
	printf("media\t%lld\t%s\t%s\t%lld\t%s\n", (long long)media->id, media->purpose, media->type,
	    (long long)media->size, media->original);
}

static void print_report(const struct report_line *report, const struct rows *media)
{
	char reported[LISTING_TIME], posted[LISTING_TIME];

	printf("report\t%lld\npost\t%lld\n", (long long)report->id, (long long)report->moment_id);
	print_row("state", report->deleted ? "deleted" : "there");
	print_row("author", report->author);
	print_row("posted", listing_time(posted, report->posted_at));
	print_row("audience", report->audience);
	print_row("reporter", report->reporter);
	print_row("reported", listing_time(reported, report->created_at));
	print_row("reason", report->reason);
	print_row("note", report->note);
	print_row("text", report->text);
	for (size_t i = 0; i < media->count; i++)
		print_media(ROW(struct report_media, media, i));
}

static int fail(const struct tool *tool, const struct error *error, const char *number)
{
	if (error_is(error, FAIL(NOT_FOUND)))
		return tool_fail("no report with the number %s is open", number);
	return tool_fail_db(tool, error);
}

int command_reports_show(struct tool *tool, int argc, char **argv)
{
	int64_t id = argc == 2 ? listing_number(argv[1]) : -1;
	const struct error *error;
	struct report_line report;
	struct rows media;

	if (id < 0)
		return tool_misused();
	error = report_get(tool->db, tool->arena, id, &report);
	if (error == NULL)
		error = report_media(tool->db, tool->arena, report.moment_id, &media);
	if (error != NULL)
		return fail(tool, error, argv[1]);
	print_report(&report, &media);
	return TOOL_DONE;
}

int command_reports_close(struct tool *tool, int argc, char **argv)
{
	int64_t id = argc == 2 ? listing_number(argv[1]) : -1;
	struct report_outcome outcome;
	const struct error *error;

	if (id < 0)
		return tool_misused();
	error = report_dismiss(tool, id, &outcome);
	if (error != NULL)
		return fail(tool, error, argv[1]);
	printf("report %s is closed\n", argv[1]);
	LOG(INFO, "report closed", LOG_FIELD("report", id));
	return TOOL_DONE;
}

int command_reports_delete(struct tool *tool, int argc, char **argv)
{
	int64_t id = argc == 2 ? listing_number(argv[1]) : -1;
	struct report_outcome outcome;
	const struct error *error;

	if (id < 0)
		return tool_misused();
	error = report_uphold(tool, id, &outcome);
	if (error != NULL)
		return fail(tool, error, argv[1]);
	printf("post %lld is %s, %zu report%s closed\n", (long long)outcome.post_id,
	    outcome.erased ? "deleted" : "gone already", outcome.reports,
	    outcome.reports == 1 ? "" : "s");
	LOG(INFO, "reported post deleted", LOG_FIELD("report", id),
	    LOG_FIELD("post", outcome.post_id));
	return TOOL_DONE;
}
