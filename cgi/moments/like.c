/* Handlers of likes. */
#include "like.h"
#include "like_store.h"
#include "moment_limit.h"
#include "notice.h"
#include "post_entry.h"
#include "post_view.h"
#include "respond.h"
#include "user.h"

struct liking {
	struct request *req;
	int64_t post_id;
	int64_t notice; /* ABSENT: nobody is told */
};

static const struct error *add(struct db *db, void *context)
{
	struct liking *liking = context;
	int64_t user_id = liking->req->user_id, author_id;
	bool added;

	liking->notice = ABSENT;
	TRY(post_entry(db, user_id, liking->post_id, ABSENT, &author_id));
	TRY(like_add(db, liking->post_id, user_id, &added));
	if (!added || author_id == user_id)
		return NULL;
	return notice_add_like(db, author_id, liking->post_id, user_id, &liking->notice);
}

static const struct error *take_back(struct db *db, void *context)
{
	struct liking *liking = context;
	int64_t author_id;

	TRY(post_entry(db, liking->req->user_id, liking->post_id, ABSENT, &author_id));
	return like_remove(db, liking->post_id, liking->req->user_id);
}

const struct error *like_put(struct request *req)
{
	struct liking liking = {req, path_id(req, "post"), ABSENT};
	struct json_object *answer = json_new(req->arena), *object;
	struct post post;

	TRY(moment_limit_interaction(req));
	TRY(db_transaction(req->db, true, add, &liking));
	notice_deliver(req, liking.notice);
	TRY(post_load(req, liking.post_id, &post));
	TRY(post_view_one(req, &post, &object));
	json_set(answer, "post", object);
	return respond(req, 200, answer);
}

const struct error *like_delete(struct request *req)
{
	struct liking liking = {req, path_id(req, "post"), ABSENT};

	TRY(moment_limit_interaction(req));
	TRY(db_transaction(req->db, true, take_back, &liking));
	return respond_empty(req);
}

const struct error *like_list(struct request *req)
{
	const struct page_query *query = req->query;
	size_t limit = (size_t)page_limit(query);
	int64_t after = query->after != ABSENT ? query->after : 0;
	struct json_object *answer = json_new(req->arena);
	struct id_list users;
	struct rows cards;
	struct post post;
	bool more;

	TRY(post_load(req, path_id(req, "post"), &post));
	TRY(like_page(req, post.id, after, (int64_t)limit + 1, &users));
	more = users.count > limit;
	TRY(user_cards(req, users.ids, more ? limit : users.count, &cards));
	json_set(answer, "likes", json_list(&cards));
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}
