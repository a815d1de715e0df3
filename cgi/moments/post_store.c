/* SQL of posts. */
#include "post_store.h"
#include "moment_rule.h"
#include <string.h>

static const struct field post_fields[] = {
    OUTPUT(struct post, id),
    HIDDEN(struct post, author_id),
    HIDDEN(struct post, audience),
    OUTPUT(struct post, text),
    OUTPUT(struct post, created_at),
    OUTPUT(struct post, muted),
};
const struct record post_record = RECORD(struct post, post_fields);

#define COLUMNS                                                                         \
	"moment.id, moment.author_id, moment.audience, moment.text, moment.created_at," \
	" EXISTS (SELECT 1 FROM moment_mute WHERE moment_mute.moment_id = moment.id"    \
	" AND moment_mute.user_id = viewer.id) AS muted"

static const char SQL_LOAD[] =
    "SELECT STRAIGHT_JOIN " COLUMNS " FROM user viewer JOIN moment ON moment.id = ?" MOMENT_JOINS
    " WHERE viewer.id = ? AND" MOMENT_VISIBLE;

static const char SQL_FEED[] =
    "SELECT STRAIGHT_JOIN " COLUMNS
    " FROM user viewer JOIN moment_feed ON moment_feed.user_id = viewer.id"
    " JOIN moment ON moment.id = moment_feed.moment_id" MOMENT_JOINS
    " WHERE viewer.id = ? AND moment_feed.moment_id < ? AND" MOMENT_VISIBLE
    " ORDER BY moment_feed.moment_id DESC LIMIT ?";

static const char SQL_ALBUM[] =
    "SELECT STRAIGHT_JOIN " COLUMNS
    " FROM user viewer JOIN moment FORCE INDEX (author_id) ON moment.author_id = ?" MOMENT_JOINS
    " WHERE viewer.id = ? AND moment.id < ? AND" MOMENT_VISIBLE " ORDER BY moment.id DESC LIMIT ?";

static const char SQL_FIND[] = "SELECT id FROM moment WHERE author_id = ? AND client_key = ?";

static const char SQL_INSERT[] =
    "INSERT INTO moment (author_id, client_key, audience, text, created_at)"
    " VALUES (?, ?, ?, ?, ?)";

static const char SQL_SPREAD[] = "INSERT INTO moment_feed (user_id, moment_id)"
				 " SELECT friend_id, ? FROM friendship WHERE user_id = ?";

static const char SQL_SPREAD_LISTED[] =
    "INSERT INTO moment_feed (user_id, moment_id)"
    " SELECT user_id, moment_id FROM moment_listed WHERE moment_id = ? AND allowed = 1";

static const char SQL_KEEP[] = "INSERT INTO moment_feed (user_id, moment_id) VALUES (?, ?)";

static const char SQL_LOCK_OWN[] =
    "SELECT id, author_id, audience, text, created_at, 0 AS muted FROM moment"
    " WHERE id = ? AND author_id = ? AND deleted_at IS NULL FOR UPDATE";

static const char SQL_SET_AUDIENCE[] = "UPDATE moment SET audience = ? WHERE id = ?";

const struct error *post_load(struct request *req, int64_t id, struct post *post)
{
	return db_one(
	    req->db, req->arena, &post_record, post, SQL_LOAD, PARAMS(P(id), P(req->user_id)));
}

const struct error *post_feed(
    struct request *req, int64_t before, int64_t limit, struct rows *posts)
{
	return db_rows(req->db, req->arena, &post_record, posts, SQL_FEED,
	    PARAMS(P(req->user_id), P(before), P(limit)));
}

const struct error *post_album(
    struct request *req, int64_t author_id, int64_t before, int64_t limit, struct rows *posts)
{
	return db_rows(req->db, req->arena, &post_record, posts, SQL_ALBUM,
	    PARAMS(P(author_id), P(req->user_id), P(before), P(limit)));
}

const struct error *post_find(struct db *db, int64_t author_id, const char *client_key, int64_t *id)
{
	return db_int(db, id, SQL_FIND, PARAMS(P(author_id), P(client_key)));
}

const struct error *post_insert(
    struct db *db, const struct post *post, const char *client_key, int64_t *id)
{
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(post->author_id), P(client_key), P(post->audience), P(post->text),
		P(post->created_at))));
	*id = db_insert_id(db);
	return NULL;
}

const struct error *post_spread(struct db *db, const struct post *post)
{
	if (strcmp(post->audience, "only") == 0)
		TRY(db_exec(db, SQL_SPREAD_LISTED, PARAMS(P(post->id))));
	else if (strcmp(post->audience, "private") != 0)
		TRY(db_exec(db, SQL_SPREAD, PARAMS(P(post->id), P(post->author_id))));
	return db_exec(db, SQL_KEEP, PARAMS(P(post->author_id), P(post->id)));
}

const struct error *post_lock_own(
    struct db *db, struct arena *arena, int64_t author_id, int64_t id, struct post *post)
{
	return db_one(db, arena, &post_record, post, SQL_LOCK_OWN, PARAMS(P(id), P(author_id)));
}

const struct error *post_set_audience(struct db *db, int64_t id, const char *audience)
{
	return db_exec(db, SQL_SET_AUDIENCE, PARAMS(P(audience), P(id)));
}
