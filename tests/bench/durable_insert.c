/* The row and its table. */
#include "durable_insert.h"

#include <stdio.h>

static const char SQL_DROP[] = "DROP TABLE IF EXISTS bench_message";
static const char SQL_CREATE[] = "CREATE TABLE bench_message LIKE message";
static const char SQL_INSERT[] =
    "INSERT INTO bench_message (conversation_id, seq, ordinal, sender_id, client_key, kind, body,"
    " created_at) VALUES (?, ?, ?, ?, ?, 'text', ?, ?)";

const struct error *durable_insert_prepare(struct db *db)
{
	TRY(db_exec(db, SQL_DROP, NO_PARAMS));
	return db_exec(db, SQL_CREATE, NO_PARAMS);
}

const struct error *durable_insert_clear(struct db *db)
{
	return db_exec(db, SQL_DROP, NO_PARAMS);
}

const struct error *durable_insert(struct db *db, int64_t conversation, int64_t seq)
{
	char key[64];
	const char *body = "{\"text\":\"Shall we meet at the station at six? 六点车站见 🚉\"}";

	snprintf(key, sizeof(key), "%lld-%lld", (long long)conversation, (long long)seq);
	return db_exec(db, SQL_INSERT,
	    PARAMS(P(conversation), P(seq), P(seq), P(conversation), P((const char *)key), P(body),
		P(INT64_C(1700000000000) + seq)));
}
