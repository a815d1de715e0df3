/* Handlers of notifications of moments, and what adds to them. */
#include "notice.h"
#include "deliver.h"
#include "moment_feed.h"
#include "notice_store.h"
#include "respond.h"
#include "user.h"

static const struct field notice_mark_fields[] = {
    REQUIRED(struct notice_mark, up_to, 0, INT64_C(1) << 53),
};
const struct record notice_mark_record = RECORD(struct notice_mark, notice_mark_fields);

const struct error *notice_add_like(
    struct db *db, int64_t owner_id, int64_t post_id, int64_t author_id, int64_t *id)
{
	return notice_insert_like(db, owner_id, post_id, author_id, id);
}

struct receiver {
	int64_t user_id;
	const char *kind;
};

/* Turns are taken in the order of people. */
const struct error *notice_add_comment(
    struct db *db, int64_t owner_id, const struct comment *comment, int64_t ids[2])
{
	struct receiver receivers[2];
	size_t count = 0;
	int64_t answered = comment->reply_user_id;

	if (answered != ABSENT && answered != comment->author_id)
		receivers[count++] = (struct receiver){answered, NOTICE_REPLIED};
	if (owner_id != comment->author_id && owner_id != answered)
		receivers[count++] = (struct receiver){owner_id, NOTICE_COMMENTED};
	if (count == 2 && receivers[0].user_id > receivers[1].user_id) {
		struct receiver first = receivers[0];

		receivers[0] = receivers[1];
		receivers[1] = first;
	}
	for (size_t i = 0; i < count; i++)
		TRY(notice_insert_comment(
		    db, receivers[i].user_id, receivers[i].kind, comment->id, &ids[i]));
	return NULL;
}

static struct json_object *notice_json(const struct notice *notice, const struct rows *cards)
{
	struct json_object *object = json_record(&notice_record, notice);
	const struct user_card *actor = user_cards_find(cards, notice->author_id);

	json_set(object, "actor", actor != NULL ? json_record(&user_card_record, actor) : NULL);
	return object;
}

void notice_deliver(struct request *req, int64_t id)
{
	struct json_object *event;
	struct notice notice;
	struct rows cards;

	/* It is stored: whoever is not told now finds it by syncing. */
	if (id == ABSENT || notice_load(req, id, &notice) != NULL ||
	    user_cards(req, &notice.author_id, 1, &cards) != NULL)
		return;
	event = json_own(req->arena, notice_json(&notice, &cards));
	json_set_text(event, "event", EVENT_NOTIFICATION);
	deliver_to(req, &notice.user_id, 1, event);
}

static const struct error *notices_json(
    struct request *req, const struct rows *notices, struct json_object **list)
{
	int64_t *ids = arena_array(req->arena, notices->count, sizeof(*ids));
	struct rows cards;

	for (size_t i = 0; i < notices->count; i++)
		ids[i] = ROW(struct notice, notices, i)->author_id;
	TRY(user_cards(req, ids, notices->count, &cards));
	*list = json_child_list();
	for (size_t i = 0; i < notices->count; i++)
		json_append(*list, notice_json(ROW(struct notice, notices, i), &cards));
	return NULL;
}

const struct error *notice_list(struct request *req)
{
	const struct page_query *query = req->query;
	size_t limit = (size_t)page_limit(query);
	struct json_object *answer = json_new(req->arena), *list;
	struct rows notices;
	int64_t unread;
	bool more;

	TRY(notice_page(req, query, (int64_t)limit + 1, &notices));
	more = notices.count > limit;
	if (more && query->after != ABSENT)
		notices.items = ROW(struct notice, &notices, 1);
	if (more)
		notices.count = limit;
	TRY(notices_json(req, &notices, &list));
	json_set(answer, "notifications", list);
	json_set_bool(answer, "more", more);
	TRY(moment_feed_unread(req->db, req->user_id, &unread));
	json_set_int(answer, "unread", unread);
	return respond(req, 200, answer);
}

/* Other devices of the same person take the badge away too. */
static void deliver_unread(struct request *req, int64_t unread)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_MOMENT);
	json_set_int(event, "unread", unread);
	deliver_to(req, &req->user_id, 1, event);
}

const struct error *notice_read(struct request *req)
{
	const struct notice_mark *mark = req->input;
	struct json_object *answer = json_new(req->arena);
	int64_t unread;

	TRY(notice_mark_read(req->db, req->user_id, mark->up_to));
	TRY(moment_feed_unread(req->db, req->user_id, &unread));
	deliver_unread(req, unread);
	json_set_int(answer, "unread", unread);
	return respond(req, 200, answer);
}
