/* hichatctl erase, hichatctl user erase: accounts whose time has come, or one at once.  The account
 * program does the same beside its answers; both take turns, a page at a time. */
#include "commands.h"
#include "erasing.h"
#include "token.h"
#include "user_find.h"
#include <stdio.h>
#include <time.h>

#define TURN_MS 1000
#define PAUSE_NS 20000000 /* while another process is at it */

/* What erasing asks of a request: the connections, and the keys of those whom it tells. */
struct loan {
	struct request req;
	struct token_keys *keys;
	struct erasing_means means;
};

static bool lend(struct tool *tool, struct loan *loan)
{
	const char *why = NULL;

	loan->keys = token_keys_new(tool->config, tool->arena, &why);
	loan->req = (struct request){.arena = tool->arena,
	    .db = tool->db,
	    .redis = tool->redis,
	    .config = tool->config,
	    .keys = loan->keys};
	loan->means = (struct erasing_means){&loan->req, tool_media_store(tool)};
	if (loan->keys == NULL)
		tool_fail("%s", why);
	return loan->keys != NULL;
}

static void wait_a_little(void)
{
	const struct timespec pause = {0, PAUSE_NS};

	nanosleep(&pause, NULL);
}

static const struct error *erase_due(const struct erasing_means *means, int64_t *erased)
{
	enum erasing_state state;

	do {
		TRY(erasing_work(means, TURN_MS, &state));
		if (state == ERASING_BUSY)
			wait_a_little();
		*erased += state == ERASING_OVER ? 1 : 0;
	} while (state != ERASING_IDLE);
	return NULL;
}

int command_erase(struct tool *tool, int argc, char **argv)
{
	const struct error *error;
	struct loan loan;
	int64_t erased = 0;

	(void)argv;
	if (argc != 1)
		return tool_misused();
	if (!lend(tool, &loan))
		return TOOL_FAILED;
	error = erase_due(&loan.means, &erased);
	token_keys_free(&loan.keys);
	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("%lld accounts\n", (long long)erased);
	return TOOL_DONE;
}

struct victim {
	struct tool *tool;
	int64_t id;
};

static const struct error *begin(struct db *db, void *context)
{
	struct victim *victim = context;
	bool begun;

	return erasing_begin(db, victim->tool->arena, victim->id, false, &begun);
}

static const struct error *erase_one(const struct erasing_means *means, struct victim *victim)
{
	enum erasing_state state;

	TRY(db_transaction(means->of->db, true, begin, victim));
	do {
		TRY(erasing_go_on(means, victim->id, TURN_MS, &state));
		if (state == ERASING_BUSY)
			wait_a_little();
	} while (state != ERASING_OVER);
	return NULL;
}

int command_user_erase(struct tool *tool, int argc, char **argv)
{
	struct victim victim = {.tool = tool};
	const struct error *error;
	struct account account;
	struct loan loan;
	int status;

	if (argc != 2)
		return tool_misused();
	status = user_find(tool, argv[1], &account);
	if (status != TOOL_DONE)
		return status;
	victim.id = account.id;
	if (!lend(tool, &loan))
		return TOOL_FAILED;
	error = erase_one(&loan.means, &victim);
	token_keys_free(&loan.keys);
	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("%s (id %lld) is erased\n", account.username, (long long)account.id);
	return TOOL_DONE;
}
