/* hichatctl migrate: brings the schema up to date, once, whoever else tries at the time.
 *
 * MySQL commits around every CREATE, ALTER and DROP, so a migration cannot be taken back as a
 * whole.  Therefore each statement is noted as soon as it is done, and after a failure the
 * next run goes on behind it. */
#include "commands.h"
#include "migration.h"
#include "token.h"
#include <getopt.h>
#include <string.h>

#define WAIT_STEP 5 /* s */
#define WAIT_STEPS 120

struct migrate {
	struct tool *tool;
	const char *directory;
	bool dry_run;
	struct migrations migrations;
	struct rows applied;
};

/* So that statements that are done cannot change while those to come are mended. */
static const char *checksum_of(
    struct arena *arena, const struct migration *migration, size_t statements)
{
	const char *sum = "";

	for (size_t i = 0; i < statements; i++)
		sum = token_hash(arena,
		    arena_printf(arena, "%s\n%s", sum, migration->script.statements[i].text));
	return token_hash(arena, sum);
}

static int tell_failure(
    const struct migrate *migrate, const struct migration *migration, size_t index)
{
	const struct sql_statement *statement = &migration->script.statements[index];
	int first_line = (int)strcspn(statement->text, "\n");

	tool_fail("%s failed at statement %zu of %zu, line %d:\n  %.*s%s\n  %s", migration->name,
	    index + 1, migration->script.count, statement->line, first_line, statement->text,
	    statement->text[first_line] != '\0' ? " …" : "", db_reason(migrate->tool->db));
	fprintf(stderr,
	    "%zu statement%s done, recorded, and will not run again.\n"
	    "To mend it: remove the cause, then run `hichatctl migrate` again; it goes on with"
	    " statement %zu.\n"
	    "If that statement took effect nevertheless (the connection may have been lost behind"
	    " it), tell so first:\n"
	    "  REPLACE INTO schema_unfinished VALUES (%lld, %zu, '%s', 0);\n",
	    index, index == 1 ? " is" : "s are", index + 1, (long long)migration->version,
	    index + 1, checksum_of(migrate->tool->arena, migration, index + 1));
	return TOOL_FAILED;
}

static int run_statement(
    const struct migrate *migrate, const struct migration *migration, size_t index)
{
	struct tool *tool = migrate->tool;
	struct migration_unfinished progress = {
	    migration->version, (int64_t)index + 1, checksum_of(tool->arena, migration, index + 1)};
	bool locked;

	/* A connection that was lost and opened again in between no longer has the lock. */
	if (migration_locked(tool->db, &locked) != NULL || !locked)
		return tool_fail(
		    "the connection to the database was lost, and the lock with it: run it again");
	if (db_script(tool->db, migration->script.statements[index].text) != NULL)
		return tell_failure(migrate, migration, index);
	if (migration_note(tool->db, &progress) != NULL)
		return tell_failure(migrate, migration, index);
	return TOOL_DONE;
}

/* Where to begin: 0, or behind what an earlier run did. */
static int find_start(
    const struct migrate *migrate, const struct migration *migration, size_t *start)
{
	struct tool *tool = migrate->tool;
	struct migration_unfinished unfinished;
	const struct error *error = migration_load_unfinished(tool->db, tool->arena, &unfinished);

	*start = 0;
	if (error != NULL)
		return tool_fail_db(tool, error);
	if (unfinished.version != migration->version)
		return TOOL_DONE;
	*start = (size_t)unfinished.statements;
	if (*start > migration->script.count ||
	    strcmp(unfinished.checksum, checksum_of(tool->arena, migration, *start)) != 0)
		return tool_fail("the first %zu statements of %s have run and are not what the file"
				 " says now: restore them; only later ones may be mended",
		    *start, migration->name);
	printf("%s was cut after statement %zu, going on\n", migration->name, *start);
	return TOOL_DONE;
}

static int apply(const struct migrate *migrate, const struct migration *migration)
{
	struct tool *tool = migrate->tool;
	const struct error *error;
	size_t start;
	int status = find_start(migrate, migration, &start);

	if (status != TOOL_DONE)
		return status;
	for (size_t i = start; i < migration->script.count; i++) {
		status = run_statement(migrate, migration, i);
		if (status != TOOL_DONE)
			return status;
	}
	error = migration_finish(tool->db, migration);
	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("applied %s (%zu statements)\n", migration->name, migration->script.count);
	return TOOL_DONE;
}

static int apply_pending(const struct migrate *migrate)
{
	size_t count = migrate->migrations.count, done = migrate->applied.count;

	for (size_t i = done; i < count; i++) {
		const struct migration *migration = &migrate->migrations.items[i];
		int status = TOOL_DONE;

		if (migrate->dry_run)
			printf("would apply %s (%zu statements)\n", migration->name,
			    migration->script.count);
		else
			status = apply(migrate, migration);
		if (status != TOOL_DONE)
			return status;
	}
	if (done == count)
		printf("up to date, at %s\n", migrate->migrations.items[count - 1].name);
	return TOOL_DONE;
}

static int wait_for_lock(struct tool *tool)
{
	for (int i = 0; i < WAIT_STEPS; i++) {
		bool locked;
		const struct error *error =
		    migration_lock(tool->db, i == 0 ? 0 : WAIT_STEP, &locked);

		if (error != NULL)
			return tool_fail_db(tool, error);
		if (locked)
			return TOOL_DONE;
		if (i == 0)
			fputs("another hichatctl migrates this database, waiting for it\n", stderr);
	}
	return tool_fail("the other hichatctl still migrates this database, after %d minutes",
	    WAIT_STEP * WAIT_STEPS / 60);
}

/* Has the lock, unless this is a dry run. */
static int compare_and_apply(struct migrate *migrate)
{
	struct tool *tool = migrate->tool;
	const struct error *error = NULL;
	const char *contradiction;
	bool prepared = true;

	if (migrate->dry_run)
		error = migration_prepared(tool->db, &prepared);
	else
		error = migration_prepare(tool->db);
	if (error == NULL && prepared)
		error = migration_list(tool->db, tool->arena, &migrate->applied);
	if (error != NULL)
		return tool_fail_db(tool, error);
	contradiction =
	    migration_contradiction(tool->arena, &migrate->migrations, &migrate->applied);
	if (contradiction != NULL)
		return tool_fail("%s.", contradiction);
	return apply_pending(migrate);
}

static bool read_options(struct migrate *migrate, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dir", required_argument, NULL, 'd'},
	    {"dry-run", no_argument, NULL, 'n'},
	    {NULL, 0, NULL, 0},
	};
	int option;

	while ((option = getopt_long(argc, argv, "d:n", options, NULL)) != -1) {
		if (option == 'd')
			migrate->directory = optarg;
		else if (option == 'n')
			migrate->dry_run = true;
		else
			return false;
	}
	return optind == argc;
}

int command_migrate(struct tool *tool, int argc, char **argv)
{
	struct migrate migrate = {.tool = tool, .directory = MIGRATION_DIRECTORY};
	int status;

	if (!read_options(&migrate, argc, argv))
		return tool_misused();
	if (!migrations_read(tool->arena, migrate.directory, stderr, &migrate.migrations))
		return TOOL_FAILED;
	if (migrate.dry_run)
		return compare_and_apply(&migrate);
	/* An ALTER of a large table takes as long as it takes. */
	tool->config->database.query_timeout = 0;
	status = wait_for_lock(tool);
	if (status != TOOL_DONE)
		return status;
	status = compare_and_apply(&migrate);
	(void)migration_unlock(tool->db);
	return status;
}
