/* Handlers of friends and their presence. */
#include "friend.h"
#include "conversation.h"
#include "deliver.h"
#include "friend_store.h"
#include "presence.h"
#include "respond.h"
#include "user.h"

#define REMARK_MAX 32
#define PRESENCE_MAX 500
#define FRIENDS_MAX 5000 /* the whole list in one answer, for those who ask without a limit */

static const struct field friend_change_fields[] = {
    REQUIRED(struct friend_change, remark, 0, REMARK_MAX),
};
const struct record friend_change_record = RECORD(struct friend_change, friend_change_fields);

static const struct field presence_query_fields[] = {
    REQUIRED(struct presence_query, ids, 1, PRESENCE_MAX),
};
const struct record presence_query_record = RECORD(struct presence_query, presence_query_fields);

/* {user:U, remark, since, last_seen_at, online}; NULL for a friend whose account is gone. */
static struct json_object *friend_json(
    const struct friend *entry, const struct rows *cards, bool online)
{
	const struct user_card *card = user_cards_find(cards, entry->friend_id);
	struct json_object *object;

	if (card == NULL)
		return NULL;
	object = json_record(&friend_record, entry);
	json_set(object, "user", json_record(&user_card_record, card));
	json_set_bool(object, "online", online);
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

static const struct error *respond_friend(struct request *req, int64_t friend_id)
{
	struct json_object *answer = json_new(req->arena);
	struct friend entry;
	struct rows cards;
	bool online;

	TRY(friend_load(req, friend_id, &entry));
	TRY(user_cards(req, &friend_id, 1, &cards));
	if (cards.count == 0)
		return FAIL(NOT_FOUND);
	presence_read(req, &friend_id, 1, &online);
	json_set(answer, "friend", friend_json(&entry, &cards, online));
	return respond(req, 200, answer);
}

const struct error *friend_patch(struct request *req)
{
	const struct friend_change *change = req->input;
	int64_t friend_id = path_id(req, "user");

	TRY(friend_set_remark(req->db, req->user_id, friend_id, change->remark));
	return respond_friend(req, friend_id);
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

	TRY(friend_lock_pair(db, parting->one, parting->other));
	TRY(friend_lock_conversation(db, parting->one, parting->other, &parting->conversation));
	TRY(friend_delete_pair(db, parting->one, parting->other, &existed));
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

const struct error *friend_presence(struct request *req)
{
	const struct presence_query *query = req->query;
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct rows page;
	int64_t *ids;
	bool *online;

	json_set(answer, "presence", list);
	TRY(friend_find(req, query->ids, &page));
	ids = arena_array(req->arena, page.count, sizeof(*ids));
	online = arena_array(req->arena, page.count, sizeof(*online));
	for (size_t i = 0; i < page.count; i++)
		ids[i] = ROW(struct friend, &page, i)->friend_id;
	presence_read(req, ids, page.count, online);
	for (size_t i = 0; i < page.count; i++) {
		struct json_object *entry = json_child();
		json_set_int(entry, "user_id", ids[i]);
		json_set_bool(entry, "online", online[i]);
		json_set_int(entry, "last_seen_at", ROW(struct friend, &page, i)->last_seen_at);
		json_append(list, entry);
	}
	return respond(req, 200, answer);
}
