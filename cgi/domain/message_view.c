/* What of a message differs from viewer to viewer. */
#include "message_view.h"
#include <string.h>

/* A reaction that more people share than are named. */
struct question {
	int64_t conversation_id;
	int64_t seq;
	const char *emoji;
	int64_t user_id;
	struct json_object *reaction;
};

static const struct field question_fields[] = {
    OUTPUT(struct question, conversation_id),
    OUTPUT(struct question, seq),
    OUTPUT(struct question, emoji),
    OUTPUT(struct question, user_id),
};
static const struct record question_record = RECORD(struct question, question_fields);

static const char SQL_MINE[] =
    "SELECT wanted.item FROM JSON_TABLE(?, '$[*]' COLUMNS (item FOR ORDINALITY,"
    " conversation_id BIGINT PATH '$.conversation_id', seq BIGINT PATH '$.seq',"
    " emoji VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$.emoji',"
    " user_id BIGINT PATH '$.user_id')) wanted"
    " STRAIGHT_JOIN reaction FORCE INDEX (PRIMARY)"
    " ON reaction.conversation_id = wanted.conversation_id AND reaction.seq = wanted.seq"
    " AND reaction.emoji = wanted.emoji AND reaction.user_id = wanted.user_id";

/* What is to be told of one list of messages. */
struct view {
	struct arena *arena;
	struct json_object **reactions; /* of each message; NULL: none */
	struct question *questions;
	size_t count;
	size_t capacity;
};

static void ask(struct view *view, const struct question *question)
{
	if (view->count == view->capacity) {
		size_t capacity = 2 * view->capacity + 8;
		struct question *more = arena_array(view->arena, capacity, sizeof(*more));

		if (view->count > 0)
			memcpy(more, view->questions, view->count * sizeof(*more));
		view->questions = more;
		view->capacity = capacity;
	}
	view->questions[view->count++] = *question;
}

static bool has(struct json_object *ids, int64_t id)
{
	for (size_t i = 0; i < json_count(ids); i++) {
		if (json_int_at(ids, i) == id)
			return true;
	}
	return false;
}

static const struct error *view_reactions(
    struct view *view, const struct viewed *viewed, struct json_object **reactions)
{
	const struct message *message = viewed->message;

	TRY(json_read(
	    view->arena, message->reactions.text, strlen(message->reactions.text), reactions));
	for (size_t i = 0; i < json_count(*reactions); i++) {
		struct json_object *reaction = json_at(*reactions, i);
		struct json_object *named = json_get(reaction, "user_ids");
		bool mine = has(named, viewed->viewer_id);

		json_set_bool(reaction, "mine", mine);
		if (!mine && json_get_int(reaction, "count") > (int64_t)json_count(named))
			ask(view,
			    &(struct question){message->conversation_id, message->seq,
				json_get_text(reaction, "emoji"), viewed->viewer_id, reaction});
	}
	return NULL;
}

static const struct error *answer_questions(struct db *db, struct view *view)
{
	const struct rows questions = {&question_record, view->questions, view->count};
	struct id_list found;

	if (view->count == 0)
		return NULL;
	TRY(db_ids(db, view->arena, &found, SQL_MINE,
	    PARAMS(P(json_write(json_own(view->arena, json_list(&questions)))))));
	for (size_t i = 0; i < found.count; i++)
		json_set_bool(view->questions[found.ids[i] - 1].reaction, "mine", true);
	return NULL;
}

/* Nothing of the text stays: neither in the message nor in the row of an edit of it. */
static const struct error *hide(struct arena *arena, struct message *message)
{
	struct json_object *edit, *body = json_new(arena);

	message->reactions.text = "[]";
	message->mentions.text = "[]";
	if (strcmp(message->kind, STREAM_EDIT) != 0) {
		message->body.text = NULL;
		return NULL;
	}
	TRY(json_read(arena, message->body.text, strlen(message->body.text), &edit));
	json_set_int(body, "target", json_get_int(edit, "target"));
	message->body.text = json_write(body);
	message->hidden = false;
	return NULL;
}

const struct error *message_view(
    struct db *db, struct arena *arena, const struct viewed *list, size_t count)
{
	struct view view = {
	    .arena = arena, .reactions = arena_array(arena, count, sizeof(struct json_object *))};

	for (size_t i = 0; i < count; i++) {
		struct message *message = list[i].message;

		if (message->hidden)
			TRY(hide(arena, message));
		if (strcmp(message->reactions.text, "[]") != 0)
			TRY(view_reactions(&view, &list[i], &view.reactions[i]));
	}
	TRY(answer_questions(db, &view));
	for (size_t i = 0; i < count; i++) {
		if (view.reactions[i] != NULL)
			list[i].message->reactions.text = json_write(view.reactions[i]);
	}
	return NULL;
}

const struct error *message_view_rows(struct request *req, struct rows *messages)
{
	struct viewed *list = arena_array(req->arena, messages->count, sizeof(*list));

	for (size_t i = 0; i < messages->count; i++)
		list[i] = (struct viewed){ROW(struct message, messages, i), req->user_id};
	return message_view(req->db, req->arena, list, messages->count);
}
