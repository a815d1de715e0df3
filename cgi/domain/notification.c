/* Notifications: rows, unread position, live events. */
#include "notification.h"
#include "clock.h"
#include "deliver.h"
#include "user.h"

struct notification {
	int64_t id;
	int64_t user_id;
	const char *kind;
	int64_t actor_id;
	struct json_text subject;
	int64_t created_at;
	bool read;
};

static const struct field notification_fields[] = {
    OUTPUT(struct notification, id),
    HIDDEN(struct notification, user_id),
    OUTPUT(struct notification, kind),
    HIDDEN(struct notification, actor_id),
    OUTPUT(struct notification, subject),
    OUTPUT(struct notification, created_at),
    OUTPUT(struct notification, read),
};
static const struct record notification_record = RECORD(struct notification, notification_fields);

#define NOTIFICATION_COLUMNS                                                               \
	"notification.id, notification.user_id, notification.kind, notification.actor_id," \
	" notification.subject, notification.created_at,"                                  \
	" notification.id <= user.notification_read AS `read`"

/* In one order, so that two who take many do not wait for each other. */
static const char SQL_TAKE_TURNS[] =
    "INSERT INTO notification_turn (user_id, taken)"
    " SELECT wanted.id, 1 FROM"
    " (SELECT DISTINCT id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) given) wanted"
    " ORDER BY wanted.id"
    " ON DUPLICATE KEY UPDATE notification_turn.taken = notification_turn.taken + 1";

/* What the columns of `VALUES ?` are, in their order. */
static const struct field stored_fields[] = {
    OUTPUT(struct notification, user_id),
    OUTPUT(struct notification, kind),
    OUTPUT(struct notification, actor_id),
    OUTPUT(struct notification, subject),
    OUTPUT(struct notification, created_at),
};
static const struct record stored_record = RECORD(struct notification, stored_fields);

static const char SQL_ADD_MANY[] =
    "INSERT INTO notification (user_id, kind, actor_id, subject, created_at) VALUES ?";

/* The server numbers the rows of such an insertion at once, so that they are neighbours. */
struct numbering {
	int64_t first;
	int64_t step;
};

static const struct field numbering_fields[] = {
    OUTPUT(struct numbering, first),
    OUTPUT(struct numbering, step),
};
static const struct record numbering_record = RECORD(struct numbering, numbering_fields);

static const char SQL_NUMBERING[] =
    "SELECT LAST_INSERT_ID() AS first, @@auto_increment_increment AS step";

static const char SQL_MANY[] =
    "SELECT " NOTIFICATION_COLUMNS " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
    " STRAIGHT_JOIN notification ON notification.id = wanted.id"
    " STRAIGHT_JOIN user ON user.id = notification.user_id";

static const char SQL_BEFORE[] = "SELECT " NOTIFICATION_COLUMNS " FROM notification"
				 " JOIN user ON user.id = notification.user_id"
				 " WHERE notification.user_id = ? AND notification.id < ?"
				 " ORDER BY notification.id DESC LIMIT ?";

static const char SQL_AFTER[] = "SELECT * FROM (SELECT " NOTIFICATION_COLUMNS " FROM notification"
				" JOIN user ON user.id = notification.user_id"
				" WHERE notification.user_id = ? AND notification.id > ?"
				" ORDER BY notification.id LIMIT ?) page ORDER BY id DESC";

static const char SQL_UNREAD[] =
    "SELECT COUNT(*) FROM notification JOIN user ON user.id = notification.user_id"
    " WHERE notification.user_id = ? AND notification.id > user.notification_read";

static const char SQL_MARK_READ[] =
    "UPDATE user SET notification_read = GREATEST(notification_read,"
    " LEAST(?, (SELECT COALESCE(MAX(id), 0) FROM notification WHERE user_id = ?)))"
    " WHERE id = ?";

static const char SQL_READ[] = "SELECT notification_read FROM user WHERE id = ?";

/* One statement must not be longer than a server takes. */
#define ADDED_AT_ONCE 1000

static const char *receivers_of(struct arena *arena, const struct rows *rows)
{
	int64_t *ids = arena_array(arena, rows->count, sizeof(*ids));

	for (size_t i = 0; i < rows->count; i++)
		ids[i] = ROW(struct notification, rows, i)->user_id;
	return json_ids(arena, ids, rows->count);
}

static const struct error *add_some(
    struct db *db, struct arena *arena, const struct rows *rows, int64_t *ids)
{
	struct rows numberings;
	const char *receivers = receivers_of(arena, rows);
	const struct db_step steps[] = {
	    {SQL_TAKE_TURNS, PARAMS(P(receivers)), NULL, NULL},
	    {SQL_ADD_MANY, PARAMS(P(rows)), NULL, NULL},
	    {SQL_NUMBERING, NO_PARAMS, &numbering_record, &numberings},
	};
	const struct numbering *numbering;

	TRY(db_run(db, arena, steps, sizeof(steps) / sizeof(steps[0])));
	numbering = ROW(struct numbering, &numberings, 0);
	for (size_t i = 0; i < rows->count; i++)
		ids[i] = numbering->first + (int64_t)i * numbering->step;
	return NULL;
}

const struct error *notification_add_all(struct db *db, struct arena *arena,
    const struct notification_draft *drafts, size_t count, struct id_list *ids)
{
	struct notification *rows = arena_array(arena, count, sizeof(*rows));
	int64_t *numbers = arena_array(arena, count, sizeof(*numbers));
	int64_t now = clock_wall_ms();

	for (size_t i = 0; i < count; i++)
		rows[i] = (struct notification){.user_id = drafts[i].user_id,
		    .kind = drafts[i].kind,
		    .actor_id = drafts[i].actor_id,
		    .subject = drafts[i].subject,
		    .created_at = now};
	for (size_t i = 0; i < count; i += ADDED_AT_ONCE) {
		size_t rest = count - i;
		size_t some = rest < ADDED_AT_ONCE ? rest : ADDED_AT_ONCE;

		TRY(add_some(
		    db, arena, &(struct rows){&stored_record, rows + i, some}, numbers + i));
	}
	*ids = (struct id_list){numbers, count};
	return NULL;
}

const struct error *notification_add_each(struct db *db, struct arena *arena, struct id_list users,
    const char *kind, int64_t actor_id, const struct json_text *subjects, struct id_list *ids)
{
	struct notification_draft *drafts = arena_array(arena, users.count, sizeof(*drafts));

	for (size_t i = 0; i < users.count; i++)
		drafts[i] = (struct notification_draft){users.ids[i], kind, actor_id, subjects[i]};
	return notification_add_all(db, arena, drafts, users.count, ids);
}

const struct error *notification_add_many(struct db *db, struct arena *arena, struct id_list users,
    const char *kind, int64_t actor_id, struct json_text subject, struct id_list *ids)
{
	struct json_text *subjects = arena_array(arena, users.count, sizeof(*subjects));

	for (size_t i = 0; i < users.count; i++)
		subjects[i] = subject;
	return notification_add_each(db, arena, users, kind, actor_id, subjects, ids);
}

static struct json_object *notification_json(
    const struct notification *notification, const struct rows *actors)
{
	struct json_object *object = json_record(&notification_record, notification);
	const struct user_card *actor = user_cards_find(actors, notification->actor_id);

	json_set(object, "actor", actor != NULL ? json_record(&user_card_record, actor) : NULL);
	return object;
}

static const struct error *actors_of(
    struct request *req, const struct rows *notifications, struct rows *actors)
{
	int64_t *ids = arena_array(req->arena, notifications->count, sizeof(*ids));
	size_t count = 0;

	/* What one person did is often told to thousands. */
	for (size_t i = 0; i < notifications->count; i++) {
		int64_t actor = ROW(struct notification, notifications, i)->actor_id;

		if (count == 0 || ids[count - 1] != actor)
			ids[count++] = actor;
	}
	return user_cards_ever(req, ids, count, actors);
}

const struct error *notification_deliver(struct request *req, int64_t id)
{
	return notification_deliver_many(req, (struct id_list){&id, 1});
}

const struct error *notification_deliver_many(struct request *req, struct id_list ids)
{
	struct rows rows, actors;

	if (ids.count == 0)
		return NULL;
	TRY(db_rows(req->db, req->arena, &notification_record, &rows, SQL_MANY,
	    PARAMS(P(json_ids(req->arena, ids.ids, ids.count)))));
	TRY(actors_of(req, &rows, &actors));
	for (size_t i = 0; i < rows.count; i++) {
		const struct notification *notification = ROW(struct notification, &rows, i);
		struct json_object *event =
		    json_own(req->arena, notification_json(notification, &actors));

		json_set_text(event, "event", EVENT_NOTIFICATION);
		deliver_to(req, &notification->user_id, 1, event);
	}
	return NULL;
}

const struct error *notification_list(
    struct request *req, const struct page_query *page, struct json_object **list, bool *more)
{
	int64_t limit = page_limit(page);
	bool ascending = page->after != ABSENT;
	int64_t edge = ascending ? page->after : page->before != ABSENT ? page->before : INT64_MAX;
	struct rows rows, actors;
	size_t first;

	TRY(db_rows(req->db, req->arena, &notification_record, &rows,
	    ascending ? SQL_AFTER : SQL_BEFORE, PARAMS(P(req->user_id), P(edge), P(limit + 1))));
	TRY(actors_of(req, &rows, &actors));
	*more = rows.count > (size_t)limit;
	/* The row too many is the one farthest from the edge: the newest when reading upwards. */
	first = *more && ascending ? 1 : 0;
	*list = json_child_list();
	for (size_t i = first; i < rows.count && i < first + (size_t)limit; i++)
		json_append(*list, notification_json(ROW(struct notification, &rows, i), &actors));
	return NULL;
}

const struct error *notification_unread(struct db *db, int64_t user_id, int64_t *unread)
{
	return db_int(db, unread, SQL_UNREAD, PARAMS(P(user_id)));
}

const struct error *notification_mark_read(
    struct db *db, int64_t user_id, int64_t up_to, int64_t *read)
{
	TRY(db_exec(db, SQL_MARK_READ, PARAMS(P(up_to), P(user_id), P(user_id))));
	return db_int(db, read, SQL_READ, PARAMS(P(user_id)));
}
