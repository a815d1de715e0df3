/* The SQL of reading messages: ranges of the clustered key, whatever the table's size. */
#include "message_store.h"
#include "message_view.h"

static const char SQL_FLOOR[] = "SELECT GREATEST(join_seq, cleared_seq) FROM member"
				" WHERE conversation_id = ? AND user_id = ?";

static const struct field reader_fields[] = {
    OUTPUT(struct message_reader, floor),
    OUTPUT(struct message_reader, role),
};
static const struct record reader_record = RECORD(struct message_reader, reader_fields);

static const char SQL_READER[] = "SELECT GREATEST(join_seq, cleared_seq) AS floor, role FROM member"
				 " WHERE conversation_id = ? AND user_id = ?";

static const char SQL_STORED[] =
    "SELECT 1 FROM message WHERE conversation_id = ? AND sender_id = ? AND client_key = ?";

/* The reader's floor in the same statement, so that nobody is removed between the two.  It is one
 * row by the primary key, so the server knows it before it plans the range of messages. */
#define PAGE                                                                               \
	"SELECT " MESSAGE_COLUMNS ", " MESSAGE_HIDDEN " FROM member STRAIGHT_JOIN message" \
	" ON message.conversation_id = member.conversation_id"                             \
	" AND message.seq > GREATEST(member.join_seq, member.cleared_seq)"                 \
	" AND message.seq > ? AND message.seq < ?" MESSAGE_HIDDEN_FROM(                    \
	    "?") " WHERE member.conversation_id = ? AND member.user_id = ?"

static const char SQL_UP[] = PAGE " ORDER BY message.seq LIMIT ?";
static const char SQL_DOWN[] = PAGE " ORDER BY message.seq DESC LIMIT ?";

/* The latest of each kind that is wanted by its own index, however little of it there is among how
 * much else, and of these the latest.  A kind of no name is not wanted.  Recalled messages carry
 * nothing any more. */
#define OF_KIND(order)                                                       \
	"(SELECT media_use.seq FROM member"                                  \
	" STRAIGHT_JOIN media_use FORCE INDEX (kind)"                        \
	" ON media_use.conversation_id = member.conversation_id"             \
	" AND media_use.kind = ?"                                            \
	" AND media_use.seq > GREATEST(member.join_seq, member.cleared_seq)" \
	" AND media_use.seq > ? AND media_use.seq < ?"                       \
	" LEFT JOIN hidden_message"                                          \
	" ON hidden_message.conversation_id = media_use.conversation_id"     \
	" AND hidden_message.user_id = member.user_id"                       \
	" AND hidden_message.seq = media_use.seq"                            \
	" WHERE member.conversation_id = ? AND member.user_id = ?"           \
	" AND hidden_message.seq IS NULL ORDER BY media_use.seq" order " LIMIT ?)"

#define OF_KIND_PARAMS(kind) \
	P(kind), P(span.above), P(span.below), P(conversation), P(req->user_id), P(span.most)

#define AND_KIND(order) " UNION ALL " OF_KIND(order)
#define LISTED_MESSAGES                                                \
	" LIMIT ?) listed STRAIGHT_JOIN message FORCE INDEX (PRIMARY)" \
	" ON message.conversation_id = ? AND message.seq = listed.seq" \
	" ORDER BY message.seq"
#define OF_KINDS(order)                                                                 \
	"SELECT " MESSAGE_COLUMNS ", 0 AS hidden FROM (" OF_KIND(order) AND_KIND(order) \
	    AND_KIND(order) AND_KIND(order) " ORDER BY seq" order LISTED_MESSAGES order

static const char SQL_OF_KINDS_UP[] = OF_KINDS("");
static const char SQL_OF_KINDS_DOWN[] = OF_KINDS(" DESC");

static const char SQL_SOME[] =
    "SELECT " MESSAGE_COLUMNS " FROM (SELECT DISTINCT seq FROM JSON_TABLE(?, '$[*]'"
    " COLUMNS (seq BIGINT PATH '$')) list) wanted"
    " STRAIGHT_JOIN message FORCE INDEX (PRIMARY)"
    " ON message.conversation_id = ? AND message.seq = wanted.seq" MESSAGE_HIDDEN_FROM(
	"?") " WHERE message.seq > ? AND message.recalled_at IS NULL AND hidden_message.seq IS NULL"
	     " ORDER BY message.seq";

const struct error *message_floor(struct request *req, int64_t conversation, int64_t *floor)
{
	TRY(db_int(req->db, floor, SQL_FLOOR, PARAMS(P(conversation), P(req->user_id))));
	return *floor == ABSENT ? FAIL(NOT_MEMBER) : NULL;
}

const struct error *message_reader(
    struct request *req, int64_t conversation, struct message_reader *reader)
{
	const struct error *error = db_one(req->db, req->arena, &reader_record, reader, SQL_READER,
	    PARAMS(P(conversation), P(req->user_id)));

	return error_is(error, FAIL(NOT_FOUND)) ? FAIL(NOT_MEMBER) : error;
}

const struct error *message_stored(
    struct request *req, int64_t conversation, const char *client_key, bool *stored)
{
	return db_exists(
	    req->db, stored, SQL_STORED, PARAMS(P(conversation), P(req->user_id), P(client_key)));
}

static void reverse(struct rows *page)
{
	for (size_t low = 0, high = page->count; low + 1 < high; low++, high--) {
		struct message *one = ROW(struct message, page, low);
		struct message *other = ROW(struct message, page, high - 1);
		struct message kept = *one;

		*one = *other;
		*other = kept;
	}
}

/* Where a page lies, and how much is asked for: one row more than it has. */
struct span {
	bool up;
	int64_t above;
	int64_t below;
	int64_t most;
};

static struct span span_of(const struct page_query *query)
{
	bool up = query->after != ABSENT;

	return (struct span){up, up ? query->after : 0,
	    query->before != ABSENT ? query->before : INT64_MAX, page_limit(query) + 1};
}

static const struct error *finish_page(struct request *req, int64_t conversation,
    const struct span *span, struct rows *page, bool *more)
{
	int64_t floor;

	/* Nothing to be read, or nobody who may. */
	if (page->count == 0)
		TRY(message_floor(req, conversation, &floor));
	*more = page->count == (size_t)span->most;
	if (*more)
		page->count--;
	if (!span->up)
		reverse(page);
	return message_view_rows(req, page);
}

const struct error *message_page(struct request *req, int64_t conversation,
    const struct page_query *query, struct rows *page, bool *more)
{
	struct span span = span_of(query);

	TRY(db_rows(req->db, req->arena, &message_record, page, span.up ? SQL_UP : SQL_DOWN,
	    PARAMS(P(span.above), P(span.below), P(req->user_id), P(conversation), P(req->user_id),
		P(span.most))));
	return finish_page(req, conversation, &span, page, more);
}

const struct error *message_page_of_kinds(struct request *req, int64_t conversation,
    const char *const kinds[CARRIED_KINDS], const struct page_query *query, struct rows *page,
    bool *more)
{
	struct span span = span_of(query);

	TRY(db_rows(req->db, req->arena, &message_record, page,
	    span.up ? SQL_OF_KINDS_UP : SQL_OF_KINDS_DOWN,
	    PARAMS(OF_KIND_PARAMS(kinds[0]), OF_KIND_PARAMS(kinds[1]), OF_KIND_PARAMS(kinds[2]),
		OF_KIND_PARAMS(kinds[3]), P(span.most), P(conversation))));
	return finish_page(req, conversation, &span, page, more);
}

static size_t count_distinct(struct id_list seqs)
{
	size_t count = 0;

	for (size_t i = 0; i < seqs.count; i++) {
		size_t before = 0;

		while (before < i && seqs.ids[before] != seqs.ids[i])
			before++;
		count += before == i;
	}
	return count;
}

const struct error *message_some(struct request *req, int64_t conversation, int64_t floor,
    struct id_list seqs, struct rows *messages)
{
	TRY(db_rows(req->db, req->arena, &message_record, messages, SQL_SOME,
	    PARAMS(P(json_ids(req->arena, seqs.ids, seqs.count)), P(conversation), P(req->user_id),
		P(floor))));
	if (messages->count != count_distinct(seqs))
		return error_field(req->arena, FAIL(NOT_FOUND), "seqs");
	return NULL;
}
