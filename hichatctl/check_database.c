/* The database: reachable, new enough, Unicode, migrated, durable. */
#include "migration.h"
#include "verdict.h"
#include <stdlib.h>
#include <string.h>

struct server {
	const char *version;
	const char *charset; /* the database's default */
};

static const struct field server_fields[] = {
    HIDDEN(struct server, version),
    HIDDEN(struct server, charset),
};
static const struct record server_record = RECORD(struct server, server_fields);

static const char SQL_SERVER[] =
    "SELECT VERSION() AS version, default_character_set_name AS charset"
    " FROM information_schema.schemata WHERE schema_name = DATABASE()";

static const char SQL_FOREIGN_TABLES[] =
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
    " AND table_type = 'BASE TABLE'"
    " AND (table_collation NOT LIKE 'utf8mb4%' OR engine <> 'InnoDB')";

static const char SQL_FLUSH_LOG[] = "SELECT @@GLOBAL.innodb_flush_log_at_trx_commit";
static const char SQL_LOG_BIN[] = "SELECT @@GLOBAL.log_bin";
static const char SQL_SYNC_BINLOG[] = "SELECT @@GLOBAL.sync_binlog";
static const char SQL_CONNECTIONS[] = "SELECT @@GLOBAL.max_connections";

#define CONNECTIONS_MIN 64

/* JSON_TABLE is what needs these: MariaDB 10.6, MySQL 8.0. */
static void check_version(struct check *check, const char *version)
{
	bool mariadb = strstr(version, "MariaDB") != NULL;
	const char *wanted = mariadb ? "10.6" : "8.0";
	const char *minor = strchr(version, '.');
	long have = strtol(version, NULL, 10) * 1000;

	have += minor != NULL ? strtol(minor + 1, NULL, 10) : 0;
	if (have < (mariadb ? 10006 : 8000))
		verdict(check, VERDICT_FAILED, "server", "%s is too old: %s or newer is needed",
		    version, wanted);
	else
		verdict(check, VERDICT_OK, "server", "%s%s", mariadb ? "" : "MySQL ", version);
}

static void check_charset(struct check *check, const char *charset)
{
	int64_t foreign;

	if (db_int(check->tool->db, &foreign, SQL_FOREIGN_TABLES, NO_PARAMS) != NULL)
		verdict(check, VERDICT_FAILED, "character set", "%s", db_reason(check->tool->db));
	else if (foreign > 0)
		verdict(check, VERDICT_FAILED, "character set",
		    "%lld tables are not utf8mb4 in InnoDB: they would lose characters, or rows",
		    (long long)foreign);
	else if (strcmp(charset, "utf8mb4") != 0)
		verdict(check, VERDICT_WARNING, "character set",
		    "the database's default is %s; all tables say utf8mb4 themselves", charset);
	else
		verdict(check, VERDICT_OK, "character set", "utf8mb4");
}

static const char *find_pending(struct check *check, const struct migrations *migrations)
{
	struct tool *tool = check->tool;
	const char *contradiction;
	struct rows applied;
	bool prepared;

	if (migration_prepared(tool->db, &prepared) != NULL)
		return db_reason(tool->db);
	if (!prepared)
		return "empty: run `hichatctl migrate`";
	if (migration_list(tool->db, tool->arena, &applied) != NULL)
		return db_reason(tool->db);
	contradiction = migration_contradiction(tool->arena, migrations, &applied);
	if (contradiction != NULL)
		return contradiction;
	if (applied.count < migrations->count)
		return arena_printf(tool->arena,
		    "%zu of %zu migrations are to be applied: run"
		    " `hichatctl migrate`",
		    migrations->count - applied.count, migrations->count);
	return NULL;
}

static void check_schema(struct check *check)
{
	struct migrations migrations;
	const char *problem;

	if (!migrations_read(check->tool->arena, check->directory, stdout, &migrations)) {
		verdict(check, VERDICT_FAILED, "schema", "cannot be compared, see above");
		return;
	}
	problem = find_pending(check, &migrations);
	if (problem != NULL)
		verdict(check, VERDICT_FAILED, "schema", "%s", problem);
	else
		verdict(check, VERDICT_OK, "schema", "at %s",
		    migrations.items[migrations.count - 1].name);
}

/* MariaDB has 3 beside 1: the same, and syncing in one step more. */
static void check_durability(struct check *check)
{
	struct db *db = check->tool->db;
	int64_t flush, binlog, sync;

	if (db_int(db, &flush, SQL_FLUSH_LOG, NO_PARAMS) != NULL ||
	    db_int(db, &binlog, SQL_LOG_BIN, NO_PARAMS) != NULL ||
	    db_int(db, &sync, SQL_SYNC_BINLOG, NO_PARAMS) != NULL) {
		verdict(check, VERDICT_WARNING, "durability", "%s", db_reason(db));
		return;
	}
	if (flush != 1 && flush != 3)
		verdict(check, VERDICT_FAILED, "durability",
		    "innodb_flush_log_at_trx_commit = %lld: a power cut may lose messages that were"
		    " acknowledged. Set it to 1",
		    (long long)flush);
	else if (binlog == 1 && sync != 1)
		verdict(check, VERDICT_WARNING, "durability",
		    "sync_binlog = %lld: after a power cut replicas may lack messages. Set it to 1",
		    (long long)sync);
	else
		verdict(check, VERDICT_OK, "durability", "every commit is flushed");
}

static void check_connections(struct check *check)
{
	int64_t connections;

	if (db_int(check->tool->db, &connections, SQL_CONNECTIONS, NO_PARAMS) != NULL)
		return;
	if (connections < CONNECTIONS_MIN)
		verdict(check, VERDICT_WARNING, "connections",
		    "max_connections = %lld: each worker of each program takes one",
		    (long long)connections);
	else
		verdict(check, VERDICT_OK, "connections", "%lld at most", (long long)connections);
}

void check_database(struct check *check)
{
	struct tool *tool = check->tool;
	struct server server;

	if (db_one(tool->db, tool->arena, &server_record, &server, SQL_SERVER, NO_PARAMS) != NULL) {
		verdict(check, VERDICT_FAILED, "database", "%s", db_reason(tool->db));
		return;
	}
	verdict(check, VERDICT_OK, "database", "%s, as %s", tool->config->database.name,
	    tool->config->database.user);
	check_version(check, server.version);
	check_charset(check, server.charset);
	check_schema(check);
	check_durability(check);
	check_connections(check);
}
