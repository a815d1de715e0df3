/* Handler of asking who is online. */
#include "presence_list.h"
#include "presence.h"
#include "respond.h"

#define PRESENCE_MAX 500

static const struct field presence_query_fields[] = {
    REQUIRED(struct presence_query, ids, 1, PRESENCE_MAX),
};
const struct record presence_query_record = RECORD(struct presence_query, presence_query_fields);

struct acquaintance {
	int64_t user_id;
	int64_t last_seen_at;
	bool online;
};

static const struct field acquaintance_fields[] = {
    OUTPUT(struct acquaintance, user_id),
    OUTPUT(struct acquaintance, online),
    OUTPUT(struct acquaintance, last_seen_at),
};
static const struct record acquaintance_record = RECORD(struct acquaintance, acquaintance_fields);

/* Friends and fellow members of groups that live; two people who were friends once are still in
 * one direct conversation.  The common group is looked for from the other's side: what one is in
 * oneself would be walked through again for each of 500 strangers.  Who hides their presence, or
 * asks while hiding their own, is told nothing. */
static const char SQL_ACQUAINTANCES[] =
    "SELECT DISTINCT user.id AS user_id, user.last_seen_at"
    " FROM (SELECT DISTINCT id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) given)"
    " wanted"
    " STRAIGHT_JOIN user ON user.id = wanted.id AND user.deleted_at IS NULL"
    " AND user.shows_presence = 1"
    " STRAIGHT_JOIN user self ON self.id = ? AND self.shows_presence = 1"
    " WHERE (EXISTS (SELECT 1 FROM friendship"
    " WHERE friendship.user_id = ? AND friendship.friend_id = wanted.id)"
    " OR EXISTS (SELECT 1 FROM member theirs"
    " STRAIGHT_JOIN member own ON own.conversation_id = theirs.conversation_id"
    " AND own.user_id = ?"
    " STRAIGHT_JOIN chat_group ON chat_group.id = own.conversation_id"
    " AND chat_group.dissolved_at IS NULL WHERE theirs.user_id = wanted.id))"
    " AND NOT EXISTS (SELECT 1 FROM block"
    " WHERE block.user_id = ? AND block.blocked_id = wanted.id)"
    " AND NOT EXISTS (SELECT 1 FROM block"
    " WHERE block.user_id = wanted.id AND block.blocked_id = ?)"
    " ORDER BY user.id";

static const struct error *find_acquaintances(
    struct request *req, const struct id_list *ids, struct rows *found)
{
	return db_rows(req->db, req->arena, &acquaintance_record, found, SQL_ACQUAINTANCES,
	    PARAMS(P(json_ids(req->arena, ids->ids, ids->count)), P(req->user_id), P(req->user_id),
		P(req->user_id), P(req->user_id), P(req->user_id)));
}

const struct error *presence_list(struct request *req)
{
	const struct presence_query *query = req->query;
	struct json_object *answer = json_new(req->arena);
	struct rows found;
	int64_t *ids;
	bool *online;

	TRY(find_acquaintances(req, &query->ids, &found));
	ids = arena_array(req->arena, found.count, sizeof(*ids));
	online = arena_array(req->arena, found.count, sizeof(*online));
	for (size_t i = 0; i < found.count; i++)
		ids[i] = ROW(struct acquaintance, &found, i)->user_id;
	presence_read(req, ids, found.count, online);
	for (size_t i = 0; i < found.count; i++)
		ROW(struct acquaintance, &found, i)->online = online[i];
	json_set(answer, "presence", json_list(&found));
	return respond(req, 200, answer);
}
