/* SQL of notifications of moments.  Ids are positions, as those of other notifications are. */
#include "notice_store.h"
#include "clock.h"
#include "moment_rule.h"
#include "notification.h"

static const struct field notice_fields[] = {
    OUTPUT(struct notice, id),
    HIDDEN(struct notice, user_id),
    HIDDEN(struct notice, author_id),
    OUTPUT(struct notice, kind),
    OUTPUT(struct notice, post_id),
    OUTPUT(struct notice, post_text),
    OUTPUT(struct notice, post_media_id),
    OUTPUT(struct notice, comment_id),
    OUTPUT(struct notice, comment_text),
    OUTPUT(struct notice, created_at),
    OUTPUT(struct notice, read),
};
const struct record notice_record = RECORD(struct notice, notice_fields);

#define UNMUTED                                      \
	" AND NOT EXISTS (SELECT 1 FROM moment_mute" \
	" WHERE moment_mute.moment_id = moment.id AND moment_mute.user_id = viewer.id)"

static const char SQL_INSERT_LIKE[] =
    "INSERT INTO moment_notification (user_id, moment_id, author_id, kind, created_at)"
    " SELECT STRAIGHT_JOIN viewer.id, moment.id, said.author_id, '" NOTICE_LIKED "', ?"
    " FROM user viewer JOIN moment ON moment.id = ?"
    " JOIN moment_like said ON said.moment_id = moment.id AND said.author_id = ?" MOMENT_JOINS
	SAID_JOINS " WHERE viewer.id = ? AND" MOMENT_VISIBLE " AND" LIKE_HEARD UNMUTED;

static const char SQL_INSERT_COMMENT[] =
    "INSERT INTO moment_notification (user_id, moment_id, author_id, kind, comment_id,"
    " reply_user_id, created_at)"
    " SELECT STRAIGHT_JOIN viewer.id, moment.id, said.author_id, ?, said.id, said.reply_user_id, ?"
    " FROM user viewer JOIN moment_comment said ON said.id = ?"
    " JOIN moment ON moment.id = said.moment_id" MOMENT_JOINS COMMENT_JOINS
    " WHERE viewer.id = ? AND" MOMENT_VISIBLE " AND" COMMENT_HEARD UNMUTED;

#define SELECT                                                                        \
	"SELECT STRAIGHT_JOIN said.id, said.user_id, said.author_id, said.kind,"      \
	" said.moment_id AS post_id, moment.text AS post_text,"                       \
	" moment_media.media_id AS post_media_id, said.comment_id,"                   \
	" moment_comment.text AS comment_text, said.created_at,"                      \
	" said.id <= viewer.moment_notification_read AS `read`"                       \
	" FROM user viewer JOIN moment_notification said ON said.user_id = viewer.id" \
	" JOIN moment ON moment.id = said.moment_id" MOMENT_JOINS COMMENT_JOINS       \
	" LEFT JOIN moment_comment ON moment_comment.id = said.comment_id"            \
	" LEFT JOIN moment_media ON moment_media.moment_id = moment.id"               \
	" AND moment_media.position = 1"                                              \
	" WHERE" MOMENT_VISIBLE " AND" COMMENT_HEARD

static const char SQL_OWNER[] = "SELECT user_id FROM moment_notification WHERE id = ?";
static const char SQL_LOAD[] = SELECT " AND viewer.id = ? AND said.id = ?";
static const char SQL_BEFORE[] =
    SELECT " AND viewer.id = ? AND said.id < ? ORDER BY said.id DESC LIMIT ?";
static const char SQL_AFTER[] =
    "SELECT * FROM (" SELECT " AND viewer.id = ? AND said.id > ? ORDER BY said.id LIMIT ?) page"
    " ORDER BY id DESC";

static const char SQL_MARK_READ[] =
    "UPDATE user SET moment_notification_read = GREATEST(moment_notification_read,"
    " LEAST(?, (SELECT COALESCE(MAX(id), 0) FROM moment_notification WHERE user_id = ?)))"
    " WHERE id = ?";

const struct error *notice_insert_like(
    struct db *db, int64_t user_id, int64_t post_id, int64_t author_id, int64_t *id)
{
	TRY(notification_take_turn(db, user_id));
	TRY(db_exec(
	    db, SQL_INSERT_LIKE, PARAMS(P(clock_wall_ms()), P(post_id), P(author_id), P(user_id))));
	*id = db_affected(db) > 0 ? db_insert_id(db) : ABSENT;
	return NULL;
}

const struct error *notice_insert_comment(
    struct db *db, int64_t user_id, const char *kind, int64_t comment_id, int64_t *id)
{
	TRY(notification_take_turn(db, user_id));
	TRY(db_exec(db, SQL_INSERT_COMMENT,
	    PARAMS(P(kind), P(clock_wall_ms()), P(comment_id), P(user_id))));
	*id = db_affected(db) > 0 ? db_insert_id(db) : ABSENT;
	return NULL;
}

const struct error *notice_load(struct request *req, int64_t id, struct notice *notice)
{
	int64_t owner;

	TRY(db_int(req->db, &owner, SQL_OWNER, PARAMS(P(id))));
	return db_one(
	    req->db, req->arena, &notice_record, notice, SQL_LOAD, PARAMS(P(owner), P(id)));
}

const struct error *notice_page(
    struct request *req, const struct page_query *query, int64_t limit, struct rows *notices)
{
	bool upwards = query->after != ABSENT;
	int64_t edge = upwards ? query->after : query->before != ABSENT ? query->before : INT64_MAX;

	return db_rows(req->db, req->arena, &notice_record, notices,
	    upwards ? SQL_AFTER : SQL_BEFORE, PARAMS(P(req->user_id), P(edge), P(limit)));
}

const struct error *notice_mark_read(struct db *db, int64_t user_id, int64_t up_to)
{
	return db_exec(db, SQL_MARK_READ, PARAMS(P(up_to), P(user_id), P(user_id)));
}
