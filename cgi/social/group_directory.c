/* Handlers of looking groups up. */
#include "group_directory.h"
#include "group_request_store.h"
#include "group_store.h"
#include "limit.h"
#include "respond.h"
#include <stdlib.h>
#include <string.h>

#define FOUND_DEFAULT 20
#define QUERY_MAX 64
#define NUMBER_DIGITS 16
#define WINDOW 60 /* s */
#define PAGE_MAX 100
#define PAGE_DEFAULT 50

static const struct field group_query_fields[] = {
    OPTIONAL(struct group_query, after, 0, INT64_MAX),
    OPTIONAL(struct group_query, limit, 1, PAGE_MAX),
    OPTIONAL(struct group_query, query, 1, QUERY_MAX),
};
const struct record group_query_record = RECORD(struct group_query, group_query_fields);

static const struct error *mine(struct request *req, const struct group_query *query)
{
	size_t limit = query->limit != ABSENT ? (size_t)query->limit : PAGE_DEFAULT;
	struct json_object *answer = json_new(req->arena), *list = json_child_list();
	struct rows page;

	json_set(answer, "groups", list);
	TRY(group_page_of(
	    req, query->after != ABSENT ? query->after : 0, (int64_t)limit + 1, &page));
	for (size_t i = 0; i < page.count && i < limit; i++)
		json_append(list, group_json(ROW(struct group, &page, i)));
	json_set_bool(answer, "more", page.count > limit);
	return respond(req, 200, answer);
}

/* The number that the text is, or 0, which no group has. */
static int64_t read_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= NUMBER_DIGITS && text[digits] == '\0' ? atoll(text) : 0;
}

static const struct error *find_named(struct request *req, const char *prefix, int64_t number,
    int64_t after, int64_t limit, struct rows *named)
{
	const struct error *error =
	    group_find_prefix(req, prefix, number, after != ABSENT ? after : 0, limit, named);

	/* It was dissolved or hidden since: there is nothing to go on from. */
	return error_is(error, FAIL(NOT_FOUND)) ? error_field(req->arena, FAIL(INVALID), "after")
						: error;
}

static const struct error *search(struct request *req, const struct group_query *asked)
{
	const char *query = asked->query;
	size_t limit = asked->limit != ABSENT ? (size_t)asked->limit : FOUND_DEFAULT;
	const char *user = arena_printf(req->arena, "%lld", (long long)req->user_id);
	const char *prefix = identity_prefix(req->arena, query);
	struct json_object *answer = json_new(req->arena), *list = json_child_list();
	int64_t number = read_number(prefix);
	struct rows exact = {NULL, NULL, 0}, named;
	size_t room;

	json_set(answer, "groups", list);
	if (*prefix == '\0')
		return error_field(req->arena, FAIL(INVALID), "query");
	TRY(limit_count(req, "searches", user, req->config->limits.searches, WINDOW));
	/* The one with that number is on the first page. */
	if (asked->after == ABSENT)
		TRY(group_find_number(req, number, &exact));
	room = limit - exact.count;
	TRY(find_named(req, prefix, number, asked->after, (int64_t)room + 1, &named));
	for (size_t i = 0; i < exact.count; i++)
		json_append(list, group_public_json(ROW(struct group, &exact, i)));
	for (size_t i = 0; i < named.count && i < room; i++)
		json_append(list, group_public_json(ROW(struct group, &named, i)));
	json_set_bool(answer, "more", named.count > room);
	return respond(req, 200, answer);
}

const struct error *group_list(struct request *req)
{
	const struct group_query *query = req->query;

	return query->query != NULL ? search(req, query) : mine(req, query);
}

/* Whoever is no member sees which request of their own waits for an answer. */
static const struct error *show_request(
    struct request *req, const struct group *group, struct json_object *shown)
{
	struct group_request pending;
	const struct error *error =
	    group_request_pending(req->db, req->arena, group->id, req->user_id, &pending);

	if (error != NULL)
		return error_is(error, FAIL(NOT_FOUND)) ? NULL : error;
	if (!group_request_is_proposed(&pending))
		json_set_int(shown, "request_id", pending.id);
	return NULL;
}

const struct error *group_get(struct request *req)
{
	struct json_object *answer = json_new(req->arena), *shown;
	struct group group;

	TRY(group_load(req->db, req->arena, path_id(req, "group"), req->user_id, &group));
	if (!group.known)
		return FAIL(NOT_FOUND);
	shown = group_json(&group);
	json_set(answer, "group", shown);
	if (group.role == NULL)
		TRY(show_request(req, &group, shown));
	return respond(req, 200, answer);
}
