/* hichatctl user …: adding people, new passwords, suspending. */
#include "account.h"
#include "commands.h"
#include "json.h"
#include "log.h"
#include "password.h"
#include "password_entry.h"
#include "password_rules.h"
#include "user_find.h"
#include <getopt.h>
#include <string.h>

struct options {
	const char *nickname;
	const char *phone;
	const char *email;
	bool generate;
	const char *who; /* the one argument that is no option */
};

static bool read_options(struct options *options, const char *letters, int argc, char **argv)
{
	static const struct option all[] = {
	    {"nickname", required_argument, NULL, 'n'},
	    {"phone", required_argument, NULL, 'p'},
	    {"email", required_argument, NULL, 'e'},
	    {"generate", no_argument, NULL, 'g'},
	    {NULL, 0, NULL, 0},
	};
	int option;

	while ((option = getopt_long(argc, argv, letters, all, NULL)) != -1) {
		if (option == '?' || strchr(letters, option) == NULL)
			return false;
		if (option == 'g')
			options->generate = true;
		else if (option == 'n')
			options->nickname = optarg;
		else if (option == 'p')
			options->phone = optarg;
		else
			options->email = optarg;
	}
	options->who = optind + 1 == argc ? argv[optind] : NULL;
	for (int i = 1; i < argc; i++)
		if (!json_utf8_valid(argv[i], strlen(argv[i])))
			return false;
	return options->who != NULL;
}

/* The options, and the account that they name. */
static int read_person(struct tool *tool, struct options *options, const char *letters, int argc,
    char **argv, struct account *account)
{
	if (!read_options(options, letters, argc, argv)) {
		tool_misused();
		return TOOL_USAGE;
	}
	return user_find(tool, options->who, account);
}

/* Why a value was refused, in words. */
static int refuse(const struct tool *tool, const struct error *error)
{
	if (error_is(error, FAIL(WEAK_PASSWORD)))
		return tool_fail("that password is too easy to guess: it needs %d characters, and"
				 " must be neither the username nor one that everybody uses",
		    PASSWORD_MIN);
	if (error_is(error, FAIL(INVALID)))
		return tool_fail(
		    "this is no acceptable %s; see hichatctl(8) for the rules", error->field);
	if (error->status == 409)
		return tool_fail("this %s belongs to another account", error->field);
	return tool_fail_db(tool, error);
}

/* The hash of a new password, which is shown when it was made up; NULL with the reason told. */
static const char *new_password(
    struct tool *tool, const struct options *options, const char *username_key)
{
	const char *given =
	    options->generate ? password_generate(tool->arena) : password_enter(tool->arena);
	const char *password, *phc;
	const struct error *error;

	if (given == NULL)
		return NULL;
	error = password_accept(tool->arena, given, username_key, "password", &password);
	if (error == NULL)
		error = password_hash(tool->config, tool->arena, password, &phc);
	if (error != NULL) {
		refuse(tool, error);
		return NULL;
	}
	if (options->generate)
		printf("password: %s\n", password);
	return phc;
}

static const struct error *check_draft(
    struct tool *tool, const struct options *options, struct account_draft *draft)
{
	const char *nickname = options->nickname != NULL ? options->nickname : options->who;

	TRY(identity_username(tool->arena, options->who, &draft->username));
	TRY(identity_nickname(tool->arena, nickname, &draft->nickname));
	if (options->phone != NULL)
		TRY(identity_phone(tool->arena, options->phone, &draft->phone));
	if (options->email != NULL)
		TRY(identity_email(tool->arena, options->email, &draft->email));
	return NULL;
}

struct addition {
	struct tool *tool;
	struct account_draft draft;
	int64_t id;
};

static const struct error *add(struct db *db, void *context)
{
	struct addition *addition = context;

	return account_insert(db, addition->tool->arena, &addition->draft, &addition->id);
}

int command_user_add(struct tool *tool, int argc, char **argv)
{
	struct options options = {0};
	struct addition addition = {.tool = tool};
	struct account_draft *draft = &addition.draft;
	const struct error *error;

	if (!read_options(&options, "n:p:e:g", argc, argv))
		return tool_misused();
	error = check_draft(tool, &options, draft);
	if (error != NULL)
		return refuse(tool, error);
	draft->password = new_password(tool, &options, draft->username.key);
	if (draft->password == NULL)
		return TOOL_FAILED;
	error = db_transaction(tool->db, false, add, &addition);
	if (error != NULL)
		return refuse(tool, error);
	printf("added %s, id %lld\n", draft->username.shown, (long long)addition.id);
	LOG(INFO, "account added by an administrator", LOG_FIELD("account", addition.id));
	return TOOL_DONE;
}

/* Changes an account and ends its sessions, both or neither. */
struct change {
	struct tool *tool;
	const struct account *account;
	const char *password; /* NULL: suspend it */
	struct id_list ended;
};

static const struct error *change_account(struct db *db, void *context)
{
	struct change *change = context;
	struct account_ending ending = {change->account->id, ABSENT, ABSENT};

	if (change->password != NULL)
		TRY(account_set_password(db, change->account->id, change->password, NULL));
	else
		TRY(account_set_suspended(db, change->account->id, true));
	return account_end_sessions(db, change->tool->arena, &ending, &change->ended);
}

static int change_and_end(struct change *change, const char *what)
{
	struct tool *tool = change->tool;
	const struct error *error = db_transaction(tool->db, false, change_account, change);

	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("%s (id %lld): %s, %zu session%s ended\n", change->account->username,
	    (long long)change->account->id, what, change->ended.count,
	    change->ended.count == 1 ? "" : "s");
	if (change->ended.count > 0 && tool->config->redis.enabled && !redis_ping(tool->redis))
		fprintf(stderr,
		    "Redis cannot be reached (%s): what is open now may go on for up to %lld"
		    " seconds\n",
		    redis_reason(tool->redis), (long long)tool->config->auth.access_ttl);
	account_announce_ended(tool->redis, tool->config, tool->arena, change->ended);
	LOG(INFO, what, LOG_FIELD("account", change->account->id),
	    LOG_FIELD("sessions_ended", change->ended.count));
	return TOOL_DONE;
}

int command_user_reset_password(struct tool *tool, int argc, char **argv)
{
	struct options options = {0};
	struct account account;
	struct change change = {.tool = tool, .account = &account};
	int status;

	status = read_person(tool, &options, "g", argc, argv, &account);
	if (status != TOOL_DONE)
		return status;
	change.password = new_password(tool, &options, account.username_key);
	if (change.password == NULL)
		return TOOL_FAILED;
	return change_and_end(&change, "new password set");
}

int command_user_suspend(struct tool *tool, int argc, char **argv)
{
	struct options options = {0};
	struct account account;
	struct change change = {.tool = tool, .account = &account};
	int status;

	status = read_person(tool, &options, "", argc, argv, &account);
	if (status != TOOL_DONE)
		return status;
	return change_and_end(&change, "suspended");
}

int command_user_unsuspend(struct tool *tool, int argc, char **argv)
{
	struct options options = {0};
	struct account account;
	const struct error *error;
	int status;

	status = read_person(tool, &options, "", argc, argv, &account);
	if (status != TOOL_DONE)
		return status;
	error = account_set_suspended(tool->db, account.id, false);
	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("%s (id %lld) may log in again\n", account.username, (long long)account.id);
	LOG(INFO, "unsuspended", LOG_FIELD("account", account.id));
	return TOOL_DONE;
}

static const struct error *remove_second_factor(struct db *db, void *context)
{
	const struct account *account = context;

	return account_remove_second_factor(db, account->id);
}

int command_user_remove_second_factor(struct tool *tool, int argc, char **argv)
{
	struct options options = {0};
	struct account account;
	const struct error *error;
	int status;

	status = read_person(tool, &options, "", argc, argv, &account);
	if (status != TOOL_DONE)
		return status;
	error = db_transaction(tool->db, true, remove_second_factor, &account);
	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("%s (id %lld): the password alone is enough\n", account.username,
	    (long long)account.id);
	LOG(INFO, "second factor removed", LOG_FIELD("account", account.id));
	return TOOL_DONE;
}
