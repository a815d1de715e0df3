/* SQL of listing and closing reports. */
#include "reports_store.h"
#include "clock.h"

static const struct field report_line_fields[] = {
    HIDDEN(struct report_line, id),
    HIDDEN(struct report_line, moment_id),
    HIDDEN(struct report_line, author),
    HIDDEN(struct report_line, reporter),
    HIDDEN(struct report_line, reason),
    HIDDEN(struct report_line, note),
    HIDDEN(struct report_line, text),
    HIDDEN(struct report_line, created_at),
    HIDDEN(struct report_line, deleted),
};
static const struct record report_line_record = RECORD(struct report_line, report_line_fields);

static const char SQL_LINES[] =
    "SELECT moment_report.id, moment_report.moment_id, author.username AS author,"
    " reporter.username AS reporter, moment_report.reason, moment_report.note,"
    " moment_report.text, moment_report.created_at, moment.deleted_at IS NOT NULL AS deleted"
    " FROM moment_report STRAIGHT_JOIN moment ON moment.id = moment_report.moment_id"
    " STRAIGHT_JOIN user author ON author.id = moment.author_id"
    " STRAIGHT_JOIN user reporter ON reporter.id = moment_report.reporter_id"
    " WHERE moment_report.closed_at IS NULL AND moment_report.id > ?"
    " ORDER BY moment_report.id LIMIT ?";

static const char SQL_CLOSE[] =
    "UPDATE moment_report SET closed_at = ? WHERE id = ? AND closed_at IS NULL";

const struct error *report_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines)
{
	return db_rows(
	    db, arena, &report_line_record, lines, SQL_LINES, PARAMS(P(after), P(limit)));
}

const struct error *report_close(struct db *db, int64_t id, bool *existed)
{
	TRY(db_exec(db, SQL_CLOSE, PARAMS(P(clock_wall_ms()), P(id))));
	*existed = db_affected(db) > 0;
	return NULL;
}
