/* Requests to join groups, as the API shows them. */
#include "group_request_list.h"
#include "group_request_store.h"
#include "respond.h"
#include "user.h"

static const struct field group_request_query_fields[] = {
    OPTIONAL(struct group_request_query, before, 1, INT64_MAX),
    OPTIONAL(struct group_request_query, limit, 1, 100),
    CHOICE(struct group_request_query, status, FIELD_OPTIONAL,
	"pending accepted declined withdrawn expired"),
};
const struct record group_request_query_record =
    RECORD(struct group_request_query, group_request_query_fields);

static struct json_object *card_json(const struct rows *cards, int64_t user_id)
{
	const struct user_card *card = user_cards_find(cards, user_id);

	return card != NULL ? json_record(&user_card_record, card) : NULL;
}

/* {id, group_id, user:U, inviter:U|null, …} for each whose account still is; appended to `list`. */
static const struct error *requests_json(struct request *req, const struct group_request *requests,
    size_t count, struct json_object *list)
{
	int64_t *ids = arena_array(req->arena, count, 2 * sizeof(*ids));
	size_t id_count = 0;
	struct rows cards;

	for (size_t i = 0; i < count; i++) {
		ids[id_count++] = requests[i].user_id;
		if (group_request_is_proposed(&requests[i]))
			ids[id_count++] = requests[i].inviter_id;
	}
	TRY(user_cards(req, ids, id_count, &cards));
	for (size_t i = 0; i < count; i++) {
		struct json_object *object = json_record(&group_request_record, &requests[i]);

		json_set(object, "user", card_json(&cards, requests[i].user_id));
		json_set(object, "inviter",
		    group_request_is_proposed(&requests[i])
			? card_json(&cards, requests[i].inviter_id)
			: NULL);
		json_append(list, object);
	}
	return NULL;
}

const struct error *group_request_respond(
    struct request *req, int status, int64_t group_id, int64_t id)
{
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_array(req->arena);
	struct group_request request;

	TRY(group_request_load(req->db, req->arena, group_id, id, &request));
	TRY(requests_json(req, &request, 1, list));
	json_set(answer, "request", json_share(json_at(list, 0)));
	return respond(req, status, answer);
}

const struct error *group_request_list(struct request *req)
{
	const struct group_request_query *query = req->query;
	size_t limit = query->limit != ABSENT ? (size_t)query->limit : 50;
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct group group;
	struct rows page;

	json_set(answer, "requests", list);
	TRY(group_load(req->db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(group_allow_reading(&group, GROUP_ANSWER_REQUESTS));
	TRY(group_request_page(req, group.id, query, (int64_t)limit + 1, &page));
	TRY(requests_json(req, page.items, page.count < limit ? page.count : limit, list));
	json_set_bool(answer, "more", page.count > limit);
	return respond(req, 200, answer);
}
