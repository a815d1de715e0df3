/* Announcements: shown to each member until read. */
#include "group_announcement.h"
#include "clock.h"
#include "conversation.h"
#include "group_change.h"
#include "group_limit.h"
#include "group_store.h"
#include "notification.h"
#include "respond.h"
#include <string.h>

#define TEXT_MAX 2000
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
	struct id_list notifications;
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

static struct id_list all_but(struct arena *arena, struct id_list users, int64_t one)
{
	int64_t *others = arena_array(arena, users.count, sizeof(*others));
	size_t count = 0;

	for (size_t i = 0; i < users.count; i++)
		if (users.ids[i] != one)
			others[count++] = users.ids[i];
	return (struct id_list){others, count};
}

/* What was taken away is no news. */
static const struct error *tell_members(
    struct db *db, struct announcing *announcing, const char *text)
{
	struct request *req = announcing->req;
	const struct group *group = &announcing->change.group;
	struct json_object *subject = group_subject(req->arena, group);
	struct id_list members;

	announcing->notifications = (struct id_list){NULL, 0};
	if (*text == '\0')
		return NULL;
	json_set_text(subject, "text", text);
	TRY(conversation_members(db, req->arena, group->id, &members));
	return notification_add_many(db, req->arena, all_but(req->arena, members, req->user_id),
	    "group_announcement", req->user_id, (struct json_text){json_write(subject)},
	    &announcing->notifications);
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
	const char *text = shown(req->arena, input->text);

	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, group));
	TRY(group_allow(group, GROUP_ANNOUNCE));
	TRY(group_allow_voice(req->arena, group));
	announcing->told = strcmp(input->text, group->announcement) != 0;
	if (!announcing->told)
		return NULL;
	TRY(group_set_announcement(
	    db, group->id, req->user_id, input->text, announcing_time(group)));
	TRY(tell_members(db, announcing, text));
	json_set_text(body, "text", text);
	return group_change_record(db, req->arena, group->id, req->user_id, body,
	    *text != '\0' ? STREAM_COUNTED : STREAM_QUIET, &announcing->change);
}

const struct error *group_announcement_put(struct request *req)
{
	struct announcing announcing = {.req = req};
	struct json_object *answer = json_new(req->arena);

	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, announce, &announcing));
	if (announcing.told) {
		group_change_announce(req, &announcing.change);
		/* It is done: a database that fails now must not keep the members from hearing of
		 * it. */
		(void)notification_deliver_many(req, announcing.notifications);
	}
	json_set(answer, "group", group_json(&announcing.change.group));
	return respond(req, 200, answer);
}

const struct error *group_announcement_read(struct request *req)
{
	const struct group_announcement_mark *mark = req->input;
	int64_t up_to = mark->announced_at != ABSENT ? mark->announced_at : INT64_MAX;
	struct group group;

	TRY(group_load(req->db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(group_allow(&group, GROUP_READ));
	TRY(group_mark_announcement(req->db, group.id, req->user_id, up_to));
	(void)conversation_deliver(req, group.id, &req->user_id, 1);
	return respond_empty(req);
}
