/* Handlers of comments. */
#include "comment.h"
#include "clock.h"
#include "moment_limit.h"
#include "moment_rule.h"
#include "notice.h"
#include "post_entry.h"
#include "post_view.h"
#include "respond.h"
#include "shown_text.h"
#include <string.h>

#define TEXT_MAX 1000

static const struct field comment_draft_fields[] = {
    OPTIONAL(struct comment_draft, client_key, 1, 64),
    REQUIRED(struct comment_draft, text, 1, TEXT_MAX),
    OPTIONAL(struct comment_draft, reply_to, 1, INT64_C(1) << 53),
};
const struct record comment_draft_record = RECORD(struct comment_draft, comment_draft_fields);

struct commenting {
	struct request *req;
	const struct comment_draft *draft;
	struct comment comment;
	bool repeated;
	int64_t notices[2]; /* ABSENT: nobody is told */
};

/* What is not heard cannot be answered. */
static const struct error *find_answered(struct db *db, struct commenting *commenting)
{
	struct comment *comment = &commenting->comment;

	comment->reply_user_id = ABSENT;
	if (comment->reply_to == ABSENT)
		return NULL;
	TRY(comment_author(db, comment->moment_id, comment->reply_to, &comment->reply_user_id));
	return comment->reply_user_id != ABSENT
		   ? NULL
		   : error_field(commenting->req->arena, FAIL(NOT_FOUND), "reply_to");
}

static const struct error *check_answered(struct db *db, struct commenting *commenting)
{
	bool heard;

	if (commenting->comment.reply_to == ABSENT)
		return NULL;
	TRY(moment_comment_heard(
	    db, commenting->req->user_id, commenting->comment.reply_to, &heard));
	return heard ? NULL : error_field(commenting->req->arena, FAIL(NOT_FOUND), "reply_to");
}

static const struct error *find_repeated(struct db *db, struct commenting *commenting)
{
	struct request *req = commenting->req;
	const struct comment *wanted = &commenting->comment;
	const struct error *error;
	struct comment stored;

	commenting->repeated = false;
	if (commenting->draft->client_key == NULL)
		return NULL;
	error =
	    comment_find_key(db, req->arena, req->user_id, commenting->draft->client_key, &stored);
	if (error != NULL)
		return error_is(error, FAIL(NOT_FOUND)) ? NULL : error;
	if (stored.moment_id != wanted->moment_id || stored.reply_to != wanted->reply_to ||
	    strcmp(stored.text, wanted->text) != 0)
		return error_field(req->arena, FAIL(CONFLICT), "client_key");
	commenting->comment = stored;
	commenting->repeated = true;
	return NULL;
}

static const struct error *store(struct db *db, void *context)
{
	struct commenting *commenting = context;
	struct comment *comment = &commenting->comment;
	int64_t owner_id;

	commenting->notices[0] = commenting->notices[1] = ABSENT;
	TRY(find_answered(db, commenting));
	TRY(post_entry(
	    db, comment->author_id, comment->moment_id, comment->reply_user_id, &owner_id));
	TRY(find_repeated(db, commenting));
	if (commenting->repeated)
		return NULL;
	TRY(check_answered(db, commenting));
	comment->created_at = clock_wall_ms();
	TRY(comment_insert(db, comment, commenting->draft->client_key));
	return notice_add_comment(db, owner_id, comment, commenting->notices);
}

static const struct error *respond_comment(
    struct request *req, int status, const struct comment *comment)
{
	struct json_object *answer = json_new(req->arena), *list;
	struct comment copy = *comment;

	TRY(comment_view(req, &(const struct rows){&comment_record, &copy, 1}, &list));
	json_set(answer, "comment", json_share(json_at(json_own(req->arena, list), 0)));
	return respond(req, status, answer);
}

const struct error *comment_create(struct request *req)
{
	const struct comment_draft *draft = req->input;
	struct commenting commenting = {
	    .req = req,
	    .draft = draft,
	    .comment = {.moment_id = path_id(req, "post"),
		.author_id = req->user_id,
		.reply_to = draft->reply_to,
		.text = draft->text},
	};

	if (!shown_text_visible(draft->text))
		return error_field(req->arena, FAIL(INVALID), "text");
	TRY(moment_limit_interaction(req));
	TRY(post_entry_once(req->db, draft->client_key, store, &commenting));
	for (size_t i = 0; i < 2; i++)
		notice_deliver(req, commenting.notices[i]);
	return respond_comment(req, commenting.repeated ? 200 : 201, &commenting.comment);
}

const struct error *comment_list(struct request *req)
{
	const struct page_query *query = req->query;
	size_t limit = (size_t)page_limit(query);
	struct json_object *answer = json_new(req->arena), *list;
	struct rows comments;
	struct post post;
	bool more;

	TRY(post_load(req, path_id(req, "post"), &post));
	TRY(comment_page(req, post.id, query, (int64_t)limit + 1, &comments));
	more = comments.count > limit;
	/* The row too many is at the far end: the first when reading downwards. */
	if (more && query->after == ABSENT)
		comments.items = ROW(struct comment, &comments, 1);
	if (more)
		comments.count = limit;
	TRY(comment_view(req, &comments, &list));
	json_set(answer, "comments", list);
	json_set_bool(answer, "more", more);
	return respond(req, 200, answer);
}

struct removal {
	struct request *req;
	int64_t comment_id;
};

/* Its author, or the owner of the post; for others it is as much there as they hear it. */
static const struct error *take_away(struct db *db, void *context)
{
	struct removal *removal = context;
	struct request *req = removal->req;
	struct comment comment;
	int64_t owner_id;
	bool heard;

	TRY(comment_find(db, req->arena, removal->comment_id, &comment));
	TRY(post_entry(db, req->user_id, comment.moment_id, ABSENT, &owner_id));
	if (comment.author_id == req->user_id || owner_id == req->user_id)
		return comment_remove(db, &comment);
	TRY(moment_comment_heard(db, req->user_id, comment.id, &heard));
	return heard ? FAIL(FORBIDDEN) : FAIL(NOT_FOUND);
}

const struct error *comment_delete(struct request *req)
{
	struct removal removal = {req, path_id(req, "comment")};

	TRY(moment_limit_interaction(req));
	TRY(db_transaction(req->db, false, take_away, &removal));
	return respond_empty(req);
}
