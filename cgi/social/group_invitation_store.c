/* SQL of invitations. */
#include "group_invitation_store.h"
#include "clock.h"
#include "group_request_store.h"

static const struct field group_invitation_fields[] = {
    OUTPUT(struct group_invitation, id),
    HIDDEN(struct group_invitation, inviter_id),
    OUTPUT(struct group_invitation, created_at),
    HIDDEN(struct group_invitation, group.id),
    HIDDEN(struct group_invitation, group.name),
    HIDDEN(struct group_invitation, group.avatar),
    HIDDEN(struct group_invitation, group.description),
    HIDDEN(struct group_invitation, group.owner_id),
    HIDDEN(struct group_invitation, group.join_policy),
    HIDDEN(struct group_invitation, group.member_count),
    HIDDEN(struct group_invitation, group.member_limit),
    HIDDEN(struct group_invitation, group.created_at),
};
const struct record group_invitation_record =
    RECORD(struct group_invitation, group_invitation_fields);

#define WANTED "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"

static const char SQL_STRANGERS[] =
    "SELECT DISTINCT wanted.id FROM " WANTED
    " LEFT JOIN member ON member.conversation_id = ? AND member.user_id = wanted.id"
    " WHERE member.user_id IS NULL ORDER BY wanted.id";

static const char SQL_EXPIRE[] =
    "UPDATE " WANTED " STRAIGHT_JOIN group_request ON group_request.group_id = ?"
    " AND group_request.user_id = wanted.id AND group_request.pending = 1"
    " SET group_request.status = 'expired', group_request.pending = NULL"
    " WHERE group_request.created_at < ?";

static const char SQL_INSERT[] =
    "INSERT INTO group_request"
    " (group_id, user_id, inviter_id, awaits, status, pending, created_at)"
    " SELECT ?, user.id, ?, ?, 'pending', 1, ? FROM " WANTED
    " STRAIGHT_JOIN user ON user.id = wanted.id AND user.deleted_at IS NULL"
    " AND user.suspended_at IS NULL"
    " WHERE NOT EXISTS (SELECT 1 FROM group_request earlier WHERE earlier.group_id = ?"
    " AND earlier.user_id = wanted.id AND (earlier.pending = 1"
    " OR earlier.status = 'declined' AND earlier.answered_at > ?))";

struct waiting {
	int64_t id;
	int64_t user_id;
	bool fresh;
};

static const struct field waiting_fields[] = {
    OUTPUT(struct waiting, id),
    OUTPUT(struct waiting, user_id),
    OUTPUT(struct waiting, fresh),
};
static const struct record waiting_record = RECORD(struct waiting, waiting_fields);

/* Two calls of one inviter cannot have the same time: each waits for the other's commit. */
static const char SQL_WAITING[] =
    "SELECT group_request.id, group_request.user_id,"
    " COALESCE(group_request.inviter_id = ? AND group_request.created_at = ?, 0) AS fresh"
    " FROM " WANTED " STRAIGHT_JOIN group_request ON group_request.group_id = ?"
    " AND group_request.user_id = wanted.id AND group_request.pending = 1"
    " ORDER BY group_request.user_id";

static const char SQL_PAGE[] =
    "SELECT group_request.id, group_request.inviter_id, group_request.created_at,"
    " chat_group.id AS `group.id`, chat_group.name AS `group.name`,"
    " chat_group.avatar AS `group.avatar`, chat_group.description AS `group.description`,"
    " chat_group.owner_id AS `group.owner_id`, chat_group.join_policy AS `group.join_policy`,"
    " chat_group.member_count AS `group.member_count`,"
    " chat_group.member_limit AS `group.member_limit`,"
    " chat_group.created_at AS `group.created_at`"
    " FROM group_request STRAIGHT_JOIN chat_group ON chat_group.id = group_request.group_id"
    " WHERE group_request.user_id = ? AND group_request.awaits = 'user'"
    " AND group_request.status = 'pending' AND group_request.created_at >= ?"
    " AND group_request.id < ? AND chat_group.dissolved_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM block WHERE block.user_id = group_request.user_id"
    " AND block.blocked_id = group_request.inviter_id)"
    " ORDER BY group_request.id DESC LIMIT ?";

const struct error *group_invitation_strangers(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list users, struct id_list *strangers)
{
	return db_ids(db, arena, strangers, SQL_STRANGERS,
	    PARAMS(P(json_ids(arena, users.ids, users.count)), P(group_id)));
}

/* All that wait, and apart those that were made just now. */
static void sort_waiting(struct arena *arena, const struct rows *rows, struct id_list *pending,
    struct id_list *fresh, struct id_list *requests)
{
	int64_t *all = arena_array(arena, rows->count, sizeof(*all));
	int64_t *users = arena_array(arena, rows->count, sizeof(*users));
	int64_t *ids = arena_array(arena, rows->count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct waiting *waiting = ROW(struct waiting, rows, i);

		all[i] = waiting->user_id;
		if (!waiting->fresh)
			continue;
		users[count] = waiting->user_id;
		ids[count++] = waiting->id;
	}
	*pending = (struct id_list){all, rows->count};
	*fresh = (struct id_list){users, count};
	*requests = (struct id_list){ids, count};
}

const struct error *group_invitation_insert(struct db *db, struct arena *arena, int64_t group_id,
    int64_t inviter_id, const char *awaits, struct id_list users, struct id_list *pending,
    struct id_list *fresh, struct id_list *requests)
{
	const char *wanted = json_ids(arena, users.ids, users.count);
	int64_t now = clock_wall_ms();
	struct rows rows;

	TRY(db_exec(db, SQL_EXPIRE, PARAMS(P(wanted), P(group_id), P(now - GROUP_REQUEST_LIFE))));
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(group_id), P(inviter_id), P(awaits), P(now), P(wanted), P(group_id),
		P(now - GROUP_REQUEST_REST))));
	TRY(db_rows(db, arena, &waiting_record, &rows, SQL_WAITING,
	    PARAMS(P(inviter_id), P(now), P(wanted), P(group_id))));
	sort_waiting(arena, &rows, pending, fresh, requests);
	return NULL;
}

const struct error *group_invitation_page(
    struct request *req, const struct page_query *query, int64_t limit, struct rows *page)
{
	int64_t before = query->before != ABSENT ? query->before : INT64_MAX;

	return db_rows(req->db, req->arena, &group_invitation_record, page, SQL_PAGE,
	    PARAMS(P(req->user_id), P(clock_wall_ms() - GROUP_REQUEST_LIFE), P(before), P(limit)));
}
