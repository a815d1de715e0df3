/* SQL of audiences. */
#include "audience_store.h"
#include "audience.h"

static const struct field tag_fields[] = {OUTPUT(struct audience_tag, tag)};
static const struct record tag_record = RECORD(struct audience_tag, tag_fields);

#define USERS "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) named"
#define TAGS                                            \
	"JSON_TABLE(?, '$[*]' COLUMNS (tag VARCHAR(32)" \
	" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) named"

static const char SQL_STRANGERS[] =
    "SELECT 1 FROM " USERS " LEFT JOIN friendship ON friendship.user_id = ?"
    " AND friendship.friend_id = named.id WHERE friendship.user_id IS NULL LIMIT 1";

/* Parameters: the users, the tags, the author. */
#define NAMED                                                                         \
	"SELECT named.id FROM " USERS " UNION SELECT friendship.friend_id FROM " TAGS \
	" STRAIGHT_JOIN friendship ON friendship.user_id = ?"                         \
	" AND JSON_CONTAINS(friendship.tags, JSON_QUOTE(named.tag))"

static const char SQL_LIST[] = "INSERT INTO moment_listed (moment_id, user_id, allowed)"
			       " SELECT ?, audience.id, ? FROM (" NAMED ") audience"
			       " WHERE audience.id <> ?"
			       " ON DUPLICATE KEY UPDATE allowed = allowed";

static const char SQL_LIST_TAGS[] =
    "INSERT INTO moment_hidden_tag (moment_id, tag)"
    " SELECT ?, named.tag FROM " TAGS " ON DUPLICATE KEY UPDATE tag = moment_hidden_tag.tag";

static const char SQL_ANYBODY[] =
    "SELECT 1 FROM moment_listed WHERE moment_id = ? AND allowed = 1 LIMIT 1";

static const char SQL_EXCEEDS[] =
    "SELECT 1 FROM (" NAMED ") audience LEFT JOIN moment_listed"
    " ON moment_listed.moment_id = ? AND moment_listed.user_id = audience.id"
    " WHERE COALESCE(moment_listed.allowed, 0) = 0 LIMIT 1";

static const char SQL_KEEP[] =
    "DELETE moment_listed FROM moment_listed LEFT JOIN (" NAMED ") audience"
    " ON audience.id = moment_listed.user_id"
    " WHERE moment_listed.moment_id = ? AND moment_listed.allowed = 1 AND audience.id IS NULL";

static const char SQL_NAMES_EXCLUDED[] =
    "SELECT 1 FROM (" NAMED ") audience LEFT JOIN moment_listed"
    " ON moment_listed.moment_id = ? AND moment_listed.user_id = audience.id"
    " LEFT JOIN friendship ON friendship.user_id = ? AND friendship.friend_id = audience.id"
    " WHERE moment_listed.allowed = 0 OR EXISTS (SELECT 1 FROM moment_hidden_tag"
    " WHERE moment_hidden_tag.moment_id = ?"
    " AND JSON_CONTAINS(friendship.tags, JSON_QUOTE(moment_hidden_tag.tag))) LIMIT 1";

static const char SQL_FORGIVES_USER[] =
    "SELECT 1 FROM moment_listed LEFT JOIN (" NAMED ") audience"
    " ON audience.id = moment_listed.user_id"
    " WHERE moment_listed.moment_id = ? AND moment_listed.allowed = 0 AND audience.id IS NULL"
    " LIMIT 1";

static const char SQL_FORGIVES_TAG[] =
    "SELECT 1 FROM moment_hidden_tag LEFT JOIN " TAGS " ON named.tag = moment_hidden_tag.tag"
    " WHERE moment_hidden_tag.moment_id = ? AND named.tag IS NULL LIMIT 1";

static const char SQL_USERS[] = "SELECT user_id FROM moment_listed"
				" WHERE moment_id = ? AND allowed = ? ORDER BY user_id";
static const char SQL_TAGS[] = "SELECT tag FROM moment_hidden_tag WHERE moment_id = ? ORDER BY tag";

const struct error *audience_has_strangers(
    struct db *db, const struct audience_names *names, bool *strangers)
{
	return db_exists(
	    db, strangers, SQL_STRANGERS, PARAMS(P(names->users), P(names->author_id)));
}

static const struct error *list(
    struct db *db, int64_t post_id, const struct audience_names *names, bool allowed)
{
	return db_exec(db, SQL_LIST,
	    PARAMS(P(post_id), P(allowed), P(names->users), P(names->tags), P(names->author_id),
		P(names->author_id)));
}

const struct error *audience_allow(
    struct db *db, int64_t post_id, const struct audience_names *names)
{
	return list(db, post_id, names, true);
}

const struct error *audience_exclude(
    struct db *db, int64_t post_id, const struct audience_names *names)
{
	return list(db, post_id, names, false);
}

const struct error *audience_exclude_tags(
    struct db *db, int64_t post_id, const struct audience_names *names)
{
	return db_exec(db, SQL_LIST_TAGS, PARAMS(P(post_id), P(names->tags)));
}

const struct error *audience_lists_anybody(struct db *db, int64_t post_id, bool *listed)
{
	return db_exists(db, listed, SQL_ANYBODY, PARAMS(P(post_id)));
}

const struct error *audience_exceeds(
    struct db *db, int64_t post_id, const struct audience_names *names, bool *exceeds)
{
	return db_exists(db, exceeds, SQL_EXCEEDS,
	    PARAMS(P(names->users), P(names->tags), P(names->author_id), P(post_id)));
}

const struct error *audience_keep(
    struct db *db, int64_t post_id, const struct audience_names *names)
{
	return db_exec(
	    db, SQL_KEEP, PARAMS(P(names->users), P(names->tags), P(names->author_id), P(post_id)));
}

const struct error *audience_names_excluded(
    struct db *db, int64_t post_id, const struct audience_names *names, bool *excluded)
{
	return db_exists(db, excluded, SQL_NAMES_EXCLUDED,
	    PARAMS(P(names->users), P(names->tags), P(names->author_id), P(post_id),
		P(names->author_id), P(post_id)));
}

const struct error *audience_forgives(
    struct db *db, int64_t post_id, const struct audience_names *names, bool *forgives)
{
	TRY(db_exists(db, forgives, SQL_FORGIVES_USER,
	    PARAMS(P(names->users), P(names->tags), P(names->author_id), P(post_id))));
	if (*forgives)
		return NULL;
	return db_exists(db, forgives, SQL_FORGIVES_TAG, PARAMS(P(names->tags), P(post_id)));
}

const struct error *audience_users(
    struct request *req, int64_t post_id, bool allowed, struct id_list *users)
{
	return db_ids(req->db, req->arena, users, SQL_USERS, PARAMS(P(post_id), P(allowed)));
}

const struct error *audience_tags(struct request *req, int64_t post_id, struct rows *tags)
{
	return db_rows(req->db, req->arena, &tag_record, tags, SQL_TAGS, PARAMS(P(post_id)));
}
