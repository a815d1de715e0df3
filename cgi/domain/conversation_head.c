/* The heads of conversations, as each member sees them. */
#include "conversation.h"
#include "conversation_head_store.h"
#include "deliver.h"
#include "message_view.h"
#include "user.h"

static const struct error *peers_of(
    struct request *req, const struct rows *heads, struct rows *peers)
{
	int64_t *ids = arena_array(req->arena, heads->count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < heads->count; i++) {
		int64_t peer = ROW(struct conversation_head, heads, i)->peer_id;

		if (peer != ABSENT)
			ids[count++] = peer;
	}
	*peers = (struct rows){&user_card_record, NULL, 0};
	return count > 0 ? user_cards_ever(req, ids, count, peers) : NULL;
}

/* The last messages as each of the members sees them. */
static const struct error *view_last(struct request *req, const struct rows *heads)
{
	struct viewed *list = arena_array(req->arena, heads->count, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < heads->count; i++) {
		struct conversation_head *head = ROW(struct conversation_head, heads, i);

		if (head->last.seq != ABSENT)
			list[count++] = (struct viewed){&head->last, head->user_id};
	}
	return message_view(req->db, req->arena, list, count);
}

static struct json_object *ids_json(struct id_list ids)
{
	struct json_object *list = json_child_list();

	for (size_t i = 0; i < ids.count; i++)
		json_append_int(list, ids.ids[i]);
	return list;
}

static struct json_object *head_json(const struct conversation_head *head, const struct rows *peers)
{
	struct json_object *object = json_record(&conversation_head_record, head);
	const struct user_card *peer = user_cards_find(peers, head->peer_id);

	json_set(object, "peer", peer != NULL ? json_record(&user_card_record, peer) : NULL);
	json_set(object, "group",
	    head->group.id != ABSENT ? json_record(&head_group_record, &head->group) : NULL);
	json_set(object, "mention_seqs", ids_json(head->mention_seqs));
	json_set(object, "draft",
	    head->draft.text != NULL ? json_record(&head_draft_record, &head->draft) : NULL);
	json_set_int(object, "draft_updated_at", head->draft.updated_at);
	json_set(object, "last_message",
	    head->last.seq != ABSENT ? json_record(&message_record, &head->last) : NULL);
	return object;
}

const struct error *conversation_head(
    struct request *req, int64_t user_id, int64_t conversation, struct json_object **head)
{
	struct id_list user = {&user_id, 1};
	struct rows heads, peers;

	TRY(heads_of_conversation(req->db, req->arena, conversation, user, &heads));
	if (heads.count == 0)
		return FAIL(NOT_MEMBER);
	TRY(peers_of(req, &heads, &peers));
	TRY(view_last(req, &heads));
	*head = head_json(ROW(struct conversation_head, &heads, 0), &peers);
	return NULL;
}

const struct error *conversation_heads(
    struct request *req, int64_t user_id, struct json_object **list)
{
	struct rows heads, peers;

	TRY(heads_of_user(req->db, req->arena, user_id, &heads));
	TRY(peers_of(req, &heads, &peers));
	TRY(view_last(req, &heads));
	*list = json_child_list();
	for (size_t i = 0; i < heads.count; i++)
		json_append(*list, head_json(ROW(struct conversation_head, &heads, i), &peers));
	return NULL;
}

const struct error *conversation_deliver(
    struct request *req, int64_t conversation, const int64_t *users, size_t count)
{
	struct id_list members = {users, count};
	struct rows heads, peers;

	TRY(heads_of_conversation(req->db, req->arena, conversation, members, &heads));
	TRY(peers_of(req, &heads, &peers));
	TRY(view_last(req, &heads));
	for (size_t i = 0; i < heads.count; i++) {
		const struct conversation_head *head = ROW(struct conversation_head, &heads, i);
		struct json_object *event = json_new(req->arena);

		json_set_text(event, "event", EVENT_CONVERSATION);
		json_set(event, "conversation", head_json(head, &peers));
		deliver_to(req, &head->user_id, 1, event);
	}
	return NULL;
}
