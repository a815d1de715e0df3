/* SQL of keys with which groups were made. */
#include "group_founding_store.h"

static const struct field group_founding_fields[] = {
    OUTPUT(struct group_founding, group_id),
    OUTPUT(struct group_founding, draft),
};
static const struct record group_founding_record =
    RECORD(struct group_founding, group_founding_fields);

static const char SQL_LOAD[] =
    "SELECT group_id, draft FROM group_founding WHERE founder_id = ? AND client_key = ?";

static const char SQL_INSERT[] =
    "INSERT INTO group_founding (founder_id, client_key, draft, group_id) VALUES (?, ?, ?, ?)";

const struct error *group_founding_load(struct db *db, struct arena *arena, int64_t founder_id,
    const char *client_key, struct group_founding *founding)
{
	return db_one(db, arena, &group_founding_record, founding, SQL_LOAD,
	    PARAMS(P(founder_id), P(client_key)));
}

const struct error *group_founding_insert(struct db *db, int64_t founder_id, const char *client_key,
    const struct group_founding *founding)
{
	return db_exec(db, SQL_INSERT,
	    PARAMS(P(founder_id), P(client_key), P(founding->draft), P(founding->group_id)));
}
