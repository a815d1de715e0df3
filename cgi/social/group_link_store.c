/* SQL of invitation links. */
#include "group_link_store.h"
#include "clock.h"
#include <string.h>

#define TOKEN_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

static const struct field group_link_fields[] = {
    OUTPUT(struct group_link, id),
    HIDDEN(struct group_link, group_id),
    OUTPUT(struct group_link, token),
    HIDDEN(struct group_link, creator_id),
    OUTPUT(struct group_link, created_at),
    OUTPUT(struct group_link, expires_at),
    OUTPUT(struct group_link, max_uses),
    OUTPUT(struct group_link, uses),
    OUTPUT(struct group_link, revoked_at),
};
const struct record group_link_record = RECORD(struct group_link, group_link_fields);

#define SELECT                                                                            \
	"SELECT id, group_id, token, creator_id, created_at, expires_at, max_uses, uses," \
	" revoked_at FROM group_link"

static const char SQL_FIND[] = SELECT " WHERE token = ?";

static const char SQL_LOAD[] = SELECT " WHERE id = ? AND group_id = ?";

static const char SQL_PAGE[] = SELECT " WHERE group_id = ? AND id < ? ORDER BY id DESC LIMIT ?";

static const char SQL_INSERT[] =
    "INSERT INTO group_link (group_id, token, creator_id, created_at, expires_at, max_uses)"
    " VALUES (?, ?, ?, ?, ?, ?)";

static const char SQL_COUNT_USE[] = "UPDATE group_link SET uses = uses + 1 WHERE id = ?";

static const char SQL_END[] =
    "UPDATE group_link SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL";

const struct error *group_link_find(
    struct db *db, struct arena *arena, const char *token, struct group_link *link)
{
	/* The column holds ASCII: the database would not compare anything else with it. */
	if (token[strspn(token, TOKEN_LETTERS)] != '\0')
		return FAIL(NOT_FOUND);
	return db_one(db, arena, &group_link_record, link, SQL_FIND, PARAMS(P(token)));
}

const struct error *group_link_load(
    struct db *db, struct arena *arena, int64_t group_id, int64_t id, struct group_link *link)
{
	return db_one(db, arena, &group_link_record, link, SQL_LOAD, PARAMS(P(id), P(group_id)));
}

const struct error *group_link_insert(struct db *db, struct group_link *link)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(link->group_id), P(link->token), P(link->creator_id), P(link->created_at),
		P(link->expires_at), P(link->max_uses))));
	link->id = db_insert_id(db);
	return NULL;
}

const struct error *group_link_count_use(struct db *db, int64_t id)
{
	return db_exec(db, SQL_COUNT_USE, PARAMS(P(id)));
}

const struct error *group_link_end(struct db *db, int64_t id)
{
	return db_exec(db, SQL_END, PARAMS(P(clock_wall_ms()), P(id)));
}

const struct error *group_link_page(struct request *req, int64_t group_id,
    const struct page_query *query, int64_t limit, struct rows *page)
{
	int64_t before = query->before != ABSENT ? query->before : INT64_MAX;

	return db_rows(req->db, req->arena, &group_link_record, page, SQL_PAGE,
	    PARAMS(P(group_id), P(before), P(limit)));
}
