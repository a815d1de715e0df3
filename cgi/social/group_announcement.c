/* Announcements: shown to each member until read. */
#include "group_announcement.h"
#include "clock.h"
#include "conversation.h"
#include "group_change.h"
#include "group_limit.h"
#include "group_store.h"
#include "notification.h"
#include "respond.h"
#include "shown_text.h"
#include <string.h>

#define TEXT_MAX 2000
#define TOLD_AT_ONCE 1000
#define SHOWN_MAX 200 /* code points, in the row and in notifications */

static const struct field group_announcement_fields[] = {
    REQUIRED(struct group_announcement, text, 0, TEXT_MAX),
};
const struct record group_announcement_record =
    RECORD(struct group_announcement, group_announcement_fields);

static const struct field group_announcement_mark_fields[] = {
    OPTIONAL(struct group_announcement_mark, announced_at, 0, INT64_C(1) << 53),
};
const struct record group_announcement_mark_record =
    RECORD(struct group_announcement_mark, group_announcement_mark_fields);

struct announcing {
	struct request *req;
	bool told;		    /* false: this was announced already */
	struct group_change change; /* change.group is the group as it is afterwards in any case */
	const char *shown;
};

/* The beginning of a text, at most SHOWN_MAX code points. */
static const char *shown(struct arena *arena, const char *text)
{
	size_t points = 0, length = 0;

	/* Bytes 10xxxxxx continue a code point. */
	for (; text[length] != '\0'; length++)
		if ((text[length] & 0xC0) != 0x80 && points++ == SHOWN_MAX)
			break;
	return arena_text_n(arena, text, length);
}

/* Later than the one before it, whatever the clock says: by this time it is known who has read
 * which. */
static int64_t announcing_time(const struct group *group)
{
	int64_t now = clock_wall_ms();

	return group->announced_at != ABSENT && group->announced_at >= now ? group->announced_at + 1
									   : now;
}

static const struct error *announce(struct db *db, void *context)
{
	struct announcing *announcing = context;
	struct request *req = announcing->req;
	const struct group_announcement *input = req->input;
	struct group *group = &announcing->change.group;
	struct json_object *body = group_change_body(req->arena, "announcement");
	const char *text = announcing->shown;

	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, group));
	TRY(group_allow(group, GROUP_ANNOUNCE));
	TRY(group_allow_voice(req->arena, group));
	announcing->told = strcmp(input->text, group->announcement) != 0;
	if (!announcing->told)
		return NULL;
	TRY(group_set_announcement(
	    db, group->id, req->user_id, input->text, announcing_time(group)));
	json_set_text(body, "text", text);
	return group_change_record(db, req->arena, group->id, req->user_id, body,
	    *text != '\0' ? STREAM_COUNTED : STREAM_QUIET, &announcing->change);
}

/* Thousands of notifications take far longer than the announcement itself, and every send to the
 * group waits for its lock.  So they are written after its commit, in pieces.  Each piece is
 * written once, or, when the database fails in between, not at all: that there is something to read
 * is known from the group itself, until it is read. */
struct telling {
	const struct announcing *announcing;
	struct json_text subject;
	struct id_list hearers;
	struct id_list notifications;
	int64_t after;
};

static const struct error *tell_some(struct db *db, void *context)
{
	struct telling *telling = context;
	struct request *req = telling->announcing->req;

	TRY(group_hearers(db, req->arena, telling->announcing->change.group.id, req->user_id,
	    telling->after, TOLD_AT_ONCE, &telling->hearers));
	return notification_add_many(db, req->arena, telling->hearers, "group_announcement",
	    req->user_id, telling->subject, &telling->notifications);
}

/* What was taken away is no news. */
static const struct error *tell_members(const struct announcing *announcing)
{
	struct request *req = announcing->req;
	struct json_object *subject = group_subject(req->arena, &announcing->change.group);
	struct telling telling = {.announcing = announcing};
	const struct id_list *hearers = &telling.hearers;

	if (*announcing->shown == '\0')
		return NULL;
	json_set_text(subject, "text", announcing->shown);
	telling.subject = (struct json_text){json_write(subject)};
	do {
		TRY(db_transaction(req->db, false, tell_some, &telling));
		TRY(notification_deliver_many(req, telling.notifications));
		if (hearers->count > 0)
			telling.after = hearers->ids[hearers->count - 1];
	} while (hearers->count == TOLD_AT_ONCE);
	return NULL;
}

const struct error *group_announcement_put(struct request *req)
{
	const struct group_announcement *input = req->input;
	struct announcing announcing = {.req = req, .shown = shown(req->arena, input->text)};
	struct json_object *answer = json_new(req->arena);

	if (*input->text != '\0' && !shown_text_visible(input->text))
		return error_field(req->arena, FAIL(INVALID), "text");
	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, announce, &announcing));
	if (announcing.told) {
		group_change_announce(req, &announcing.change);
		/* It is done: a database that fails now must not keep the members from hearing of
		 * it. */
		(void)tell_members(&announcing);
	}
	json_set(answer, "group", group_json(&announcing.change.group));
	return respond(req, 200, answer);
}

const struct error *group_announcement_read(struct request *req)
{
	const struct group_announcement_mark *mark = req->input;
	struct group group;
	int64_t up_to;

	TRY(group_load(req->db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(group_allow(&group, GROUP_READ));
	/* Read beforehand: a change of members locks the group before its members. */
	up_to = group.announced_at != ABSENT ? group.announced_at : 0;
	if (mark->announced_at != ABSENT && mark->announced_at < up_to)
		up_to = mark->announced_at;
	TRY(group_mark_announcement(req->db, group.id, req->user_id, up_to));
	(void)conversation_deliver(req, group.id, &req->user_id, 1);
	return respond_empty(req);
}
