/* hichatctl: the administrator's tool. */
#include "commands.h"
#include "log.h"
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct command {
	const char *words;
	const char *arguments;
	const char *summary;
	int (*run)(struct tool *tool, int argc, char **argv);
	bool configured; /* the configuration is loaded before it runs */
};

static const struct command commands[] = {
    {"migrate", "[--dir DIRECTORY] [--dry-run]", "bring the database's schema up to date",
	command_migrate, true},
    {"user add", "[--nickname NAME] [--phone NUMBER] [--email ADDRESS] [--generate] USERNAME",
	"add a person", command_user_add, true},
    {"user erase", "WHO", "erase an account at once, for good", command_user_erase, true},
    {"user list", "[--suspended]", "everybody, one tab-separated line each", command_user_list,
	true},
    {"user reset-password", "[--generate] WHO", "set a new password, end all sessions",
	command_user_reset_password, true},
    {"user suspend", "WHO", "end all sessions, allow no new ones", command_user_suspend, true},
    {"user remove-second-factor", "WHO", "ask for no code when they log in",
	command_user_remove_second_factor, true},
    {"user unsuspend", "WHO", "allow logging in again", command_user_unsuspend, true},
    {"group list", "", "all groups, one tab-separated line each", command_group_list, true},
    {"group limit", "NUMBER MEMBERS", "set how many members a group takes", command_group_limit,
	true},
    {"reports show", "NUMBER", "a report, its post and what that shows", command_reports_show,
	true},
    {"reports close", "NUMBER", "say that a report was looked at, and the post stays",
	command_reports_close, true},
    {"reports delete", "NUMBER", "delete the post that was reported", command_reports_delete, true},
    {"reports", "", "what was reported and is open, one tab-separated line each", command_reports,
	true},
    {"sticker-pack add", "DIRECTORY|ZIP", "add a pack of stickers, or bring it up to date",
	command_sticker_pack_add, true},
    {"sticker-pack list", "", "all packs, one tab-separated line each", command_sticker_pack_list,
	true},
    {"sticker-pack remove", "NAME", "remove a pack; messages keep its stickers",
	command_sticker_pack_remove, true},
    {"erase", "", "erase the accounts whose time has come", command_erase, true},
    {"index", "", "index for searching whatever is not indexed yet", command_index, true},
    {"gc", "", "remove media that nothing refers to any more", command_gc, true},
    {"fsck", "[--quick]", "compare the media store with the database", command_fsck, true},
    {"check", "[--dir DIRECTORY]", "say what works and what does not", command_check, false},
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static void print_usage(FILE *out)
{
	fputs("usage: hichatctl [--config FILE] COMMAND [ARGUMENTS]\n\n", out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %s %s\n      %s\n", commands[i].words, commands[i].arguments,
		    commands[i].summary);
	fputs("\n  hichatctl --help | --version\n\n"
	      "WHO is a username, phone number or mail address. Passwords are read from standard"
	      " input.\nSee hichatctl(8).\n",
	    out);
}

int tool_fail(const char *format, ...)
{
	va_list values;

	fputs("hichatctl: ", stderr);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	return TOOL_FAILED;
}

int tool_fail_db(const struct tool *tool, const struct error *error)
{
	const char *reason = db_reason(tool->db);

	return tool_fail("%s %s", error->title, reason);
}

int tool_fail_media(
    const struct tool *tool, const struct media_store *store, const struct error *error)
{
	const char *reason = media_store_reason(store);

	return *reason != '\0' ? tool_fail("%s", reason) : tool_fail_db(tool, error);
}

static void close_media_store(void *object)
{
	struct media_store *store = object;

	media_store_free(&store);
}

struct media_store *tool_media_store(struct tool *tool)
{
	struct media_store *store = media_store_new(tool->config);

	arena_defer(tool->arena, close_media_store, store);
	return store;
}

int tool_misused(void)
{
	fputs("hichatctl: these arguments do not fit the command, see hichatctl --help\n", stderr);
	return TOOL_USAGE;
}

/* How many of argv[0 … argc) the command's words take, 0: it is another command. */
static int words_matched(const struct command *command, int argc, char **argv)
{
	const char *words = command->words;
	int count = 0;

	while (*words != '\0') {
		size_t length = strcspn(words, " ");

		if (count == argc || strlen(argv[count]) != length ||
		    memcmp(argv[count], words, length) != 0)
			return 0;
		words += length;
		words += strspn(words, " ");
		count++;
	}
	return count;
}

static const struct command *find_command(int argc, char **argv, int *words)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		*words = words_matched(&commands[i], argc, argv);
		if (*words > 0)
			return &commands[i];
	}
	return NULL;
}

bool tool_configure(struct tool *tool)
{
	tool->config = config_load(tool->config_path, stderr);
	if (tool->config == NULL)
		return false;
	/* What goes wrong is told at the terminal already, so "stderr" would only repeat it. */
	log_open("hichatctl",
	    strcmp(tool->config->log.destination, "stderr") == 0 ? "/dev/null"
								 : tool->config->log.destination,
	    LOG_LEVEL_INFO);
	tool->db = db_new(tool->config);
	tool->redis = redis_new(tool->config, NULL);
	return true;
}

static int run(const struct command *command, const char *config_path, int argc, char **argv)
{
	struct tool tool = {.config_path = config_path, .arena = arena_new()};
	int status = TOOL_FAILED;

	optind = 0; /* getopt starts anew, on the command's own arguments */
	if (!command->configured || tool_configure(&tool))
		status = command->run(&tool, argc, argv);
	if (tool.config != NULL) {
		redis_free(&tool.redis);
		db_free(&tool.db);
		config_free(&tool.config);
	}
	arena_free(&tool.arena);
	log_close();
	if (fflush(stdout) != 0 || ferror(stdout))
		status = tool_fail("the output could not be written");
	return status;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"help", no_argument, NULL, 'h'},
	    {"version", no_argument, NULL, 'V'},
	    {NULL, 0, NULL, 0},
	};
	const char *config_path = NULL;
	const struct command *command;
	int option, words;

	while ((option = getopt_long(argc, argv, "+c:hV", options, NULL)) != -1) {
		switch (option) {
		case 'c':
			config_path = optarg;
			break;
		case 'h':
			print_usage(stdout);
			return TOOL_DONE;
		case 'V':
			puts("hichatctl " PACKAGE_VERSION);
			return TOOL_DONE;
		default:
			print_usage(stderr);
			return TOOL_USAGE;
		}
	}
	command = find_command(argc - optind, argv + optind, &words);
	if (command == NULL) {
		print_usage(stderr);
		return TOOL_USAGE;
	}
	return run(command, config_path, argc - optind - words + 1, argv + optind + words - 1);
}
