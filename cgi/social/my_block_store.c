/* SQL of one's own blocks. */
#include "my_block_store.h"
#include "clock.h"

static const struct field my_block_fields[] = {
    HIDDEN(struct my_block, blocked_id),
    OUTPUT(struct my_block, created_at),
};
const struct record my_block_record = RECORD(struct my_block, my_block_fields);

static const char SQL_INSERT[] =
    "INSERT INTO block (user_id, blocked_id, created_at) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE created_at = created_at";

static const char SQL_DELETE[] = "DELETE FROM block WHERE user_id = ? AND blocked_id = ?";

static const char SQL_LOAD[] =
    "SELECT blocked_id, created_at FROM block WHERE user_id = ? AND blocked_id = ?";

static const char SQL_PAGE[] = "SELECT blocked_id, created_at FROM block"
			       " WHERE user_id = ? AND blocked_id > ? ORDER BY blocked_id LIMIT ?";

const struct error *my_block_insert(struct db *db, int64_t user_id, int64_t blocked_id)
{
	return db_exec(db, SQL_INSERT, PARAMS(P(user_id), P(blocked_id), P(clock_wall_ms())));
}

const struct error *my_block_remove(
    struct db *db, int64_t user_id, int64_t blocked_id, bool *existed)
{
	TRY(db_exec(db, SQL_DELETE, PARAMS(P(user_id), P(blocked_id))));
	*existed = db_affected(db) > 0;
	return NULL;
}

const struct error *my_block_load(struct request *req, int64_t blocked_id, struct my_block *block)
{
	return db_one(req->db, req->arena, &my_block_record, block, SQL_LOAD,
	    PARAMS(P(req->user_id), P(blocked_id)));
}

const struct error *my_block_page(
    struct request *req, int64_t after, int64_t limit, struct rows *page)
{
	return db_rows(req->db, req->arena, &my_block_record, page, SQL_PAGE,
	    PARAMS(P(req->user_id), P(after), P(limit)));
}
