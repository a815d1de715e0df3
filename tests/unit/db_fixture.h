/* A database of its own for the tests of lib/db, and a second connection to interfere with. */
#ifndef HICHAT_DB_FIXTURE_H
#define HICHAT_DB_FIXTURE_H

#include "config.h"
#include "db.h"

struct arena;

struct db_fixture {
	struct config config;
	struct config other_config;
	char name[40];
	struct db *db;	  /* what is tested */
	struct db *other; /* the interfering one */
	struct arena *arena;
};

/* First in main(): starts this program again with a private server, unless one is given. */
void db_fixture_server(char **argv);

int db_fixture_open(void **state);
int db_fixture_close(void **state);
/* Between two cases: empty tables, and both connections closed. */
int db_fixture_reset(void **state);

/* Fails the test with the reason of a failure. */
void db_must(struct db *db, const struct error *error);

/* Kills the connection of fixture->db, from the other one, and waits until it is gone. */
void db_fixture_kill(struct db_fixture *fixture);
/* Over the other connection. */
int64_t db_fixture_int(struct db_fixture *fixture, const char *sql, struct params params);

#endif
