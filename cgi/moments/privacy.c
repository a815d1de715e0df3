/* Handlers of who sees whose posts. */
#include "privacy.h"
#include "moment_limit.h"
#include "privacy_store.h"
#include "respond.h"
#include "user.h"
#include <string.h>

static const struct field privacy_window_fields[] = {
    CHOICE(struct privacy_window, window, FIELD_REQUIRED, "all half_year month three_days"),
};
const struct record privacy_window_record = RECORD(struct privacy_window, privacy_window_fields);

static const struct field privacy_change_fields[] = {
    FLAG(struct privacy_change, hide_mine, FIELD_OPTIONAL),
    FLAG(struct privacy_change, hide_theirs, FIELD_OPTIONAL),
};
const struct record privacy_change_record = RECORD(struct privacy_change, privacy_change_fields);

static const struct window {
	const char *name;
	int64_t days; /* 0: without end */
} windows[] = {{"all", 0}, {"half_year", 183}, {"month", 30}, {"three_days", 3}};

static const char *window_name(int64_t days)
{
	size_t i = 0;

	while (i + 1 < sizeof(windows) / sizeof(windows[0]) && windows[i].days != days)
		i++;
	return windows[i].name;
}

static int64_t window_days(const char *name)
{
	size_t i = 0;

	while (i + 1 < sizeof(windows) / sizeof(windows[0]) && strcmp(windows[i].name, name) != 0)
		i++;
	return windows[i].days;
}

static struct json_object *privacy_json(const struct privacy *privacy, const struct user_card *card)
{
	struct json_object *object = json_record(&privacy_record, privacy);

	json_set(object, "user", json_record(&user_card_record, card));
	return object;
}

static const struct error *people_json(
    struct request *req, const struct rows *people, struct json_object **list)
{
	int64_t *ids = arena_array(req->arena, people->count, sizeof(*ids));
	struct rows cards;

	for (size_t i = 0; i < people->count; i++)
		ids[i] = ROW(struct privacy, people, i)->other_id;
	TRY(user_cards(req, ids, people->count, &cards));
	*list = json_child_list();
	for (size_t i = 0; i < people->count; i++) {
		const struct user_card *card = user_cards_find(&cards, ids[i]);

		/* The account may be gone. */
		if (card != NULL)
			json_append(*list, privacy_json(ROW(struct privacy, people, i), card));
	}
	return NULL;
}

const struct error *privacy_list(struct request *req)
{
	const struct page_query *query = req->query;
	size_t limit = (size_t)page_limit(query);
	struct json_object *answer = json_new(req->arena), *list;
	struct rows people;
	int64_t days;
	bool more;

	TRY(privacy_days(req->db, req->user_id, &days));
	TRY(privacy_page(
	    req, query->after != ABSENT ? query->after : 0, (int64_t)limit + 1, &people));
	more = people.count > limit;
	if (more)
		people.count = limit;
	TRY(people_json(req, &people, &list));
	json_set_text(answer, "window", window_name(days));
	json_set(answer, "people", list);
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}

const struct error *privacy_set_window(struct request *req)
{
	const struct privacy_window *input = req->input;
	struct json_object *answer = json_new(req->arena);

	TRY(moment_limit_interaction(req));
	TRY(privacy_set_days(req->db, req->user_id, window_days(input->window)));
	json_set_text(answer, "window", input->window);
	return respond(req, 200, answer);
}

static const struct error *respond_person(struct request *req, const struct user_card *card)
{
	struct json_object *answer = json_new(req->arena);
	struct privacy privacy;

	TRY(privacy_load(req, card->id, &privacy));
	json_set(answer, "privacy", privacy_json(&privacy, card));
	return respond(req, 200, answer);
}

static const struct error *read_other(struct request *req, struct user_card *card)
{
	if (path_id(req, "user") == req->user_id)
		return error_field(req->arena, FAIL(INVALID), "user");
	return user_card(req, path_id(req, "user"), card);
}

const struct error *privacy_get(struct request *req)
{
	struct user_card card = {0};

	TRY(read_other(req, &card));
	return respond_person(req, &card);
}

struct deciding {
	struct request *req;
	int64_t other_id;
};

static const struct error *decide(struct db *db, void *context)
{
	const struct deciding *deciding = context;
	const struct privacy_change *change = deciding->req->input;

	TRY(privacy_lock(db, deciding->req->user_id));
	return privacy_change(db, deciding->req->user_id, deciding->other_id, change);
}

const struct error *privacy_put(struct request *req)
{
	struct user_card card = {0};
	struct deciding deciding = {req, path_id(req, "user")};

	TRY(read_other(req, &card));
	TRY(moment_limit_interaction(req));
	TRY(db_transaction(req->db, true, decide, &deciding));
	return respond_person(req, &card);
}
