/* Handlers of lists of posts. */
#include "timeline.h"
#include "cover.h"
#include "deliver.h"
#include "moment_feed.h"
#include "post_view.h"
#include "respond.h"
#include "timeline_store.h"
#include "user.h"

#define LIMIT_MAX 100
#define LIMIT_USUAL 20

static const struct field timeline_query_fields[] = {
    OPTIONAL(struct timeline_query, before, 0, INT64_MAX),
    OPTIONAL(struct timeline_query, limit, 1, LIMIT_MAX),
};
const struct record timeline_query_record = RECORD(struct timeline_query, timeline_query_fields);

static const struct field timeline_mark_fields[] = {
    REQUIRED(struct timeline_mark, up_to, 0, INT64_C(1) << 53),
};
const struct record timeline_mark_record = RECORD(struct timeline_mark, timeline_mark_fields);

static int64_t limit_of(const struct timeline_query *query)
{
	return query->limit != ABSENT ? query->limit : LIMIT_USUAL;
}

static int64_t edge_of(const struct timeline_query *query)
{
	return query->before != ABSENT ? query->before : INT64_MAX;
}

static const struct error *respond_posts(struct request *req, int64_t author_id, struct rows *posts)
{
	size_t limit = (size_t)limit_of(req->query);
	struct json_object *answer = json_new(req->arena), *list, *cover;
	bool more = posts->count > limit;

	if (more)
		posts->count = limit;
	TRY(post_view(req, posts, POST_VIEW_LISTED, &list));
	json_set(answer, "posts", list);
	TRY(cover_view(req, author_id, &cover));
	json_set(answer, "cover", cover);
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}

const struct error *timeline_feed(struct request *req)
{
	struct rows posts;

	TRY(post_feed(req, edge_of(req->query), limit_of(req->query) + 1, &posts));
	return respond_posts(req, req->user_id, &posts);
}

/* A stranger's is empty, and so is that of somebody who hides it. */
const struct error *timeline_album(struct request *req)
{
	int64_t author_id = path_id(req, "user");
	struct user_card card;
	struct rows posts;

	TRY(user_card(req, author_id, &card));
	TRY(post_album(req, author_id, edge_of(req->query), limit_of(req->query) + 1, &posts));
	return respond_posts(req, author_id, &posts);
}

/* Other devices of the same person take the dot away too. */
static void deliver_seen(struct request *req, bool fresh)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_MOMENT);
	json_set_bool(event, "new", fresh);
	deliver_to(req, &req->user_id, 1, event);
}

const struct error *timeline_seen(struct request *req)
{
	const struct timeline_mark *mark = req->input;
	struct json_object *answer = json_new(req->arena);
	bool fresh;

	TRY(timeline_see(req->db, req->user_id, mark->up_to));
	TRY(moment_feed_fresh(req->db, req->user_id, &fresh));
	deliver_seen(req, fresh);
	json_set_bool(answer, "new", fresh);
	return respond(req, 200, answer);
}
