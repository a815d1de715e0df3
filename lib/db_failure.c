/* What the error numbers of MySQL, MariaDB and their client libraries mean for us: may it be
 * tried again, what does the caller answer, what should an administrator do. */
#include "db_link.h"
#include "log.h"

#include <stdio.h>
#include <string.h>

struct known_failure {
	unsigned number;
	enum db_failure failure;
	const char *advice;
};

#define ADVICE_REACH "is the server running? See [database] in hichat.conf"
#define ADVICE_LOGIN "check user and password in [database] of hichat.conf"
#define ADVICE_CONNECTIONS "raise max_connections of the server, or run fewer workers"
#define ADVICE_SPACE "the server has run out of space or memory"
#define ADVICE_TIME "it took longer than [database] query_timeout"

/* Numbers, not names: each library's header lacks some that the other server sends. */
static const struct known_failure known_failures[] = {
    {1020, DB_AGAIN, NULL}, /* record has changed since last read */
    {1205, DB_AGAIN, NULL}, /* lock wait time-out */
    {1213, DB_AGAIN, NULL}, /* deadlock, and a conflict between nodes of a cluster */
    {3101, DB_AGAIN, NULL}, /* rolled back by group replication */

    {1062, DB_CONFLICT, NULL}, /* duplicate entry */
    {1586, DB_CONFLICT, NULL}, /* the same with the key's name */
    {1216, DB_CONFLICT, NULL}, /* foreign keys */
    {1217, DB_CONFLICT, NULL},
    {1451, DB_CONFLICT, NULL},
    {1452, DB_CONFLICT, NULL},

    {2006, DB_LOST, NULL}, /* server has gone away */
    {2013, DB_LOST, NULL}, /* lost connection during query */
    {2055, DB_LOST, NULL},
    {1053, DB_LOST, NULL}, /* shutdown in progress */
    {1077, DB_LOST, NULL},
    {1079, DB_LOST, NULL},
    {1158, DB_LOST, NULL}, /* the server's view of a broken connection */
    {1159, DB_LOST, NULL},
    {1160, DB_LOST, NULL},
    {1161, DB_LOST, NULL},
    {1927, DB_LOST, NULL}, /* connection was killed */
    {4031, DB_LOST, NULL}, /* disconnected because of inactivity */

    {1047, DB_UNSENT, NULL}, /* this node of a cluster takes no statements now */
    {1243, DB_UNSENT, NULL}, /* a proxy has changed the server behind our statement */
    {1290, DB_UNSENT, NULL}, /* read only: the primary has moved */
    {1615, DB_UNSENT, NULL}, /* has to be prepared again */
    {1836, DB_UNSENT, NULL},

    {1044, DB_AWAY, ADVICE_LOGIN},
    {1045, DB_AWAY, ADVICE_LOGIN},
    {1142, DB_AWAY, "the user in [database] of hichat.conf lacks a privilege"},
    {1698, DB_AWAY, ADVICE_LOGIN},
    {1049, DB_AWAY, "create the database, or correct [database] name in hichat.conf"},
    {1146, DB_AWAY, "the schema is not complete: run `hichatctl migrate`"},
    {2002, DB_AWAY, ADVICE_REACH},
    {2003, DB_AWAY, ADVICE_REACH},
    {2005, DB_AWAY, ADVICE_REACH},
    {2012, DB_AWAY, NULL},
    {2026, DB_AWAY, NULL},
    {1040, DB_AWAY, ADVICE_CONNECTIONS},
    {1203, DB_AWAY, ADVICE_CONNECTIONS},
    {1226, DB_AWAY, ADVICE_CONNECTIONS},
    {1461, DB_AWAY, "raise max_prepared_stmt_count of the server"},
    {1021, DB_AWAY, ADVICE_SPACE},
    {1030, DB_AWAY, ADVICE_SPACE},
    {1037, DB_AWAY, ADVICE_SPACE},
    {1041, DB_AWAY, ADVICE_SPACE},
    {1114, DB_AWAY, ADVICE_SPACE},
    {1317, DB_AWAY, "somebody killed the statement"},
    {1969, DB_AWAY, ADVICE_TIME},
    {3024, DB_AWAY, ADVICE_TIME},

    /* Mistakes of ours, whose messages name columns and not values. */
    {1048, DB_BUG, NULL},
    {1054, DB_BUG, NULL},
    {1055, DB_BUG, NULL},
    {1264, DB_BUG, NULL},
    {1267, DB_BUG, NULL},
    {1364, DB_BUG, NULL},
    {1406, DB_BUG, NULL},
};

static const struct known_failure *find_failure(unsigned number)
{
	static const struct known_failure unknown = {0, DB_BUG, NULL};

	for (size_t i = 0; i < sizeof(known_failures) / sizeof(known_failures[0]); i++) {
		if (known_failures[i].number == number)
			return &known_failures[i];
	}
	return &unknown;
}

static enum db_failure classify(const struct known_failure *known, enum db_stage stage)
{
	if (stage == DB_CONNECTING)
		return DB_AWAY;
	if (stage == DB_PREPARING && known->failure == DB_LOST)
		return DB_UNSENT;
	return known->failure;
}

/* "… for key 'user.username_key'" (MySQL 8) or "… for key 'username_key'". */
static void remember_key(struct db *db, const char *message)
{
	static const char before[] = "for key '";
	const char *name = NULL, *end;

	/* The last one: the duplicate value stands in front of it and may say anything. */
	for (const char *at = message; (at = strstr(at, before)) != NULL; at++)
		name = at + strlen(before);
	if (name == NULL || (end = strrchr(name, '\'')) == NULL)
		return;
	for (const char *dot = name; dot < end; dot++) {
		if (*dot == '.')
			name = dot + 1;
	}
	if ((size_t)(end - name) < sizeof(db->violated_key))
		snprintf(
		    db->violated_key, sizeof(db->violated_key), "%.*s", (int)(end - name), name);
}

static enum log_level level_of(enum db_failure failure)
{
	switch (failure) {
	case DB_CONFLICT:
		return LOG_LEVEL_DEBUG;
	case DB_AGAIN:
		return LOG_LEVEL_INFO;
	default:
		return LOG_LEVEL_ERROR;
	}
}

static void tell(const struct db *db, unsigned number, const char *sql)
{
	const struct log_field fields[] = {
	    LOG_FIELD("number", number),
	    LOG_FIELD("reason", db->reason),
	    log_text("sql", sql == NULL ? "" : sql),
	};

	log_write(level_of(db->failure), "database", fields, sql == NULL ? 2 : 3);
}

/* Messages about a statement that ran may quote values, so only those are kept that are known
 * not to; the number says as much. */
static const char *safe_message(
    enum db_stage stage, const struct known_failure *known, const char *message)
{
	if (stage != DB_RUNNING)
		return message;
	return known->number != 0 && known->failure != DB_CONFLICT ? message : "statement failed";
}

static const struct error *settle(struct db *db, enum db_failure failure)
{
	bool gone = failure == DB_LOST || failure == DB_UNSENT;

	db->failure = failure;
	if (db->transaction == DB_INSIDE && (gone || failure == DB_AGAIN))
		db->transaction = DB_DOOMED;
	if (gone)
		db_link_close(db);
	if (failure == DB_CONFLICT)
		return FAIL(CONFLICT);
	return failure == DB_BUG ? FAIL(INTERNAL) : FAIL(UNAVAILABLE);
}

const struct error *db_failed(
    struct db *db, enum db_stage stage, unsigned number, const char *message, const char *sql)
{
	const struct known_failure *known = find_failure(number);

	db->failure = classify(known, stage);
	if (db->failure == DB_CONFLICT)
		remember_key(db, message);
	snprintf(db->reason, sizeof(db->reason), "%s (%u)%s%s", safe_message(stage, known, message),
	    number, known->advice == NULL ? "" : "; ", known->advice == NULL ? "" : known->advice);
	tell(db, number, sql);
	return settle(db, db->failure);
}

const struct error *db_failed_link(struct db *db, enum db_stage stage, const char *sql)
{
	return db_failed(db, stage, mysql_errno(db->link), mysql_error(db->link), sql);
}

const struct error *db_bug(struct db *db, const char *sql, const char *reason)
{
	db->failure = DB_BUG;
	snprintf(db->reason, sizeof(db->reason), "%s", reason);
	tell(db, 0, sql);
	return FAIL(INTERNAL);
}
