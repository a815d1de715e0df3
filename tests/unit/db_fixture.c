/* The database that the tests of lib/db use. */
#include "db_fixture.h"

#include "arena.h"
#include "clock.h"
#include "log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define SOCKET "HICHAT_TEST_DB_SOCKET"
#define PATIENCE_MS 10000

static const char SCHEMA[] = "CREATE TABLE thing ("
			     " id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
			     " number BIGINT NULL,"
			     " yes TINYINT NOT NULL DEFAULT 0,"
			     " flag TINYINT NULL,"
			     " text VARCHAR(50) NULL,"
			     " body LONGTEXT NULL,"
			     " code VARCHAR(20) CHARACTER SET ascii NULL,"
			     " KEY text_key (text),"
			     " UNIQUE KEY code_key (code)"
			     ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;"
			     "CREATE TABLE part ("
			     " thing_id BIGINT NOT NULL,"
			     " CONSTRAINT part_thing FOREIGN KEY (thing_id) REFERENCES thing (id)"
			     ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

void db_fixture_server(char **argv)
{
	if (getenv(SOCKET) != NULL)
		return;
	execl(UNIT_DIRECTORY "/with-mariadb.sh", "with-mariadb.sh", argv[0], (char *)NULL);
	perror(UNIT_DIRECTORY "/with-mariadb.sh");
	_exit(99);
}

void db_must(struct db *db, const struct error *error)
{
	if (error != NULL)
		fail_msg("%s: %s", error->code, db_reason(db));
}

static void script(struct db *db, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void script(struct db *db, const char *format, ...)
{
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	db_must(db, db_script(db, text));
}

static struct config make_config(const char *database)
{
	struct config config;

	memset(&config, 0, sizeof(config));
	config.database.host = "localhost";
	config.database.socket = getenv(SOCKET);
	config.database.user = "root";
	config.database.password = "";
	config.database.name = database;
	config.database.connect_timeout = 3;
	config.database.query_timeout = 10;
	return config;
}

int db_fixture_open(void **state)
{
	struct db_fixture *fixture = calloc(1, sizeof(*fixture));

	log_open("db_test", "/dev/null", LOG_LEVEL_ERROR);
	snprintf(fixture->name, sizeof(fixture->name), "hichat_test_%ld", (long)getpid());
	fixture->arena = arena_new();
	fixture->other_config = make_config("");
	fixture->other = db_new(&fixture->other_config);
	script(fixture->other, "CREATE DATABASE %s CHARACTER SET utf8mb4", fixture->name);
	db_free(&fixture->other);
	fixture->config = make_config(fixture->name);
	fixture->other_config = make_config(fixture->name);
	fixture->other = db_new(&fixture->other_config);
	fixture->db = db_new(&fixture->config);
	db_must(fixture->other, db_script(fixture->other, SCHEMA));
	*state = fixture;
	return 0;
}

int db_fixture_close(void **state)
{
	struct db_fixture *fixture = *state;

	script(fixture->other, "DROP DATABASE %s", fixture->name);
	db_free(&fixture->db);
	db_free(&fixture->other);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

int db_fixture_reset(void **state)
{
	struct db_fixture *fixture = *state;

	db_free(&fixture->db);
	db_free(&fixture->other);
	fixture->config = make_config(fixture->name);
	fixture->db = db_new(&fixture->config);
	fixture->other = db_new(&fixture->other_config);
	arena_reset(fixture->arena);
	script(fixture->other, "DELETE FROM part; DELETE FROM thing;"
			       "ALTER TABLE thing AUTO_INCREMENT = 1");
	return 0;
}

int64_t db_fixture_int(struct db_fixture *fixture, const char *sql, struct params params)
{
	int64_t value;

	db_must(fixture->other, db_int(fixture->other, &value, sql, params));
	return value;
}

void db_fixture_kill(struct db_fixture *fixture)
{
	static const char count[] =
	    "SELECT COUNT(*) FROM information_schema.processlist WHERE id = ?";
	int64_t until = clock_monotonic_ms() + PATIENCE_MS;
	int64_t id;

	db_must(fixture->db, db_int(fixture->db, &id, "SELECT CONNECTION_ID()", NO_PARAMS));
	script(fixture->other, "KILL %lld", (long long)id);
	while (db_fixture_int(fixture, count, PARAMS(P(id))) != 0) {
		assert_true(clock_monotonic_ms() < until);
		nanosleep(&(struct timespec){0, 2000000}, NULL);
	}
}
