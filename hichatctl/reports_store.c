/* SQL of looking at reports and closing them. */
#include "reports_store.h"
#include "clock.h"

static const struct field report_line_fields[] = {
    HIDDEN(struct report_line, id),
    HIDDEN(struct report_line, moment_id),
    HIDDEN(struct report_line, author_id),
    HIDDEN(struct report_line, author),
    HIDDEN(struct report_line, reporter),
    HIDDEN(struct report_line, audience),
    HIDDEN(struct report_line, reason),
    HIDDEN(struct report_line, note),
    HIDDEN(struct report_line, text),
    HIDDEN(struct report_line, posted_at),
    HIDDEN(struct report_line, created_at),
    HIDDEN(struct report_line, deleted),
};
static const struct record report_line_record = RECORD(struct report_line, report_line_fields);

static const struct field report_media_fields[] = {
    HIDDEN(struct report_media, id),
    HIDDEN(struct report_media, purpose),
    HIDDEN(struct report_media, type),
    HIDDEN(struct report_media, size),
    HIDDEN(struct report_media, original),
};
static const struct record report_media_record = RECORD(struct report_media, report_media_fields);

#define SELECT                                                                            \
	"SELECT moment_report.id, moment_report.moment_id, moment.author_id,"             \
	" author.username AS author, reporter.username AS reporter, moment.audience,"     \
	" moment_report.reason, moment_report.note, moment_report.text,"                  \
	" moment.created_at AS posted_at, moment_report.created_at,"                      \
	" moment.deleted_at IS NOT NULL AS deleted"                                       \
	" FROM moment_report STRAIGHT_JOIN moment ON moment.id = moment_report.moment_id" \
	" STRAIGHT_JOIN user author ON author.id = moment.author_id"                      \
	" STRAIGHT_JOIN user reporter ON reporter.id = moment_report.reporter_id"         \
	" WHERE moment_report.closed_at IS NULL"

static const char SQL_LINES[] =
    SELECT " AND moment_report.id > ? ORDER BY moment_report.id LIMIT ?";
static const char SQL_GET[] = SELECT " AND moment_report.id = ?";

static const char SQL_MEDIA[] =
    "SELECT media.id, media.purpose, media.type, media.size, media.original FROM moment_media"
    " STRAIGHT_JOIN media ON media.id = moment_media.media_id"
    " WHERE moment_media.moment_id = ? ORDER BY moment_media.position";

static const char SQL_LOCK_POST[] = "SELECT deleted_at IS NULL FROM moment WHERE id = ? FOR UPDATE";

static const char SQL_REPORTERS[] =
    "SELECT reporter_id FROM moment_report"
    " WHERE moment_id = ? AND closed_at IS NULL AND (? = 0 OR id = ?)"
    " ORDER BY reporter_id FOR UPDATE";
static const char SQL_CLOSE[] = "UPDATE moment_report SET closed_at = ?"
				" WHERE moment_id = ? AND closed_at IS NULL AND (? = 0 OR id = ?)";

const struct error *report_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines)
{
	return db_rows(
	    db, arena, &report_line_record, lines, SQL_LINES, PARAMS(P(after), P(limit)));
}

const struct error *report_get(
    struct db *db, struct arena *arena, int64_t id, struct report_line *report)
{
	return db_one(db, arena, &report_line_record, report, SQL_GET, PARAMS(P(id)));
}

const struct error *report_media(
    struct db *db, struct arena *arena, int64_t moment_id, struct rows *media)
{
	return db_rows(db, arena, &report_media_record, media, SQL_MEDIA, PARAMS(P(moment_id)));
}

const struct error *report_lock_post(struct db *db, int64_t moment_id, bool *there)
{
	int64_t found;

	TRY(db_int(db, &found, SQL_LOCK_POST, PARAMS(P(moment_id))));
	*there = found == 1;
	return NULL;
}

const struct error *report_close(struct db *db, struct arena *arena, int64_t moment_id,
    int64_t report, struct id_list *reporters)
{
	TRY(db_ids(
	    db, arena, reporters, SQL_REPORTERS, PARAMS(P(moment_id), P(report), P(report))));
	return db_exec(
	    db, SQL_CLOSE, PARAMS(P(clock_wall_ms()), P(moment_id), P(report), P(report)));
}
