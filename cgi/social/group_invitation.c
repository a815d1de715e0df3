/* Handlers of invitations. */
#include "group_invitation.h"
#include "group_invitation_store.h"
#include "group_join.h"
#include "group_limit.h"
#include "group_request.h"
#include "group_request_store.h"
#include "group_store.h"
#include "notification.h"
#include "respond.h"
#include "user.h"
#include <string.h>

#define USERS_MAX 1000

static const struct field group_invitation_draft_fields[] = {
    REQUIRED(struct group_invitation_draft, user_ids, 1, USERS_MAX),
};
const struct record group_invitation_draft_record =
    RECORD(struct group_invitation_draft, group_invitation_draft_fields);

/* Filled inside the transaction, told after it. */
struct inviting {
	struct request *req;
	struct group group;
	struct group_join join;
	struct id_list pending;
	struct id_list notices;
};

static struct json_text as_text(struct json_object *subject)
{
	return (struct json_text){json_write(subject)};
}

static const struct error *add(struct db *db, struct inviting *inviting, struct id_list users)
{
	struct request *req = inviting->req;
	struct json_object *subject = group_subject(req->arena, &inviting->group);

	TRY(group_join_record(
	    db, req->arena, &inviting->group, req->user_id, users, "added", &inviting->join));
	return notification_add_many(db, req->arena, inviting->join.joined, "group_invitation",
	    req->user_id, as_text(subject), &inviting->notices);
}

/* The administrators are told of a thousand proposals once, of the first. */
static const struct error *propose(struct db *db, struct inviting *inviting, struct id_list users)
{
	struct request *req = inviting->req;
	struct id_list fresh, requests, judges;
	struct json_object *subject;

	TRY(group_invitation_insert(db, req->arena, inviting->group.id, req->user_id, "admins",
	    users, &inviting->pending, &fresh, &requests));
	if (fresh.count == 0)
		return NULL;
	subject = group_request_subject(req->arena, &inviting->group, requests.ids[0]);
	if (requests.count > 1)
		json_set_int(subject, "count", (int64_t)requests.count);
	TRY(group_request_judges(db, req->arena, inviting->group.id, req->user_id, &judges));
	return notification_add_many(db, req->arena, judges, "group_request", req->user_id,
	    as_text(subject), &inviting->notices);
}

/* Each answers a request of their own, so each is told something else. */
static const struct error *invite(struct db *db, struct inviting *inviting, struct id_list users)
{
	struct request *req = inviting->req;
	struct id_list fresh, requests;
	struct json_text *subjects;

	TRY(group_invitation_insert(db, req->arena, inviting->group.id, req->user_id, "user", users,
	    &inviting->pending, &fresh, &requests));
	subjects = arena_array(req->arena, fresh.count, sizeof(*subjects));
	for (size_t i = 0; i < fresh.count; i++)
		subjects[i] =
		    as_text(group_request_subject(req->arena, &inviting->group, requests.ids[i]));
	return notification_add_each(
	    db, req->arena, fresh, "group_invitation", req->user_id, subjects, &inviting->notices);
}

static const struct error *bring(struct db *db, void *context)
{
	struct inviting *inviting = context;
	struct request *req = inviting->req;
	const struct group_invitation_draft *draft = req->input;
	struct group *group = &inviting->group;
	struct id_list strangers;

	*inviting = (struct inviting){.req = req};
	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, group));
	TRY(group_allow(group, GROUP_INVITE));
	TRY(group_invitation_strangers(db, req->arena, group->id, draft->user_ids, &strangers));
	TRY(group_check_friends(db, req->arena, req->user_id, strangers, "user_ids"));
	if (group_right(group->role, GROUP_ADD) == NULL || strcmp(group->join_policy, "open") == 0)
		return add(db, inviting, strangers);
	return strcmp(group->join_policy, "approval") == 0 ? propose(db, inviting, strangers)
							   : invite(db, inviting, strangers);
}

static struct json_object *ids_json(struct id_list users)
{
	struct json_object *list = json_child_list();

	for (size_t i = 0; i < users.count; i++)
		json_append_int(list, users.ids[i]);
	return list;
}

const struct error *group_invitation_create(struct request *req)
{
	struct inviting inviting = {.req = req};
	struct json_object *answer = json_new(req->arena);

	TRY(group_limit_changes(req));
	/* Once more: whoever was added is skipped, whoever was asked stays asked. */
	TRY(db_transaction(req->db, true, bring, &inviting));
	group_join_announce(req, &inviting.join);
	(void)notification_deliver_many(req, inviting.notices);
	json_set(answer, "added", ids_json(inviting.join.joined));
	json_set(answer, "pending", ids_json(inviting.pending));
	return respond(req, 200, answer);
}

static const struct error *invitations_json(struct request *req,
    const struct group_invitation *page, size_t count, struct json_object *list)
{
	int64_t *ids = arena_array(req->arena, count, sizeof(*ids));
	struct rows cards;

	for (size_t i = 0; i < count; i++)
		ids[i] = page[i].inviter_id;
	TRY(user_cards(req, ids, count, &cards));
	for (size_t i = 0; i < count; i++) {
		const struct user_card *inviter = user_cards_find(&cards, ids[i]);
		struct json_object *object = json_record(&group_invitation_record, &page[i]);

		json_set(object, "inviter",
		    inviter != NULL ? json_record(&user_card_record, inviter) : NULL);
		json_set(object, "group", group_json(&page[i].group));
		json_append(list, object);
	}
	return NULL;
}

const struct error *group_invitation_list(struct request *req)
{
	const struct page_query *query = req->query;
	size_t limit = (size_t)page_limit(query);
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct rows page;

	json_set(answer, "invitations", list);
	TRY(group_invitation_page(req, query, (int64_t)limit + 1, &page));
	TRY(invitations_json(req, page.items, page.count < limit ? page.count : limit, list));
	json_set_bool(answer, "more", page.count > limit);
	return respond(req, 200, answer);
}
