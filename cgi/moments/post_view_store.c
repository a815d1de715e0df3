/* SQL of what was said to posts. */
#include "post_view_store.h"
#include "comment_store.h"
#include "moment_rule.h"

static const struct field said_fields[] = {
    OUTPUT(struct said, moment_id),
    OUTPUT(struct said, id),
};
static const struct record said_record = RECORD(struct said, said_fields);

#define POSTS                                                             \
	" FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) listed" \
	" JOIN user viewer ON viewer.id = ? JOIN moment ON moment.id = listed.id"

/* The counts are the viewer's own, so that whatever they hear has to be looked at. */
static const char SQL_LIKES[] =
    "SELECT STRAIGHT_JOIN said.moment_id, said.author_id AS id" POSTS
    " JOIN moment_like said ON said.moment_id = moment.id" SAID_JOINS " WHERE" LIKE_HEARD
    " ORDER BY said.moment_id DESC, said.created_at, said.author_id";

static const char SQL_COMMENT_IDS[] =
    "SELECT STRAIGHT_JOIN said.moment_id, said.id" POSTS
    " JOIN moment_comment said ON said.moment_id = moment.id" COMMENT_JOINS " WHERE" COMMENT_HEARD
    " ORDER BY said.moment_id DESC, said.id DESC";

static const char SQL_COMMENTS[] =
    "SELECT said.id, said.moment_id, said.author_id, said.reply_to, said.reply_user_id, said.text,"
    " said.created_at FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) listed"
    " STRAIGHT_JOIN moment_comment said ON said.id = listed.id"
    " ORDER BY said.moment_id DESC, said.id";

const struct error *post_view_said(
    struct request *req, struct id_list posts, struct rows *likes, struct rows *comments)
{
	const char *ids = json_ids(req->arena, posts.ids, posts.count);

	TRY(db_rows(
	    req->db, req->arena, &said_record, likes, SQL_LIKES, PARAMS(P(ids), P(req->user_id))));
	return db_rows(req->db, req->arena, &said_record, comments, SQL_COMMENT_IDS,
	    PARAMS(P(ids), P(req->user_id)));
}

const struct error *post_view_comments(
    struct request *req, struct id_list ids, struct rows *comments)
{
	return db_rows(req->db, req->arena, &comment_record, comments, SQL_COMMENTS,
	    PARAMS(P(json_ids(req->arena, ids.ids, ids.count))));
}
