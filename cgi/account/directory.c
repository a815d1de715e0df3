/* Handlers of looking people up. */
#include "directory.h"
#include "directory_store.h"
#include "limit.h"
#include "respond.h"
#include "user.h"

#define IDS_MAX 100
#define FOUND_MAX 20
#define QUERY_MAX 254 /* code points: as long as a mail address */
#define WINDOW 60     /* s */

static const struct field directory_query_fields[] = {
    OPTIONAL(struct directory_query, ids, 1, IDS_MAX),
    OPTIONAL(struct directory_query, query, 1, QUERY_MAX),
};
const struct record directory_query_record = RECORD(struct directory_query, directory_query_fields);

const struct error *directory_get(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct user_card card;

	TRY(user_card(req, path_id(req, "user"), &card));
	json_set(answer, "user", json_record(&user_card_record, &card));
	return respond(req, 200, answer);
}

static const struct error *respond_cards(
    struct request *req, const struct rows *first, const struct rows *rest, bool more)
{
	struct json_object *answer = json_new(req->arena), *users = json_child_list();

	json_set(answer, "users", users);
	for (size_t i = 0; i < first->count; i++)
		json_append(users, json_record(&user_card_record, ROW(struct user_card, first, i)));
	for (size_t i = 0; i < rest->count; i++)
		json_append(users, json_record(&user_card_record, ROW(struct user_card, rest, i)));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}

static const struct error *by_ids(struct request *req, struct id_list ids)
{
	struct rows cards, none = {&user_card_record, NULL, 0};

	TRY(user_cards_ever(req, ids.ids, ids.count, &cards));
	return respond_cards(req, &cards, &none, false);
}

static const struct error *refuse_query(struct request *req)
{
	return error_field(req->arena, FAIL(INVALID), "query");
}

static const struct error *search(struct request *req, const char *query)
{
	const char *user = arena_printf(req->arena, "%lld", (long long)req->user_id);
	struct identity_login login = identity_login(req->arena, query);
	const char *prefix = identity_prefix(req->arena, query);
	struct rows exact, named;
	size_t room;
	bool more;

	if (*prefix == '\0')
		return refuse_query(req);
	TRY(limit_count(req, "searches", user, req->config->limits.searches, WINDOW));
	TRY(directory_find_exact(req, &login, &exact));
	room = FOUND_MAX - exact.count;
	TRY(directory_find_prefix(req, prefix,
	    exact.count > 0 ? ROW(struct user_card, &exact, 0)->id : 0, (int64_t)room + 1, &named));
	more = named.count > room;
	if (more)
		named.count = room;
	return respond_cards(req, &exact, &named, more);
}

const struct error *directory_list(struct request *req)
{
	const struct directory_query *query = req->query;

	if ((query->ids.count > 0) == (query->query != NULL))
		return refuse_query(req);
	return query->query != NULL ? search(req, query->query) : by_ids(req, query->ids);
}
