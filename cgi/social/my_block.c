/* Handlers of one's own blocks.  The blocked person must not learn of it: what they see is what
 * they would see of somebody who is away, declines what was asked and withdraws what they had
 * asked. */
#include "my_block.h"
#include "block.h"
#include "conversation.h"
#include "deliver.h"
#include "friend_request_store.h"
#include "friend_store.h"
#include "friendship.h"
#include "group_request_store.h"
#include "group_waiting.h"
#include "my_block_store.h"
#include "openness.h"
#include "respond.h"
#include "user.h"
#include "waiting_list.h"

/* What changed between two people, filled inside the transaction and told after it. */
struct blocking {
	struct arena *arena;
	int64_t user_id;
	int64_t other_id;
	int64_t conversation; /* ABSENT: they have none */
	bool near;	      /* friends, and no block stands between them */
	bool visible;	      /* and they show that they come and go */
	bool withdrawn;	      /* the other was asked to be a friend, and is no longer */
	struct group_waiting_between ended;
};

/* What sends to their conversation know of the two is true no longer. */
static const struct error *change_conversation(struct db *db, const struct blocking *blocking)
{
	return blocking->conversation != ABSENT
		   ? conversation_change_members(db, blocking->conversation)
		   : NULL;
}

static const struct error *block(struct db *db, void *context)
{
	struct blocking *blocking = context;
	int64_t user_id = blocking->user_id, other_id = blocking->other_id;
	struct arena *arena = blocking->arena;
	struct id_list groups;

	TRY(group_request_groups_between(db, arena, user_id, other_id, &groups));
	TRY(friend_lock_pair_in(db, arena, user_id, other_id, groups, &blocking->conversation));
	TRY(change_conversation(db, blocking));
	TRY(my_block_insert(db, user_id, other_id));
	TRY(friend_request_expire(db, user_id, other_id));
	TRY(friend_request_decline(db, other_id, user_id));
	TRY(friend_request_withdraw(db, user_id, other_id, &blocking->withdrawn));
	TRY(group_waiting_between(db, arena, user_id, other_id, &blocking->ended));
	return group_request_withdraw_between(db, user_id, other_id);
}

static const struct error *unblock(struct db *db, void *context)
{
	struct blocking *blocking = context;
	int64_t user_id = blocking->user_id, other_id = blocking->other_id;
	bool existed, friends, blocked;

	TRY(friend_lock_pair(db, user_id, other_id, &blocking->conversation));
	TRY(change_conversation(db, blocking));
	TRY(my_block_remove(db, user_id, other_id, &existed));
	if (!existed)
		return FAIL(NOT_FOUND);
	TRY(friendship_exists(db, user_id, other_id, &friends));
	TRY(block_between(db, user_id, other_id, &blocked));
	blocking->near = friends && !blocked;
	return openness_presence_between(db, user_id, other_id, &blocking->visible);
}

/* {"event":"profile","user":U,"blocked":…}: to the caller's own devices. */
static void deliver_blocked(struct request *req, const struct user_card *card, bool blocked)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_PROFILE);
	json_set(event, "user", json_record(&user_card_record, card));
	json_set_bool(event, "blocked", blocked);
	deliver_to(req, &req->user_id, 1, event);
}

static void announce(struct request *req, const struct blocking *blocking,
    const struct user_card *card, bool blocked)
{
	int64_t user_id = blocking->user_id, other_id = blocking->other_id;

	if (!blocking->near || blocking->visible) {
		deliver_watch(req, user_id, other_id, blocking->near);
		deliver_watch(req, other_id, user_id, blocking->near);
	}
	deliver_blocked(req, card, blocked);
	if (blocking->withdrawn)
		waiting_list_tell_friends(req, (struct id_list){&other_id, 1});
	group_waiting_between_tell(req, &blocking->ended);
	/* It is done: a database that fails now must not keep wsd from hearing of the above. */
	if (blocking->conversation != ABSENT)
		(void)conversation_deliver(req, blocking->conversation, &user_id, 1);
}

static struct json_object *block_json(const struct my_block *entry, const struct user_card *card)
{
	struct json_object *object = json_record(&my_block_record, entry);

	json_set(object, "user", json_record(&user_card_record, card));
	return object;
}

const struct error *my_block_put(struct request *req)
{
	struct blocking blocking = {.arena = req->arena,
	    .user_id = req->user_id,
	    .other_id = path_id(req, "user"),
	    .conversation = ABSENT};
	struct json_object *answer = json_new(req->arena);
	struct my_block entry;
	struct user_card card;

	if (blocking.other_id == req->user_id)
		return error_field(req->arena, FAIL(INVALID), "user");
	TRY(user_card(req, blocking.other_id, &card));
	TRY(db_transaction(req->db, true, block, &blocking));
	announce(req, &blocking, &card, true);
	TRY(my_block_load(req, blocking.other_id, &entry));
	json_set(answer, "block", block_json(&entry, &card));
	return respond(req, 200, answer);
}

const struct error *my_block_delete(struct request *req)
{
	struct blocking blocking = {.arena = req->arena,
	    .user_id = req->user_id,
	    .other_id = path_id(req, "user"),
	    .conversation = ABSENT};
	struct user_card card;

	TRY(user_card(req, blocking.other_id, &card));
	TRY(db_transaction(req->db, false, unblock, &blocking));
	announce(req, &blocking, &card, false);
	return respond_empty(req);
}

static const struct error *blocks_json(
    struct request *req, const struct rows *page, size_t count, struct json_object *list)
{
	int64_t *ids = arena_array(req->arena, count, sizeof(*ids));
	struct rows cards;

	for (size_t i = 0; i < count; i++)
		ids[i] = ROW(struct my_block, page, i)->blocked_id;
	TRY(user_cards(req, ids, count, &cards));
	for (size_t i = 0; i < count; i++) {
		const struct user_card *card = user_cards_find(&cards, ids[i]);

		/* The account may be gone. */
		if (card != NULL)
			json_append(list, block_json(ROW(struct my_block, page, i), card));
	}
	return NULL;
}

const struct error *my_block_list(struct request *req)
{
	const struct page_query *query = req->query;
	size_t limit = (size_t)page_limit(query);
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct rows page;
	bool more;

	json_set(answer, "blocks", list);
	TRY(my_block_page(
	    req, query->after != ABSENT ? query->after : 0, (int64_t)limit + 1, &page));
	more = page.count > limit;
	TRY(blocks_json(req, &page, more ? limit : page.count, list));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}
