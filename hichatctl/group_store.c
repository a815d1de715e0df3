/* SQL of listing groups and of their limits. */
#include "group_store.h"

static const struct field group_line_fields[] = {
    HIDDEN(struct group_line, id),
    HIDDEN(struct group_line, name),
    HIDDEN(struct group_line, owner),
    HIDDEN(struct group_line, member_count),
    HIDDEN(struct group_line, member_limit),
};
static const struct record group_line_record = RECORD(struct group_line, group_line_fields);

#define SELECT                                                              \
	"SELECT chat_group.id, chat_group.name, user.username AS owner,"    \
	" chat_group.member_count, chat_group.member_limit FROM chat_group" \
	" STRAIGHT_JOIN user ON user.id = chat_group.owner_id"              \
	" WHERE chat_group.dissolved_at IS NULL"

static const char SQL_LINES[] = SELECT " AND chat_group.id > ? ORDER BY chat_group.id LIMIT ?";
static const char SQL_LINE[] = SELECT " AND chat_group.id = ?";
static const char SQL_SET_LIMIT[] = "UPDATE chat_group SET member_limit = ? WHERE id = ?";

const struct error *group_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines)
{
	return db_rows(db, arena, &group_line_record, lines, SQL_LINES, PARAMS(P(after), P(limit)));
}

const struct error *group_line(
    struct db *db, struct arena *arena, int64_t id, struct group_line *line)
{
	return db_one(db, arena, &group_line_record, line, SQL_LINE, PARAMS(P(id)));
}

const struct error *group_set_limit(struct db *db, int64_t id, int64_t limit)
{
	return db_exec(db, SQL_SET_LIMIT, PARAMS(P(limit), P(id)));
}
