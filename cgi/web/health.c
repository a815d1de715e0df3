/* Whether a program can do its work. */
#include "health.h"

#include "respond.h"

static const char SQL_MIGRATED[] = "SELECT COUNT(*) FROM information_schema.tables"
				   " WHERE table_schema = DATABASE()"
				   " AND table_name = 'schema_migration'";
static const char SQL_VERSION[] = "SELECT MAX(version) FROM schema_migration";

/* One word each, for programs that watch programs. */
struct health {
	const char *database; /* ok | unavailable | schema */
	const char *redis;    /* ok | unavailable | disabled */
	int64_t schema;	      /* the last migration, or ABSENT */
};

static const char *check_database(struct db *db, int64_t *schema)
{
	int64_t tables;

	*schema = ABSENT;
	if (db_ping(db) != NULL || db_int(db, &tables, SQL_MIGRATED, NO_PARAMS) != NULL)
		return "unavailable";
	if (tables != 1 || db_int(db, schema, SQL_VERSION, NO_PARAMS) != NULL || *schema == ABSENT)
		return "schema";
	return "ok";
}

static struct health check(const struct config *config, struct db *db, struct redis *redis)
{
	struct health health;

	health.database = check_database(db, &health.schema);
	if (!config->redis.enabled)
		health.redis = "disabled";
	else
		health.redis = redis_ping(redis) ? "ok" : "unavailable";
	return health;
}

const struct error *health_show(struct request *req)
{
	struct health health = check(req->config, req->db, req->redis);
	struct json_object *answer = json_new(req->arena);
	bool able = health.schema != ABSENT;

	json_set_text(answer, "status", able ? "ok" : "unavailable");
	json_set_text(answer, "program", req->program);
	json_set_text(answer, "version", PACKAGE_VERSION);
	json_set_text(answer, "database", health.database);
	json_set_text(answer, "redis", health.redis);
	json_set_int(answer, "schema", health.schema);
	return respond(req, able ? 200 : 503, answer);
}

static void report_database(const struct config *config, const struct db *db, const char *word)
{
	if (word[0] == 's')
		LOG(ERROR,
		    "the database has no tables yet: run `hichatctl migrate`; until then every "
		    "request is answered 503",
		    LOG_FIELD("database", config->database.name));
	else
		LOG(ERROR,
		    "the database cannot be reached: start it, or correct [database] in the "
		    "configuration; until then every request is answered 503, and it is tried "
		    "again with each",
		    LOG_FIELD("reason", db_reason(db)), LOG_FIELD("host", config->database.host),
		    LOG_FIELD("socket", config->database.socket),
		    LOG_FIELD("database", config->database.name),
		    LOG_FIELD("database_user", config->database.user));
}

void health_report(const struct config *config)
{
	struct db *db = db_new(config);
	struct redis *redis = redis_new(config, NULL);
	struct health health = check(config, db, redis);

	if (health.schema == ABSENT)
		report_database(config, db, health.database);
	if (health.redis[0] == 'u')
		LOG(WARNING,
		    "Redis cannot be reached: messages are stored, but not pushed to open "
		    "connections; start it, correct [redis], or set enabled = no there",
		    LOG_FIELD("reason", redis_reason(redis)));
	db_free(&db);
	redis_free(&redis);
}
