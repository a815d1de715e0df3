/* Handlers of friends and their presence. */
#include "friend.h"
#include "conversation.h"
#include "deliver.h"
#include "friend_store.h"
#include "friend_tags.h"
#include "friendship.h"
#include "presence.h"
#include "respond.h"
#include "user.h"

#define REMARK_MAX 32
#define FRIENDS_MAX 5000 /* the whole list in one answer, for those who ask without a limit */

static const struct field friend_change_fields[] = {
    OPTIONAL(struct friend_change, remark, 0, REMARK_MAX),
    OPTIONAL(struct friend_change, tags, 0, FRIEND_TAGS_MAX),
};
const struct record friend_change_record = RECORD(struct friend_change, friend_change_fields);

/* {user:U, remark, tags, since, last_seen_at, online}; NULL for a friend whose account is gone. */
static struct json_object *friend_json(
    const struct friend *entry, const struct rows *cards, bool online)
{
	const struct user_card *card = user_cards_find(cards, entry->friend_id);
	struct json_object *object;

	if (card == NULL)
		return NULL;
	object = json_record(&friend_record, entry);
	json_set(object, "user", json_record(&user_card_record, card));
	json_set_bool(object, "online", online && !entry->apart);
	return object;
}

static const struct error *friends_json(
    struct request *req, const struct rows *page, size_t count, struct json_object *list)
{
	int64_t *ids = arena_array(req->arena, count, sizeof(*ids));
	bool *online = arena_array(req->arena, count, sizeof(*online));
	struct rows cards;

	for (size_t i = 0; i < count; i++)
		ids[i] = ROW(struct friend, page, i)->friend_id;
	TRY(user_cards(req, ids, count, &cards));
	presence_read(req, ids, count, online);
	for (size_t i = 0; i < count; i++) {
		struct json_object *object =
		    friend_json(ROW(struct friend, page, i), &cards, online[i]);
		if (object != NULL)
			json_append(list, object);
	}
	return NULL;
}

const struct error *friend_list(struct request *req)
{
	const struct page_query *query = req->query;
	int64_t limit = query->limit != ABSENT ? query->limit : FRIENDS_MAX;
	int64_t after = query->after != ABSENT ? query->after : 0;
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct rows page;
	bool more;

	json_set(answer, "friends", list);
	TRY(friend_page(req, after, limit + 1, &page));
	more = page.count > (size_t)limit;
	TRY(friends_json(req, &page, more ? (size_t)limit : page.count, list));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}

/* The caller's other devices: {"event":"profile","user":U,"friend":{remark, tags}}. */
static void deliver_change(
    struct request *req, const struct friend *entry, const struct user_card *card)
{
	struct json_object *event = json_new(req->arena), *changed = json_child();

	json_set_text(event, "event", EVENT_PROFILE);
	json_set(event, "user", json_record(&user_card_record, card));
	json_set(event, "friend", changed);
	json_set_text(changed, "remark", entry->remark);
	json_set_raw(changed, "tags", entry->tags);
	deliver_to(req, &req->user_id, 1, event);
}

static const struct error *change(
    struct request *req, int64_t friend_id, const struct friend_change *input)
{
	struct text_list tags;
	const char *stored = NULL;

	if (input->tags.texts != NULL) {
		TRY(friend_tags(req->arena, input->tags, &tags));
		stored = json_texts(req->arena, &tags);
	}
	return friend_set(req->db, req->user_id, friend_id, input->remark, stored);
}

const struct error *friend_patch(struct request *req)
{
	int64_t friend_id = path_id(req, "user");
	struct json_object *answer = json_new(req->arena);
	struct friend entry;
	struct user_card card;
	struct rows cards;
	bool online;

	TRY(change(req, friend_id, req->input));
	TRY(friend_load(req, friend_id, &entry));
	TRY(user_card(req, friend_id, &card));
	cards = (struct rows){&user_card_record, &card, 1};
	presence_read(req, &friend_id, 1, &online);
	deliver_change(req, &entry, &card);
	json_set(answer, "friend", friend_json(&entry, &cards, online));
	return respond(req, 200, answer);
}

struct parting {
	int64_t one;
	int64_t other;
	int64_t conversation;
};

static const struct error *part(struct db *db, void *context)
{
	struct parting *parting = context;
	bool existed;

	TRY(friend_lock_pair(db, parting->one, parting->other, &parting->conversation));
	TRY(friendship_end(db, parting->one, parting->other, parting->conversation, &existed));
	return existed ? NULL : FAIL(NOT_FOUND);
}

const struct error *friend_delete(struct request *req)
{
	struct parting parting = {req->user_id, path_id(req, "user"), ABSENT};
	int64_t both[] = {parting.one, parting.other};

	TRY(db_transaction(req->db, false, part, &parting));
	deliver_watch(req, parting.one, parting.other, false);
	deliver_watch(req, parting.other, parting.one, false);
	/* It is done: a database that fails now must not keep wsd from hearing of the above. */
	if (parting.conversation != ABSENT)
		(void)conversation_deliver(req, parting.conversation, both, 2);
	return respond_empty(req);
}
