/* SQL of listing people. */
#include "user_store.h"

static const struct field user_line_fields[] = {
    HIDDEN(struct user_line, id),
    HIDDEN(struct user_line, username),
    HIDDEN(struct user_line, nickname),
    HIDDEN(struct user_line, created_at),
    HIDDEN(struct user_line, last_seen_at),
    HIDDEN(struct user_line, suspended_at),
};
static const struct record user_line_record = RECORD(struct user_line, user_line_fields);

static const char SQL_LINES[] =
    "SELECT id, username, nickname, created_at, last_seen_at, suspended_at FROM user"
    " WHERE id > ? AND deleted_at IS NULL AND (? = 0 OR suspended_at IS NOT NULL)"
    " ORDER BY id LIMIT ?";

const struct error *user_lines(struct db *db, struct arena *arena, int64_t after, int64_t limit,
    bool suspended_only, struct rows *lines)
{
	return db_rows(db, arena, &user_line_record, lines, SQL_LINES,
	    PARAMS(P(after), P(suspended_only), P(limit)));
}
