/* Handlers of friend requests.  Everything between two people happens under the
 * lock of both, so that crossing requests and double answers have one outcome. */
#include "friend_request.h"
#include "block.h"
#include "clock.h"
#include "conversation.h"
#include "deliver.h"
#include "friend_request_store.h"
#include "friend_store.h"
#include "friendship.h"
#include "limit.h"
#include "moment_feed.h"
#include "notification.h"
#include "openness.h"
#include "respond.h"
#include "stream.h"
#include "user.h"
#include "waiting_list.h"
#include <string.h>

#define MESSAGE_MAX 200
#define REMARK_MAX 32
#define HOUR 3600
#define DAY_MS (INT64_C(24) * HOUR * 1000)

static const struct field friend_request_draft_fields[] = {
    REQUIRED(struct friend_request_draft, user_id, 1, INT64_C(1) << 53),
    OPTIONAL(struct friend_request_draft, message, 0, MESSAGE_MAX),
    OPTIONAL(struct friend_request_draft, remark, 0, REMARK_MAX),
};
const struct record friend_request_draft_record =
    RECORD(struct friend_request_draft, friend_request_draft_fields);

static const struct field friend_request_answer_fields[] = {
    CHOICE(struct friend_request_answer, status, FIELD_REQUIRED, "accepted declined"),
    OPTIONAL(struct friend_request_answer, remark, 0, REMARK_MAX),
};
const struct record friend_request_answer_record =
    RECORD(struct friend_request_answer, friend_request_answer_fields);

/* What a request or an answer leads to, filled inside the transaction and told after it. */
struct outcome {
	struct request *req;
	int64_t request_id;
	bool created;	      /* a request that was not there before */
	bool own_list;	      /* the caller's requests are other ones now */
	bool other_list;      /* the other's are, and no notification says so */
	bool befriended;      /* the two are friends from now on */
	bool visible;	      /* and see each other come and go */
	int64_t other_id;     /* the one who is not the caller */
	int64_t notification; /* ABSENT: nobody needs to be told */
	int64_t conversation;
	struct message greeting;
};

static struct json_text request_subject(struct request *req, int64_t request_id)
{
	struct json_object *subject = json_new(req->arena);

	json_set_int(subject, "request_id", request_id);
	return (struct json_text){json_write(subject)};
}

/* The request becomes a friendship with a conversation that says so. */
static const struct error *befriend(struct db *db, struct outcome *outcome,
    const struct friend_request *request, const char *answer_remark)
{
	struct json_text body = {"{\"event\":\"friends\"}"};
	bool created;

	TRY(friend_request_set_status(db, request->id, "accepted"));
	TRY(friend_insert_pair(db, request->from_id, request->remark, request->to_id,
	    answer_remark != NULL ? answer_remark : ""));
	TRY(moment_feed_join(db, request->from_id, request->to_id));
	TRY(conversation_open_direct(
	    db, request->from_id, request->to_id, &outcome->conversation, &created));
	TRY(conversation_change_members(db, outcome->conversation));
	TRY(stream_append(db, outcome->req->arena, outcome->conversation, request->to_id,
	    STREAM_SYSTEM, body, STREAM_COUNTED, &outcome->greeting));
	TRY(notification_add(db, request->from_id, "friend_accepted", request->to_id,
	    request_subject(outcome->req, request->id), &outcome->notification));
	outcome->own_list = true;
	outcome->befriended = true;
	return openness_presence_between(db, request->from_id, request->to_id, &outcome->visible);
}

/* After the commit: everybody concerned learns of it at once. */
static void announce(struct request *req, const struct outcome *outcome)
{
	int64_t both[] = {req->user_id, outcome->other_id};

	if (outcome->own_list)
		waiting_list_tell_friends(req, (struct id_list){&both[0], 1});
	if (outcome->other_list)
		waiting_list_tell_friends(req, (struct id_list){&both[1], 1});
	if (outcome->befriended && outcome->visible) {
		deliver_watch(req, both[0], both[1], true);
		deliver_watch(req, both[1], both[0], true);
	}
	if (outcome->befriended) {
		/* It is done: a database that fails now must not keep wsd from hearing of the rest.
		 */
		(void)conversation_deliver(req, outcome->conversation, both, 2);
		deliver_to_members(req, outcome->conversation, both, 2,
		    json_own(req->arena, stream_event(&outcome->greeting)));
	}
	if (outcome->notification != ABSENT)
		(void)notification_deliver(req, outcome->notification);
}

static struct json_object *request_json(
    const struct friend_request *request, const struct rows *cards, int64_t viewer)
{
	struct json_object *object = json_record(&friend_request_record, request);
	const struct user_card *from = user_cards_find(cards, request->from_id);
	const struct user_card *to = user_cards_find(cards, request->to_id);

	json_set(object, "from", from != NULL ? json_record(&user_card_record, from) : NULL);
	json_set(object, "to", to != NULL ? json_record(&user_card_record, to) : NULL);
	if (request->from_id == viewer)
		json_set_text(object, "remark", request->remark);
	return object;
}

static const struct error *respond_request(
    struct request *req, int status, int64_t request_id, const char *key)
{
	struct friend_request request;
	struct json_object *answer = json_new(req->arena);
	struct rows cards;

	TRY(friend_request_load(req->db, req->arena, request_id, req->user_id, &request));
	TRY(user_cards(req, (int64_t[]){request.from_id, request.to_id}, 2, &cards));
	json_set(answer, key, request_json(&request, &cards, req->user_id));
	return respond(req, status, answer);
}

/* A pending request in the other direction is as good as a yes. */
static const struct error *accept_crossing(struct db *db, struct outcome *outcome,
    const struct friend_request_draft *draft, const struct friend_request *crossing)
{
	TRY(friend_request_insert(db, outcome->req->user_id, draft, &outcome->request_id));
	TRY(friend_request_set_status(db, outcome->request_id, "accepted"));
	outcome->created = true;
	return befriend(db, outcome, crossing, draft->remark);
}

/* The same answer as to a block, so that it gives nobody away. */
static const struct error *check_welcome(struct db *db, int64_t to_id)
{
	bool welcome;

	TRY(friend_request_welcome(db, to_id, &welcome));
	return welcome ? NULL : FAIL(BLOCKED);
}

static bool is_open(const struct friend_request *request)
{
	return request->status != NULL && strcmp(request->status, "pending") == 0;
}

/* How long it is, in ms, until a day has passed since the latest ended so; 0: it did not. */
static int64_t rest_after(const struct friend_request *latest, const char *status)
{
	int64_t left;

	if (latest->status == NULL || strcmp(latest->status, status) != 0)
		return 0;
	left = latest->answered_at + DAY_MS - clock_wall_ms();
	return left > 0 ? left : 0;
}

/* A no is heard for a day. */
static const struct error *check_declined(struct arena *arena, const struct friend_request *latest)
{
	int64_t left = rest_after(latest, "declined");

	if (left == 0)
		return NULL;
	return error_retry(arena, FAIL(RECENTLY_DECLINED), (int)((left + 999) / 1000));
}

/* The same request in other words, which ring no bell either. */
static const struct error *reword(struct db *db, struct outcome *outcome, int64_t request_id)
{
	const struct friend_request_draft *draft = outcome->req->input;
	bool changed;

	outcome->request_id = request_id;
	TRY(friend_request_reword(db, request_id, draft->message, draft->remark, &changed));
	outcome->own_list = outcome->other_list = changed;
	return NULL;
}

/* Nothing is open from the other. */
static const struct error *ask_other(struct db *db, struct outcome *outcome)
{
	struct request *req = outcome->req;
	const struct friend_request_draft *draft = req->input;
	struct friend_request latest;

	TRY(friend_request_latest(db, req->arena, req->user_id, draft->user_id, &latest));
	if (is_open(&latest))
		return reword(db, outcome, latest.id);
	TRY(check_welcome(db, draft->user_id));
	TRY(check_declined(req->arena, &latest));
	TRY(friend_request_insert(db, req->user_id, draft, &outcome->request_id));
	outcome->created = outcome->own_list = true;
	/* Withdrawing and asking again is no way to ring somebody's bell. */
	outcome->other_list = rest_after(&latest, "withdrawn") > 0;
	if (outcome->other_list)
		return NULL;
	return notification_add(db, draft->user_id, "friend_request", req->user_id,
	    request_subject(req, outcome->request_id), &outcome->notification);
}

static const struct error *ask(struct db *db, void *context)
{
	struct outcome *outcome = context;
	struct request *req = outcome->req;
	const struct friend_request_draft *draft = req->input;
	int64_t other_id = draft->user_id;
	struct friend_request crossing;
	bool friends, blocked;

	*outcome = (struct outcome){.req = req, .other_id = other_id, .notification = ABSENT};
	TRY(friend_lock_pair(db, req->user_id, other_id, &outcome->conversation));
	TRY(friendship_exists(db, req->user_id, other_id, &friends));
	if (friends)
		return FAIL(ALREADY_FRIENDS);
	TRY(block_between(db, req->user_id, other_id, &blocked));
	if (blocked)
		return FAIL(BLOCKED);
	TRY(friend_request_expire(db, req->user_id, other_id));
	TRY(friend_request_latest(db, req->arena, other_id, req->user_id, &crossing));
	if (is_open(&crossing))
		return accept_crossing(db, outcome, draft, &crossing);
	return ask_other(db, outcome);
}

const struct error *friend_request_create(struct request *req)
{
	const struct friend_request_draft *draft = req->input;
	struct outcome outcome = {.req = req};

	if (draft->user_id == req->user_id)
		return error_field(req->arena, FAIL(INVALID), "user_id");
	TRY(limit_count(req, "friend_requests",
	    arena_printf(req->arena, "%lld", (long long)req->user_id),
	    req->config->limits.friend_requests, HOUR));
	TRY(db_transaction(req->db, true, ask, &outcome));
	announce(req, &outcome);
	return respond_request(req, outcome.created ? 201 : 200, outcome.request_id, "request");
}

static const struct error *answer(struct db *db, void *context)
{
	struct outcome *outcome = context;
	struct request *req = outcome->req;
	const struct friend_request_answer *input = req->input;
	struct friend_request request;

	outcome->own_list = outcome->befriended = false;
	outcome->notification = ABSENT;
	TRY(friend_lock_pair(db, req->user_id, outcome->other_id, &outcome->conversation));
	TRY(friend_request_load(db, req->arena, outcome->request_id, req->user_id, &request));
	if (strcmp(request.status, input->status) == 0)
		return NULL;
	if (strcmp(request.status, "pending") != 0)
		return FAIL(ALREADY_ANSWERED);
	outcome->own_list = true;
	if (strcmp(input->status, "declined") == 0)
		return friend_request_set_status(db, request.id, "declined");
	return befriend(db, outcome, &request, input->remark);
}

const struct error *friend_request_put(struct request *req)
{
	struct outcome outcome = {.req = req, .request_id = path_id(req, "request")};
	struct friend_request request;

	TRY(friend_request_load(req->db, req->arena, outcome.request_id, req->user_id, &request));
	/* Who asked cannot answer for the other. */
	if (request.to_id != req->user_id)
		return FAIL(FORBIDDEN);
	outcome.other_id = request.from_id;
	TRY(db_transaction(req->db, true, answer, &outcome));
	announce(req, &outcome);
	return respond_request(req, 200, outcome.request_id, "request");
}

static const struct field friend_request_query_fields[] = {
    OPTIONAL(struct friend_request_query, before, 1, INT64_MAX),
    OPTIONAL(struct friend_request_query, limit, 1, 100),
    CHOICE(struct friend_request_query, box, FIELD_OPTIONAL, "in out"),
    CHOICE(struct friend_request_query, status, FIELD_OPTIONAL,
	"pending accepted declined withdrawn expired"),
};
const struct record friend_request_query_record =
    RECORD(struct friend_request_query, friend_request_query_fields);

static const struct error *parties_of(
    struct request *req, const struct rows *page, struct rows *cards)
{
	int64_t *ids = arena_array(req->arena, page->count, 2 * sizeof(*ids));

	for (size_t i = 0; i < page->count; i++) {
		const struct friend_request *request = ROW(struct friend_request, page, i);
		ids[2 * i] = request->from_id;
		ids[2 * i + 1] = request->to_id;
	}
	return user_cards(req, ids, 2 * page->count, cards);
}

const struct error *friend_request_list(struct request *req)
{
	const struct friend_request_query *query = req->query;
	size_t limit = query->limit != ABSENT ? (size_t)query->limit : 50;
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	struct rows page, cards;

	json_set(answer, "requests", list);
	TRY(friend_request_page(req, query, (int64_t)limit + 1, &page));
	TRY(parties_of(req, &page, &cards));
	for (size_t i = 0; i < page.count && i < limit; i++)
		json_append(
		    list, request_json(ROW(struct friend_request, &page, i), &cards, req->user_id));
	json_set_bool(answer, "more", page.count > limit);
	return respond(req, 200, answer);
}
