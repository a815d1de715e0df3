/* Handlers of requests to join groups.  Everything happens under the group's lock, so that two
 * answers, an answer and a second wish, or the last free place have one outcome. */
#include "group_request.h"
#include "block.h"
#include "clock.h"
#include "friendship.h"
#include "group_join.h"
#include "group_request_list.h"
#include "group_request_store.h"
#include "group_store.h"
#include "limit.h"
#include "notification.h"
#include <string.h>

#define MESSAGE_MAX 200
#define HOUR 3600

static const struct field group_request_draft_fields[] = {
    OPTIONAL(struct group_request_draft, message, 0, MESSAGE_MAX),
};
const struct record group_request_draft_record =
    RECORD(struct group_request_draft, group_request_draft_fields);

static const struct field group_request_answer_fields[] = {
    CHOICE(struct group_request_answer, status, FIELD_REQUIRED, "accepted declined"),
};
const struct record group_request_answer_record =
    RECORD(struct group_request_answer, group_request_answer_fields);

#define NOTICES_MAX 2

/* What a wish or an answer leads to, filled inside the transaction and told after it. */
struct outcome {
	struct request *req;
	struct group group;
	int64_t request_id;
	bool created; /* a request that was not there before */
	struct group_join join;
	struct group_waiting waiting;  /* whose lists have changed without a notification */
	struct id_list judges_notices; /* to those who can answer */
	int64_t notices[NOTICES_MAX];  /* to those who wait for the answer */
	size_t notice_count;
};

static void outcome_begin(struct outcome *outcome)
{
	*outcome = (struct outcome){.req = outcome->req, .request_id = outcome->request_id};
}

/* After the commit: everybody concerned learns of it at once.  It is done: a database that fails
 * now must not keep some from hearing of it because of the others. */
static void announce(struct request *req, const struct outcome *outcome)
{
	group_join_announce(req, &outcome->join);
	group_waiting_tell(req, outcome->group.id, &outcome->waiting);
	(void)notification_deliver_many(req, outcome->judges_notices);
	(void)notification_deliver_many(
	    req, (struct id_list){outcome->notices, outcome->notice_count});
}

static bool is_invitation(const struct group_request *request)
{
	return strcmp(request->awaits, "user") == 0;
}

bool group_request_is_proposed(const struct group_request *request)
{
	return request->inviter_id != ABSENT && !request->own_wish;
}

/* Somebody else proposed a person who has not been asked. */
static bool is_proposal(const struct group_request *request)
{
	return !is_invitation(request) && group_request_is_proposed(request);
}

static const struct error *join(
    struct db *db, struct outcome *outcome, int64_t user_id, const char *via)
{
	struct request *req = outcome->req;

	return group_join_record(db, req->arena, &outcome->group, req->user_id,
	    (struct id_list){&user_id, 1}, via, &outcome->join);
}

struct json_object *group_request_subject(
    struct arena *arena, const struct group *group, int64_t request_id)
{
	struct json_object *subject = group_subject(arena, group);

	json_set_int(subject, "request_id", request_id);
	return subject;
}

static const struct error *tell_judges(struct db *db, struct outcome *outcome)
{
	struct request *req = outcome->req;
	struct json_object *subject =
	    group_request_subject(req->arena, &outcome->group, outcome->request_id);
	struct json_text text = {json_write(subject)};
	struct id_list judges;

	TRY(group_request_judges(db, req->arena, outcome->group.id, req->user_id, &judges));
	return notification_add_many(
	    db, req->arena, judges, "group_request", req->user_id, text, &outcome->judges_notices);
}

/* *left: how long it is, in ms, until a day has passed since a wish of the person ended so; 0: none
 * did. */
static const struct error *rest_after(
    struct db *db, const struct outcome *outcome, const char *status, int64_t *left)
{
	int64_t ended_at;

	TRY(group_request_ended_at(
	    db, outcome->group.id, outcome->req->user_id, status, &ended_at));
	*left = ended_at == ABSENT ? 0 : ended_at + GROUP_REQUEST_REST - clock_wall_ms();
	if (*left < 0)
		*left = 0;
	return NULL;
}

/* A "no" lasts a while, so that nobody is worn down. */
static const struct error *check_rest(struct db *db, const struct outcome *outcome)
{
	struct request *req = outcome->req;
	int64_t left;

	TRY(rest_after(db, outcome, "declined", &left));
	if (left == 0)
		return NULL;
	return error_retry(req->arena, FAIL(RECENTLY_DECLINED), (int)((left + 999) / 1000));
}

static const struct error *insert(struct db *db, struct outcome *outcome)
{
	const struct group_request_draft *draft = outcome->req->input;

	TRY(group_request_insert(
	    db, outcome->group.id, outcome->req->user_id, draft->message, &outcome->request_id));
	outcome->created = true;
	return NULL;
}

static const struct error *changes_lists(struct db *db, struct outcome *outcome, int64_t user_id)
{
	return group_waiting_about(db, outcome->req->arena, outcome->group.id,
	    (struct id_list){&user_id, 1}, &outcome->waiting);
}

/* There is one that waits for an answer already. */
static const struct error *ask_again(
    struct db *db, struct outcome *outcome, const struct group_request *pending)
{
	const struct group_request_draft *draft = outcome->req->input;

	outcome->request_id = pending->id;
	if (is_invitation(pending))
		return join(db, outcome, pending->user_id, "invitation");
	TRY(group_request_adopt(db, pending->id, draft->message));
	if (strcmp(outcome->group.join_policy, "open") == 0)
		return join(db, outcome, pending->user_id, "open");
	return changes_lists(db, outcome, pending->user_id);
}

static const struct error *ask_first(struct db *db, struct outcome *outcome)
{
	const char *policy = outcome->group.join_policy;
	int64_t left;

	if (strcmp(policy, "invitation") == 0)
		return FAIL(INVITATION_ONLY);
	if (strcmp(policy, "open") == 0) {
		TRY(insert(db, outcome));
		return join(db, outcome, outcome->req->user_id, "open");
	}
	TRY(check_rest(db, outcome));
	TRY(rest_after(db, outcome, "withdrawn", &left));
	TRY(insert(db, outcome));
	/* Withdrawing and asking again is no way to ring anybody's bell. */
	return left > 0 ? changes_lists(db, outcome, outcome->req->user_id)
			: tell_judges(db, outcome);
}

static const struct error *ask(struct db *db, void *context)
{
	struct outcome *outcome = context;
	struct request *req = outcome->req;
	struct group_request pending;
	const struct error *missing;

	outcome_begin(outcome);
	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &outcome->group));
	if (outcome->group.role != NULL)
		return FAIL(ALREADY_MEMBER);
	if (outcome->group.dissolved_at != ABSENT)
		return FAIL(NOT_FOUND);
	TRY(group_hold_people(db, req->arena, (struct id_list){&req->user_id, 1}));
	TRY(group_request_expire(db, outcome->group.id, req->user_id));
	missing = group_request_pending(db, req->arena, outcome->group.id, req->user_id, &pending);
	if (missing != NULL && !error_is(missing, FAIL(NOT_FOUND)))
		return missing;
	/* Nobody may find out by asking that there is such a group. */
	if (!outcome->group.findable && (missing != NULL || is_proposal(&pending)))
		return FAIL(NOT_FOUND);
	return missing == NULL ? ask_again(db, outcome, &pending) : ask_first(db, outcome);
}

const struct error *group_request_create(struct request *req)
{
	struct outcome outcome = {.req = req};

	TRY(limit_count(req, "group_requests",
	    arena_printf(req->arena, "%lld", (long long)req->user_id),
	    req->config->limits.group_requests, HOUR));
	TRY(db_transaction(req->db, false, ask, &outcome));
	announce(req, &outcome);
	return group_request_respond(
	    req, outcome.created ? 201 : 200, outcome.group.id, outcome.request_id);
}

static const struct error *tell_answer_to(struct db *db, struct outcome *outcome,
    const struct group_request *request, int64_t waiting, const char *status)
{
	struct request *req = outcome->req;
	struct json_object *subject =
	    group_request_subject(req->arena, &outcome->group, request->id);
	bool apart;

	if (waiting == req->user_id)
		return NULL;
	TRY(block_between(db, waiting, req->user_id, &apart));
	if (apart)
		return NULL;
	json_set_text(subject, "status", status);
	return notification_add(db, waiting, "group_request_answered", req->user_id,
	    (struct json_text){json_write(subject)}, &outcome->notices[outcome->notice_count++]);
}

/* Who learns of the answer: who asked, and the member who proposed them.  Who was removed in the
 * meantime hears nothing of the group any more. */
static const struct error *tell_answer(
    struct db *db, struct outcome *outcome, const struct group_request *request, const char *status)
{
	int64_t inviter_id = request->inviter_id;
	struct group as_inviter;

	if (inviter_id == ABSENT || request->own_wish)
		TRY(tell_answer_to(db, outcome, request, request->user_id, status));
	if (inviter_id == ABSENT)
		return NULL;
	TRY(group_load(db, outcome->req->arena, request->group_id, inviter_id, &as_inviter));
	return as_inviter.role != NULL ? tell_answer_to(db, outcome, request, inviter_id, status)
				       : NULL;
}

/* Nobody is brought into a group by whom they do not, or no longer, call a friend. */
static const struct error *check_proposal(struct db *db, const struct group_request *request)
{
	bool friends, blocked;

	TRY(friendship_exists(db, request->inviter_id, request->user_id, &friends));
	TRY(block_between(db, request->inviter_id, request->user_id, &blocked));
	return friends && !blocked ? NULL : FAIL(NOT_FRIENDS);
}

static const struct error *accept(
    struct db *db, struct outcome *outcome, const struct group_request *request)
{
	struct json_object *subject;

	if (is_proposal(request))
		TRY(check_proposal(db, request));
	TRY(join(db, outcome, request->user_id, is_invitation(request) ? "invitation" : "request"));
	if (outcome->join.joined.count == 0)
		return FAIL(NOT_FOUND); /* the account is gone */
	TRY(tell_answer(db, outcome, request, "accepted"));
	if (!is_proposal(request))
		return NULL;
	subject = group_subject(outcome->req->arena, &outcome->group);
	return notification_add(db, request->user_id, "group_invitation", request->inviter_id,
	    (struct json_text){json_write(subject)}, &outcome->notices[outcome->notice_count++]);
}

/* Who was invited and would rather not is spared having to explain it. */
static const struct error *decline(
    struct db *db, struct outcome *outcome, const struct group_request *request)
{
	TRY(changes_lists(db, outcome, request->user_id));
	TRY(group_request_end(db, request->id, "declined", outcome->req->user_id));
	return is_invitation(request) ? NULL : tell_answer(db, outcome, request, "declined");
}

static const struct error *check_answerer(
    const struct group *group, const struct group_request *request, int64_t user_id)
{
	bool own = request->user_id == user_id;

	/* Of a proposal the person knows nothing. */
	if (group->role == NULL && (!own || is_proposal(request)))
		return FAIL(NOT_FOUND);
	if (!is_invitation(request))
		return group->role != NULL ? group_allow(group, GROUP_ANSWER_REQUESTS)
					   : FAIL(FORBIDDEN);
	if (!own)
		return FAIL(FORBIDDEN);
	return group->dissolved_at != ABSENT ? FAIL(DISSOLVED) : NULL;
}

/* Unfriending and blocking need no group's lock, but that of the person. */
static const struct error *load_held(
    struct db *db, struct outcome *outcome, struct group_request *request)
{
	struct arena *arena = outcome->req->arena;
	int64_t group_id = outcome->group.id;

	TRY(group_request_load(db, arena, group_id, outcome->request_id, request));
	TRY(group_hold_people(db, arena, (struct id_list){&request->user_id, 1}));
	return group_request_load(db, arena, group_id, outcome->request_id, request);
}

static const struct error *answer(struct db *db, void *context)
{
	struct outcome *outcome = context;
	struct request *req = outcome->req;
	const struct group_request_answer *input = req->input;
	struct group_request request;

	outcome_begin(outcome);
	TRY(group_lock(db, req->arena, path_id(req, "group"), req->user_id, &outcome->group));
	TRY(load_held(db, outcome, &request));
	TRY(check_answerer(&outcome->group, &request, req->user_id));
	if (strcmp(request.status, input->status) == 0)
		return NULL;
	if (strcmp(request.status, "pending") != 0)
		return FAIL(ALREADY_ANSWERED);
	return strcmp(input->status, "accepted") == 0 ? accept(db, outcome, &request)
						      : decline(db, outcome, &request);
}

const struct error *group_request_put(struct request *req)
{
	struct outcome outcome = {.req = req, .request_id = path_id(req, "request")};

	TRY(db_transaction(req->db, true, answer, &outcome));
	announce(req, &outcome);
	return group_request_respond(req, 200, outcome.group.id, outcome.request_id);
}
