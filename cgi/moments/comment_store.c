/* SQL of comments. */
#include "comment_store.h"
#include "moment_rule.h"

static const struct field comment_fields[] = {
    OUTPUT(struct comment, id),
    HIDDEN(struct comment, moment_id),
    HIDDEN(struct comment, author_id),
    OUTPUT(struct comment, reply_to),
    HIDDEN(struct comment, reply_user_id),
    OUTPUT(struct comment, text),
    OUTPUT(struct comment, created_at),
};
const struct record comment_record = RECORD(struct comment, comment_fields);

#define COLUMNS                                                                       \
	"said.id, said.moment_id, said.author_id, said.reply_to, said.reply_user_id," \
	" said.text, said.created_at"

#define PAGE                                                                             \
	"SELECT STRAIGHT_JOIN " COLUMNS " FROM user viewer JOIN moment ON moment.id = ?" \
	" JOIN moment_comment said ON said.moment_id = moment.id" COMMENT_JOINS          \
	" WHERE viewer.id = ? AND" COMMENT_HEARD

static const char SQL_AFTER[] = PAGE " AND said.id > ? ORDER BY said.id LIMIT ?";
static const char SQL_BEFORE[] =
    "SELECT * FROM (" PAGE " AND said.id < ? ORDER BY said.id DESC LIMIT ?) page ORDER BY id";

static const char SQL_AUTHOR[] =
    "SELECT author_id FROM moment_comment WHERE id = ? AND moment_id = ?";
static const char SQL_FIND[] = "SELECT " COLUMNS " FROM moment_comment said WHERE said.id = ?";
static const char SQL_FIND_KEY[] = "SELECT " COLUMNS " FROM moment_comment said"
				   " WHERE said.author_id = ? AND said.client_key = ?";

static const char SQL_INSERT[] =
    "INSERT INTO moment_comment (moment_id, author_id, client_key, reply_to, reply_user_id, text,"
    " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)";

static const char SQL_DELETE[] = "DELETE FROM moment_comment WHERE id = ?";
static const char SQL_DELETE_NOTIFICATIONS[] =
    "DELETE FROM moment_notification WHERE moment_id = ? AND author_id = ? AND comment_id = ?";

const struct error *comment_page(struct request *req, int64_t post_id,
    const struct page_query *query, int64_t limit, struct rows *comments)
{
	bool upwards = query->after != ABSENT;
	int64_t edge = upwards ? query->after : query->before != ABSENT ? query->before : INT64_MAX;

	return db_rows(req->db, req->arena, &comment_record, comments,
	    upwards ? SQL_AFTER : SQL_BEFORE,
	    PARAMS(P(post_id), P(req->user_id), P(edge), P(limit)));
}

const struct error *comment_author(
    struct db *db, int64_t post_id, int64_t comment_id, int64_t *author_id)
{
	return db_int(db, author_id, SQL_AUTHOR, PARAMS(P(comment_id), P(post_id)));
}

const struct error *comment_find(
    struct db *db, struct arena *arena, int64_t comment_id, struct comment *comment)
{
	return db_one(db, arena, &comment_record, comment, SQL_FIND, PARAMS(P(comment_id)));
}

const struct error *comment_find_key(struct db *db, struct arena *arena, int64_t author_id,
    const char *client_key, struct comment *comment)
{
	return db_one(
	    db, arena, &comment_record, comment, SQL_FIND_KEY, PARAMS(P(author_id), P(client_key)));
}

const struct error *comment_insert(struct db *db, struct comment *comment, const char *client_key)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(comment->moment_id), P(comment->author_id), P(client_key),
		P(comment->reply_to), P(comment->reply_user_id), P(comment->text),
		P(comment->created_at))));
	comment->id = db_insert_id(db);
	return NULL;
}

const struct error *comment_remove(struct db *db, const struct comment *comment)
{
	TRY(db_exec(db, SQL_DELETE_NOTIFICATIONS,
	    PARAMS(P(comment->moment_id), P(comment->author_id), P(comment->id))));
	return db_exec(db, SQL_DELETE, PARAMS(P(comment->id)));
}
