/* hichatctl check: does everything that HiChat needs work, seen from here? */
#include "commands.h"
#include "migration.h"
#include "token.h"
#include "verdict.h"
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void verdict(
    struct check *check, enum verdict verdict, const char *subject, const char *format, ...)
{
	static const char *const words[] = {"ok", "warning", "FAILED"};
	va_list values;

	check->warnings += verdict == VERDICT_WARNING;
	check->failures += verdict == VERDICT_FAILED;
	printf("%-8s %-14s ", words[verdict], subject);
	va_start(values, format);
	vprintf(format, values);
	va_end(values);
	putchar('\n');
}

static void check_token_keys(struct check *check)
{
	struct tool *tool = check->tool;
	const char *why = "";
	struct token_keys *keys = token_keys_new(tool->config, tool->arena, &why);

	if (keys == NULL)
		verdict(check, VERDICT_FAILED, "token keys", "[auth] token_keys: %s", why);
	else
		verdict(check, VERDICT_OK, "token keys", "usable");
	token_keys_free(&keys);
}

/* access(2) would answer for file modes only; a full or read-only file system shows when written.
 */
static const char *try_directory(struct arena *arena, const char *directory)
{
	char *path = arena_printf(arena, "%s/.hichatctl-check-XXXXXX", directory);
	const char *problem = NULL;
	int fd = mkstemp(path);

	if (fd < 0)
		return strerror(errno);
	if (write(fd, "?", 1) != 1)
		problem = strerror(errno);
	close(fd);
	unlink(path);
	return problem;
}

static void check_directory(
    struct check *check, const char *what, const char *directory, const char *key)
{
	const char *problem = try_directory(check->tool->arena, directory);

	if (problem != NULL)
		verdict(check, VERDICT_FAILED, what,
		    "%s: %s. Create it for the user who runs the programs, or change %s", directory,
		    problem, key);
	else
		verdict(check, VERDICT_OK, what, "%s can be written to by user id %d", directory,
		    (int)geteuid());
}

static void check_log(struct check *check)
{
	const char *destination = check->tool->config->log.destination;
	FILE *file;

	if (*destination != '/') {
		verdict(check, VERDICT_OK, "log", "%s", destination);
		return;
	}
	file = fopen(destination, "ae");
	if (file == NULL)
		verdict(check, VERDICT_FAILED, "log", "%s: %s", destination, strerror(errno));
	else
		verdict(check, VERDICT_OK, "log", "%s can be written to by user id %d", destination,
		    (int)geteuid());
	if (file != NULL)
		fclose(file);
}

void check_paths(struct check *check)
{
	const struct config *config = check->tool->config;

	check_directory(
	    check, "runtime files", config->serve.runtime_directory, "[serve] runtime_directory");
	if (config->live.poll_files)
		check_directory(
		    check, "poll files", config->live.poll_directory, "[live] poll_directory");
	check_log(check);
}

static bool read_options(struct check *check, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dir", required_argument, NULL, 'd'},
	    {NULL, 0, NULL, 0},
	};
	int option;

	while ((option = getopt_long(argc, argv, "d:", options, NULL)) != -1) {
		if (option != 'd')
			return false;
		check->directory = optarg;
	}
	return optind == argc;
}

static int conclude(const struct check *check)
{
	if (check->failures > 0)
		printf("\n%d of these must be mended.\n", check->failures);
	else if (check->warnings > 0)
		printf("\nIt will run; look at the warnings.\n");
	else
		printf("\nEverything is in order.\n");
	return check->failures > 0 ? TOOL_FAILED : TOOL_DONE;
}

int command_check(struct tool *tool, int argc, char **argv)
{
	struct check check = {.tool = tool, .directory = MIGRATION_DIRECTORY};

	if (!read_options(&check, argc, argv))
		return tool_misused();
	if (!tool_configure(tool)) {
		verdict(&check, VERDICT_FAILED, "configuration", "see above");
		return conclude(&check);
	}
	verdict(&check, VERDICT_OK, "configuration", "understood");
	check_token_keys(&check);
	check_paths(&check);
	check_media(&check);
	check_database(&check);
	check_live(&check);
	return conclude(&check);
}
