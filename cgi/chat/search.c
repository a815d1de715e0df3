/* The handler of searching messages.  How they are found is in search_walk.c. */
#include "search.h"
#include "limit.h"
#include "message_view.h"
#include "respond.h"
#include "search_index.h"
#include "search_walk.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define QUERY_MAX 64	   /* code points, normalised */
#define QUERY_SENT_MAX 256 /* as they were sent */
#define CURSOR_MAX 60
#define LIMIT_MAX 100
#define LIMIT_USUAL 50
#define WINDOW 60 /* s */
#define INDEXING_MS 50

static const struct field search_query_fields[] = {
    REQUIRED(struct search_query, query, 1, QUERY_SENT_MAX),
    OPTIONAL(struct search_query, conversation, 1, INT64_MAX),
    OPTIONAL(struct search_query, before, 1, CURSOR_MAX),
    OPTIONAL(struct search_query, limit, 1, LIMIT_MAX),
};
const struct record search_query_record = RECORD(struct search_query, search_query_fields);

static const struct error *refuse(struct request *req, const char *field)
{
	return error_field(req->arena, FAIL(INVALID), field);
}

static const struct error *read_wanted(struct request *req, struct search_text *wanted)
{
	const struct search_query *query = req->query;

	*wanted = search_text_read(req->arena, query->query);
	if (wanted->count == 0 || wanted->length > QUERY_MAX)
		return refuse(req, "query");
	return NULL;
}

/* A time, or the place of a message: "<created_at>.<conversation>.<seq>". */
static const struct error *read_place(struct request *req, struct search_place *place)
{
	const struct search_query *query = req->query;
	int whole = 0, time_only = 0;

	*place = (struct search_place){INT64_MAX, 0, 0};
	if (query->before == NULL)
		return NULL;
	if (query->before[strspn(query->before, "0123456789.")] != '\0')
		return refuse(req, "before");
	*place = (struct search_place){0, 0, 0};
	(void)sscanf(query->before, "%16" SCNd64 "%n.%16" SCNd64 ".%16" SCNd64 "%n", &place->time,
	    &time_only, &place->conversation_id, &place->seq, &whole);
	if (query->before[whole > 0 ? whole : time_only] != '\0' || time_only == 0)
		return refuse(req, "before");
	return NULL;
}

/* Usually nothing is left to do, because whoever sent it has done it.  What is too much for now is
 * left for the next search: *complete tells. */
static const struct error *complete_index(
    struct request *req, const struct rows *mine, bool *complete)
{
	struct rows gaps = {
	    &search_gap_record, arena_array(req->arena, mine->count, sizeof(struct search_gap)), 0};

	for (size_t i = 0; i < mine->count; i++) {
		const struct search_conversation *one = ROW(struct search_conversation, mine, i);

		if (one->indexed < one->last_seq)
			*ROW(struct search_gap, &gaps, gaps.count++) =
			    (struct search_gap){one->conversation_id, one->indexed, one->last_seq};
	}
	TRY(search_index_fill(req->db, req->arena, &gaps, INDEXING_MS));
	*complete = gaps.count == 0;
	return NULL;
}

static const struct error *respond_found(
    struct request *req, struct search_found *found, bool complete)
{
	struct json_object *answer = json_new(req->arena), *results = json_child_list();

	json_set(answer, "results", results);
	TRY(message_view_rows(req, &found->messages));
	for (size_t i = 0; i < found->messages.count; i++) {
		const struct message *message = ROW(struct message, &found->messages, i);
		struct json_object *result = json_child();

		json_append(results, result);
		json_set_int(result, "conversation_id", message->conversation_id);
		json_set(result, "message", json_record(&message_record, message));
	}
	json_set_bool(answer, "more", found->more);
	json_set_text(answer, "next",
	    !found->more ? NULL
			 : arena_printf(req->arena, "%" PRId64 ".%" PRId64 ".%" PRId64,
			       found->end.time, found->end.conversation_id, found->end.seq));
	json_set_bool(answer, "complete", complete);
	return respond(req, 200, answer);
}

const struct error *search_show(struct request *req)
{
	const struct search_query *query = req->query;
	const char *user = arena_printf(req->arena, "%" PRId64, req->user_id);
	struct search_wish wish = {
	    .limit = query->limit != ABSENT ? (size_t)query->limit : LIMIT_USUAL};
	struct search_found found;
	struct rows mine;
	bool complete;

	TRY(read_wanted(req, &wish.text));
	TRY(read_place(req, &wish.before));
	TRY(limit_count(req, "searches", user, req->config->limits.searches, WINDOW));
	TRY(search_conversations(req, query->conversation, &mine));
	if (query->conversation != ABSENT && mine.count == 0)
		return FAIL(NOT_MEMBER);
	TRY(complete_index(req, &mine, &complete));
	TRY(search_walk(req, &wish, &mine, &found));
	return respond_found(req, &found, complete);
}
