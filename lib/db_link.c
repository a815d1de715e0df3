/* The connection: opened with the settings that the rest relies on, looked at before each use,
 * closed for good when it fails.  The client library's own reconnecting stays off: it would
 * answer success to the COMMIT of a transaction that died with the old connection. */
#include "db_link.h"

#include "config.h"
#include "db_named.h"
#include "db_statement.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static void library_start(void)
{
	mysql_library_init(0, NULL, NULL);
}

static void set_seconds(MYSQL *link, enum mysql_option option, int64_t seconds)
{
	unsigned value = (unsigned)seconds;

	if (seconds > 0)
		mysql_options(link, option, &value);
}

static void set_options(MYSQL *link, const struct config *config)
{
	int64_t limit = config->database.query_timeout;

	mysql_options(link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	set_seconds(link, MYSQL_OPT_CONNECT_TIMEOUT, config->database.connect_timeout);
	/* The server's own limit should strike first: it leaves a connection that works. */
	set_seconds(link, MYSQL_OPT_READ_TIMEOUT, limit > 0 ? limit + 2 : 0);
	set_seconds(link, MYSQL_OPT_WRITE_TIMEOUT, limit > 0 ? limit + 2 : 0);
}

static const char *or_null(const char *text)
{
	return text == NULL || text[0] == '\0' ? NULL : text;
}

/* Several statements in one query are for db_run() and db_script(); prepared statements, which
 * is how everything else travels, never hold more than one. */
static const struct error *link_open(struct db *db)
{
	const struct config *config = db->config;

	db->link = mysql_init(NULL);
	if (db->link == NULL)
		return db_failed(db, DB_CONNECTING, 2008, "out of memory", NULL);
	set_options(db->link, config);
	if (mysql_real_connect(db->link, or_null(config->database.host),
		or_null(config->database.user), config->database.password,
		or_null(config->database.name), (unsigned)config->database.port,
		or_null(config->database.socket), CLIENT_MULTI_STATEMENTS) != NULL)
		return NULL;
	return db_failed_link(db, DB_CONNECTING, NULL);
}

static const struct error *set_session(struct db *db)
{
	bool mariadb = strstr(mysql_get_server_info(db->link), "MariaDB") != NULL;
	int64_t limit = db->config->database.query_timeout;
	char text[512];
	size_t done;
	int length = snprintf(text, sizeof(text),
	    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,"
	    "NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',"
	    " SESSION time_zone = '+00:00', SESSION autocommit = 1;"
	    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");

	db->names = mariadb;
	/* Waiting for a lock ends in time to try again: before the statement's own limit. */
	if (limit > 0)
		snprintf(text + length, sizeof(text) - (size_t)length,
		    ";SET SESSION innodb_lock_wait_timeout = %lld, SESSION %s = %lld",
		    (long long)(limit > 1 ? limit / 2 : 1),
		    mariadb ? "max_statement_time" : "max_execution_time",
		    (long long)(mariadb ? limit : limit * 1000));
	return db_link_run(db, DB_CONNECTING, text, text, &done);
}

/* Between two statements the server has nothing to say, unless it has gone. */
static bool looks_alive(MYSQL *link)
{
	struct pollfd socket = {.fd = (int)link->net.fd, .events = POLLIN};

	return poll(&socket, 1, 0) == 0;
}

const struct error *db_link_ready(struct db *db)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const struct error *error;

	if (db->transaction == DB_DOOMED)
		return FAIL(UNAVAILABLE);
	pthread_once(&once, library_start);
	db->failure = DB_FINE;
	db->violated_key[0] = '\0';
	db->reason[0] = '\0';
	if (db->link != NULL && looks_alive(db->link))
		return NULL;
	if (db->transaction == DB_INSIDE)
		return db_failed(db, DB_PREPARING, 2006, "connection lost in a transaction", NULL);
	db_link_close(db);
	error = link_open(db);
	if (error == NULL)
		error = set_session(db);
	if (error != NULL) {
		db->failure = DB_AWAY;
		db_link_close(db);
	}
	return error;
}

void db_link_close(struct db *db)
{
	/* In this order statements are closed without a message to the server for each. */
	if (db->link != NULL)
		mysql_close(db->link);
	db->link = NULL;
	statements_close(&db->statements);
	named_forget(&db->named);
}

static const struct error *drop_result(struct db *db, enum db_stage stage, const char *sql)
{
	MYSQL_RES *result = mysql_use_result(db->link);

	if (result != NULL)
		mysql_free_result(result);
	return mysql_errno(db->link) == 0 ? NULL : db_failed_link(db, stage, sql);
}

const struct error *db_link_run(
    struct db *db, enum db_stage stage, const char *text, const char *sql, size_t *done)
{
	int status = mysql_real_query(db->link, text, (unsigned long)strlen(text));

	for (*done = 0; status == 0; status = mysql_next_result(db->link)) {
		TRY(drop_result(db, stage, sql));
		++*done;
	}
	/* A status of -1 alone is no proof, see db_run.c. */
	return mysql_errno(db->link) == 0 ? NULL : db_failed_link(db, stage, sql);
}
