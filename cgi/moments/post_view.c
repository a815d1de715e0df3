/* Posts as one person sees them. */
#include "post_view.h"
#include "audience.h"
#include "post_media.h"
#include "post_view_store.h"
#include "user.h"

#define LIKES_NAMED 20

/* What a list of posts is made of.  All rows descend by post. */
struct view {
	struct request *req;
	const struct rows *posts;
	struct rows media;
	struct rows likes;
	struct rows comment_ids;
	struct rows comments;
	struct rows cards;
	size_t shown;  /* comments of each post */
	size_t medium; /* where the next post's begin */
	size_t like;
	size_t comment_id;
	size_t comment;
};

static struct json_object *card_json(const struct rows *cards, int64_t user_id)
{
	const struct user_card *card = user_cards_find(cards, user_id);

	return card != NULL ? json_record(&user_card_record, card) : NULL;
}

static struct json_object *comment_json(const struct comment *comment, const struct rows *cards)
{
	struct json_object *object = json_record(&comment_record, comment);

	json_set(object, "author", card_json(cards, comment->author_id));
	json_set(object, "reply_user",
	    comment->reply_user_id != ABSENT ? card_json(cards, comment->reply_user_id) : NULL);
	return object;
}

/* The newest of each post; they come newest first. */
static const struct error *load_comments(struct view *view)
{
	const struct rows *ids = &view->comment_ids;
	int64_t *wanted = arena_array(view->req->arena, ids->count, sizeof(*wanted));
	size_t count = 0, of_post = 0;

	for (size_t i = 0; i < ids->count; i++) {
		const struct said *one = ROW(struct said, ids, i);
		bool same = i > 0 && ROW(struct said, ids, i - 1)->moment_id == one->moment_id;

		of_post = same ? of_post + 1 : 1;
		if (of_post <= view->shown)
			wanted[count++] = one->id;
	}
	return post_view_comments(view->req, (struct id_list){wanted, count}, &view->comments);
}

static const struct error *load_cards(struct view *view)
{
	size_t most = view->posts->count + view->likes.count + 2 * view->comments.count, count = 0;
	int64_t *ids = arena_array(view->req->arena, most, sizeof(*ids));

	for (size_t i = 0; i < view->posts->count; i++)
		ids[count++] = ROW(struct post, view->posts, i)->author_id;
	for (size_t i = 0, of_post = 0; i < view->likes.count; i++) {
		const struct said *like = ROW(struct said, &view->likes, i);
		bool same =
		    i > 0 && ROW(struct said, &view->likes, i - 1)->moment_id == like->moment_id;

		of_post = same ? of_post + 1 : 1;
		if (of_post <= LIKES_NAMED)
			ids[count++] = like->id;
	}
	for (size_t i = 0; i < view->comments.count; i++) {
		const struct comment *comment = ROW(struct comment, &view->comments, i);

		ids[count++] = comment->author_id;
		if (comment->reply_user_id != ABSENT)
			ids[count++] = comment->reply_user_id;
	}
	return user_cards(view->req, ids, count, &view->cards);
}

static struct json_object *media_json(struct view *view, const struct post *post)
{
	struct json_object *list = json_child_list();

	for (; view->medium < view->media.count; view->medium++) {
		const struct post_media *one = ROW(struct post_media, &view->media, view->medium);

		if (one->moment_id != post->id)
			break;
		json_append(list, json_record(&post_media_record, one));
	}
	return list;
}

static void show_likes(struct view *view, const struct post *post, struct json_object *object)
{
	struct json_object *named = json_child_list();
	int64_t count = 0;
	bool liked = false;

	json_set(object, "likes", named);
	for (; view->like < view->likes.count; view->like++, count++) {
		const struct said *like = ROW(struct said, &view->likes, view->like);

		if (like->moment_id != post->id)
			break;
		liked = liked || like->id == view->req->user_id;
		if (count < LIKES_NAMED && user_cards_find(&view->cards, like->id) != NULL)
			json_append(named, card_json(&view->cards, like->id));
	}
	json_set_int(object, "like_count", count);
	json_set_bool(object, "liked", liked);
}

static void show_comments(struct view *view, const struct post *post, struct json_object *object)
{
	struct json_object *list = json_child_list();
	int64_t count = 0;

	json_set(object, "comments", list);
	for (; view->comment_id < view->comment_ids.count; view->comment_id++, count++) {
		if (ROW(struct said, &view->comment_ids, view->comment_id)->moment_id != post->id)
			break;
	}
	for (; view->comment < view->comments.count; view->comment++) {
		const struct comment *one = ROW(struct comment, &view->comments, view->comment);

		if (one->moment_id != post->id)
			break;
		json_append(list, comment_json(one, &view->cards));
	}
	json_set_int(object, "comment_count", count);
}

/* Whom a post is for is nobody's business but its author's. */
static struct json_object *post_json(struct view *view, const struct post *post)
{
	struct json_object *object = json_record(&post_record, post);

	json_set(object, "author", card_json(&view->cards, post->author_id));
	json_set(object, "media", media_json(view, post));
	json_set_text(
	    object, "audience", post->author_id == view->req->user_id ? post->audience : NULL);
	show_likes(view, post, object);
	show_comments(view, post, object);
	return object;
}

const struct error *post_view(
    struct request *req, const struct rows *posts, size_t comments, struct json_object **list)
{
	struct view view = {.req = req, .posts = posts, .shown = comments};
	int64_t *ids = arena_array(req->arena, posts->count, sizeof(*ids));

	for (size_t i = 0; i < posts->count; i++)
		ids[i] = ROW(struct post, posts, i)->id;
	TRY(post_media_load(req, (struct id_list){ids, posts->count}, &view.media));
	TRY(post_view_said(
	    req, (struct id_list){ids, posts->count}, &view.likes, &view.comment_ids));
	TRY(load_comments(&view));
	TRY(load_cards(&view));
	*list = json_child_list();
	for (size_t i = 0; i < posts->count; i++)
		json_append(*list, post_json(&view, ROW(struct post, posts, i)));
	return NULL;
}

static const struct error *show_audience(
    struct request *req, const struct post *post, struct json_object *object)
{
	struct json_object *users = json_child_list();
	struct id_list listed;
	const char **texts;
	struct rows tags;

	json_set(object, "user_ids", users);
	TRY(audience_lists(req, post, &listed, &tags));
	for (size_t i = 0; i < listed.count; i++)
		json_append_int(users, listed.ids[i]);
	texts = arena_array(req->arena, tags.count, sizeof(*texts));
	for (size_t i = 0; i < tags.count; i++)
		texts[i] = ROW(struct audience_tag, &tags, i)->tag;
	json_set_raw(object, "tags",
	    (struct json_text){
		json_texts(req->arena, &(const struct text_list){texts, tags.count})});
	return NULL;
}

const struct error *post_view_one(
    struct request *req, const struct post *post, struct json_object **object)
{
	struct post copy = *post;
	const struct rows posts = {&post_record, &copy, 1};
	struct json_object *list, *one;

	TRY(post_view(req, &posts, POST_VIEW_ALONE, &list));
	one = json_at(json_own(req->arena, list), 0);
	if (post->author_id == req->user_id)
		TRY(show_audience(req, post, one));
	*object = json_share(one);
	return NULL;
}

const struct error *comment_view(
    struct request *req, const struct rows *comments, struct json_object **list)
{
	int64_t *ids = arena_array(req->arena, 2 * comments->count, sizeof(*ids));
	size_t count = 0;
	struct rows cards;

	for (size_t i = 0; i < comments->count; i++) {
		const struct comment *comment = ROW(struct comment, comments, i);

		ids[count++] = comment->author_id;
		if (comment->reply_user_id != ABSENT)
			ids[count++] = comment->reply_user_id;
	}
	TRY(user_cards(req, ids, count, &cards));
	*list = json_child_list();
	for (size_t i = 0; i < comments->count; i++)
		json_append(*list, comment_json(ROW(struct comment, comments, i), &cards));
	return NULL;
}
