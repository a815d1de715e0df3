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

#define SELECT                                                                            \
	"SELECT id, username, nickname, created_at, last_seen_at, suspended_at FROM user" \
	" WHERE id > ? AND deleted_at IS NULL"

static const char SQL_LINES[] = SELECT " ORDER BY id LIMIT ?";
static const char SQL_SUSPENDED_LINES[] =
    SELECT " AND suspended_at IS NOT NULL ORDER BY id LIMIT ?";

const struct error *user_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines)
{
	return db_rows(db, arena, &user_line_record, lines, SQL_LINES, PARAMS(P(after), P(limit)));
}

const struct error *user_suspended_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines)
{
	return db_rows(
	    db, arena, &user_line_record, lines, SQL_SUSPENDED_LINES, PARAMS(P(after), P(limit)));
}
