/* Handlers of invitation links.  Uses, ends and the last free place are decided under the group's
 * lock. */
#include "group_link.h"
#include "clock.h"
#include "group_join.h"
#include "group_limit.h"
#include "group_link_store.h"
#include "limit.h"
#include "respond.h"
#include "user.h"

#define MINUTE 60
#define HOUR 3600
#define WEEK 604800
#define YEAR 31536000
#define USES_MAX 10000

static const struct field group_link_draft_fields[] = {
    CLEARABLE(struct group_link_draft, expires_in, 0, YEAR),
    OPTIONAL(struct group_link_draft, max_uses, 1, USES_MAX),
};
const struct record group_link_draft_record =
    RECORD(struct group_link_draft, group_link_draft_fields);

static struct json_object *link_json(
    struct arena *arena, const struct group_link *link, const struct rows *cards)
{
	const struct user_card *creator = user_cards_find(cards, link->creator_id);
	struct json_object *object = json_record(&group_link_record, link);

	json_set_text(object, "path", arena_printf(arena, "#/join/%s", link->token));
	json_set(
	    object, "creator", creator != NULL ? json_record(&user_card_record, creator) : NULL);
	return object;
}

/* Filled inside the transaction, told after it. */
struct linking {
	struct request *req;
	struct group group;
	struct group_link link;
	struct group_join join;
};

static const struct error *make(struct db *db, void *context)
{
	struct linking *linking = context;
	struct request *req = linking->req;

	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &linking->group));
	TRY(group_allow(&linking->group, GROUP_KEEP_LINKS));
	linking->link.group_id = linking->group.id;
	return group_link_insert(db, &linking->link);
}

const struct error *group_link_create(struct request *req)
{
	const struct group_link_draft *draft = req->input;
	int64_t lasts = draft->expires_in != ABSENT ? draft->expires_in : WEEK;
	int64_t now = clock_wall_ms();
	struct linking linking = {.req = req,
	    .link = {
		.token = token_random(req->arena),
		.creator_id = req->user_id,
		.created_at = now,
		.expires_at = lasts == 0 ? ABSENT : now + lasts * 1000,
		.max_uses = draft->max_uses,
		.revoked_at = ABSENT,
	    }};
	struct json_object *answer = json_new(req->arena);
	struct rows cards;

	if (lasts != 0 && lasts < MINUTE)
		return error_field(req->arena, FAIL(INVALID), "expires_in");
	TRY(group_limit_changes(req));
	TRY(db_transaction(req->db, false, make, &linking));
	TRY(user_cards(req, &req->user_id, 1, &cards));
	json_set(answer, "link", link_json(req->arena, &linking.link, &cards));
	return respond(req, 201, answer);
}

const struct error *group_link_list(struct request *req)
{
	const struct page_query *query = req->query;
	size_t limit = (size_t)page_limit(query);
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct group group;
	struct rows page, cards;
	int64_t *ids;

	json_set(answer, "links", list);
	TRY(group_load(req->db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(group_allow_reading(&group, GROUP_KEEP_LINKS));
	TRY(group_link_page(req, group.id, query, (int64_t)limit + 1, &page));
	ids = arena_array(req->arena, page.count, sizeof(*ids));
	for (size_t i = 0; i < page.count; i++)
		ids[i] = ROW(struct group_link, &page, i)->creator_id;
	TRY(user_cards(req, ids, page.count, &cards));
	for (size_t i = 0; i < page.count && i < limit; i++)
		json_append(list, link_json(req->arena, ROW(struct group_link, &page, i), &cards));
	json_set_bool(answer, "more", page.count > limit);
	return respond(req, 200, answer);
}

static const struct error *revoke(struct db *db, void *context)
{
	struct linking *linking = context;
	struct request *req = linking->req;

	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &linking->group));
	TRY(group_allow(&linking->group, GROUP_KEEP_LINKS));
	TRY(group_link_load(
	    db, req->arena, linking->group.id, path_id(req, "link"), &linking->link));
	return group_link_end(db, linking->link.id);
}

const struct error *group_link_revoke(struct request *req)
{
	struct linking linking = {.req = req};

	TRY(db_transaction(req->db, true, revoke, &linking));
	return respond_empty(req);
}

static const struct error *check_open(const struct group *group, const struct group_link *link)
{
	bool late = link->expires_at != ABSENT && link->expires_at <= clock_wall_ms();
	bool used_up = link->max_uses != ABSENT && link->uses >= link->max_uses;

	if (link->revoked_at != ABSENT || group->dissolved_at != ABSENT || late || used_up)
		return FAIL(LINK_ENDED);
	return NULL;
}

const struct error *group_link_preview(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct group_link link;
	struct group group;
	bool member;

	TRY(limit_count(
	    req, "group_link_previews", limit_address(req), req->config->limits.searches, MINUTE));
	TRY(group_link_find(req->db, req->arena, path_text(req, "token"), &link));
	TRY(group_load(req->db, req->arena, link.group_id, req->user_id, &group));
	member = group.role != NULL;
	/* The link by which somebody came stays a way back. */
	if (!member)
		TRY(check_open(&group, &link));
	group.role = NULL;
	json_set(answer, "group", group_json(&group));
	if (req->user_id != 0)
		json_set_bool(answer, "member", member);
	return respond(req, 200, answer);
}

static const struct error *join(struct db *db, void *context)
{
	struct linking *linking = context;
	struct request *req = linking->req;
	struct group *group = &linking->group;
	struct group_link *link = &linking->link;

	linking->join = (struct group_join){.joined = {NULL, 0}};
	TRY(group_link_find(db, req->arena, path_text(req, "token"), link));
	TRY(group_lock(db, req->arena, link->group_id, req->user_id, group));
	if (group->role != NULL)
		return NULL;
	/* What was read before the lock may be true no longer. */
	TRY(group_link_load(db, req->arena, group->id, link->id, link));
	TRY(check_open(group, link));
	TRY(group_join_record(db, req->arena, group, req->user_id,
	    (struct id_list){&req->user_id, 1}, "link", &linking->join));
	return group_link_count_use(db, link->id);
}

const struct error *group_link_join(struct request *req)
{
	struct linking linking = {.req = req};
	struct json_object *answer = json_new(req->arena);

	TRY(limit_count(req, "group_link_joins",
	    arena_printf(req->arena, "%lld", (long long)req->user_id),
	    req->config->limits.group_requests, HOUR));
	TRY(db_transaction(req->db, true, join, &linking));
	group_join_announce(req, &linking.join);
	json_set(answer, "group",
	    group_json(
		linking.join.joined.count > 0 ? &linking.join.change.group : &linking.group));
	return respond(req, 200, answer);
}
