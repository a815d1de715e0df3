/* Handlers of the list of members. */
#include "group_members.h"
#include "block.h"
#include "conversation.h"
#include "group.h"
#include "group_member_json.h"
#include "group_member_store.h"
#include "openness.h"
#include "presence.h"
#include "respond.h"

#define PAGE_MAX 100
#define PAGE_DEFAULT 50
#define ONLINE_MAX 1000

static const struct field group_members_query_fields[] = {
    OPTIONAL(struct group_members_query, after, 0, INT64_MAX),
    OPTIONAL(struct group_members_query, limit, 1, PAGE_MAX),
    CHOICE(struct group_members_query, role, FIELD_OPTIONAL, "owner admin member"),
    OPTIONAL(struct group_members_query, ids, 1, PAGE_MAX),
};
const struct record group_members_query_record =
    RECORD(struct group_members_query, group_members_query_fields);

static const struct error *read_page(struct request *req, int64_t group_id,
    const struct group_members_query *query, int64_t limit, struct rows *page)
{
	int64_t after = query->after != ABSENT ? query->after : 0;

	if (query->ids.count > 0)
		return group_member_find(req, group_id, query->ids, after, limit, page);
	if (query->role != NULL)
		return group_member_page_of_role(req, group_id, query->role, after, limit, page);
	return group_member_page(req, group_id, after, limit, page);
}

const struct error *group_members_list(struct request *req)
{
	const struct group_members_query *query = req->query;
	int64_t fallback = query->ids.count > 0 ? PAGE_MAX : PAGE_DEFAULT;
	size_t limit = (size_t)(query->limit != ABSENT ? query->limit : fallback);
	struct json_object *answer = json_new(req->arena), *list = json_child_list();
	struct group group;
	struct rows page;
	bool more;

	json_set(answer, "members", list);
	TRY(group_load(req->db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(group_allow(&group, GROUP_READ));
	TRY(read_page(req, group.id, query, (int64_t)limit + 1, &page));
	more = page.count > limit;
	if (more)
		page.count = limit;
	TRY(group_member_append_json(req, &group, &page, list));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}

/* Those of `ids` that `online` says so of. */
static struct id_list pick(struct arena *arena, struct id_list ids, const bool *online)
{
	int64_t *picked = arena_array(arena, ids.count, sizeof(*picked));
	size_t count = 0;

	for (size_t i = 0; i < ids.count; i++)
		if (online[i])
			picked[count++] = ids.ids[i];
	return (struct id_list){picked, count};
}

/* What one shared with others in a group that is over is no reason to see them come and go. */
static const struct error *find_online(
    struct request *req, const struct group *group, struct id_list *here)
{
	struct id_list members;
	bool *online;

	*here = (struct id_list){NULL, 0};
	if (group->dissolved_at != ABSENT)
		return NULL;
	TRY(conversation_members(req->db, req->arena, group->id, &members));
	online = arena_array(req->arena, members.count, sizeof(*online));
	presence_read(req, members.ids, members.count, online);
	*here = pick(req->arena, members, online);
	return NULL;
}

const struct error *group_members_presence(struct request *req)
{
	struct json_object *answer = json_new(req->arena), *list = json_child_list();
	struct id_list here, apart;
	int64_t count = 0;
	struct group group;

	json_set(answer, "online", list);
	TRY(group_load(req->db, req->arena, path_id(req, "group"), req->user_id, &group));
	TRY(group_allow(&group, GROUP_READ));
	TRY(find_online(req, &group, &here));
	TRY(openness_apart(req->db, req->arena, req->user_id, here, &apart));
	for (size_t i = 0; i < here.count; i++) {
		if (block_has(&apart, here.ids[i]))
			continue;
		if (count++ < ONLINE_MAX)
			json_append_int(list, here.ids[i]);
	}
	json_set_int(answer, "count", count);
	return respond(req, 200, answer);
}
