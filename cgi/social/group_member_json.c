/* Members with their cards and presence. */
#include "group_member_json.h"
#include "block.h"
#include "group_member_store.h"
#include "openness.h"
#include "presence.h"
#include "user.h"

const struct error *group_member_append_json(struct request *req, const struct group *group,
    const struct rows *members, struct json_object *list)
{
	int64_t *ids = arena_array(req->arena, members->count, sizeof(*ids));
	bool *online = arena_array(req->arena, members->count, sizeof(*online));
	bool lives = group->dissolved_at == ABSENT;
	struct id_list apart;
	struct rows cards;

	for (size_t i = 0; i < members->count; i++)
		ids[i] = ROW(struct group_member, members, i)->user_id;
	TRY(user_cards(req, ids, members->count, &cards));
	TRY(openness_apart(
	    req->db, req->arena, req->user_id, (struct id_list){ids, members->count}, &apart));
	presence_read(req, ids, members->count, online);
	for (size_t i = 0; i < members->count; i++) {
		const struct user_card *card = user_cards_find(&cards, ids[i]);
		struct json_object *object;

		if (card == NULL)
			continue;
		object = json_record(&group_member_record, ROW(struct group_member, members, i));
		json_set(object, "user", json_record(&user_card_record, card));
		json_set_bool(object, "online", lives && online[i] && !block_has(&apart, ids[i]));
		json_append(list, object);
	}
	return NULL;
}
