/* Everything is found by the primary keys, which begin with the conversation.
 *
 * Measured on MariaDB 10.11 with 1,000,000 messages, half of them Chinese, of which somebody with
 * 200 conversations sees 207,000; times as multiples of reading the filters (7 ms), for a common, a
 * middling and a rare term:
 *
 *   one row a term and message, key (conversation, term, seq)   0.6   0.3   0.3
 *   FULLTEXT over the terms as words                            196   3.8   0.1
 *   reading the messages                                         29    21    37
 *
 * Of a common person, who sees 8,000 of them, filters and terms take the same 1.5 ms.  But the
 * terms take 33 times the room (12 times the messages themselves) and 100 times as long to store,
 * FULLTEXT 8 and 90 times, and neither can forget what was recalled without being asked for every
 * term. */
#include "search_store.h"
#include "search_index.h"
#include <stdlib.h>

static const struct field conversation_fields[] = {
    OUTPUT(struct search_conversation, conversation_id),
    OUTPUT(struct search_conversation, floor),
    OUTPUT(struct search_conversation, last_seq),
    OUTPUT(struct search_conversation, indexed),
    OUTPUT(struct search_conversation, updated_at),
};
static const struct record conversation_record =
    RECORD(struct search_conversation, conversation_fields);

static const struct field range_fields[] = {
    OUTPUT(struct search_range, conversation_id),
    OUTPUT(struct search_range, low),
    OUTPUT(struct search_range, high),
};
const struct record search_range_record = RECORD(struct search_range, range_fields);

static const struct field candidate_fields[] = {
    OUTPUT(struct search_candidate, conversation_id),
    OUTPUT(struct search_candidate, block),
    OUTPUT(struct search_candidate, latest),
};
static const struct record candidate_record = RECORD(struct search_candidate, candidate_fields);

#define MINE                                                                                     \
	"SELECT member.conversation_id, GREATEST(member.join_seq, member.cleared_seq) AS floor," \
	" conversation.last_seq, " SEARCH_INDEXED " AS indexed, conversation.updated_at"         \
	" FROM member STRAIGHT_JOIN conversation ON conversation.id = member.conversation_id"    \
	" WHERE member.user_id = ?"                                                              \
	" AND conversation.last_seq > GREATEST(member.join_seq, member.cleared_seq)"

static const char SQL_ALL[] = MINE;
static const char SQL_ONE[] = MINE " AND member.conversation_id = ?";

/* clang-format off */
#define PROBE \
	" AND ASCII(SUBSTRING(search_block.filter, 1 + ? MOD LENGTH(search_block.filter), 1)) & ?"
/* clang-format on */
#define PROBES_4 PROBE PROBE PROBE PROBE

#define CANDIDATES \
	"SELECT search_block.conversation_id, search_block.block, search_block.latest FROM "
#define PASSES " AND search_block.oldest <= ?" PROBES_4 PROBES_4 PROBES_4 PROBES_4

static const char SQL_SIFT_MANY[] = CANDIDATES
    "JSON_TABLE(?, '$[*]' COLUMNS (conversation_id BIGINT PATH '$.conversation_id',"
    " low BIGINT PATH '$.low')) searched STRAIGHT_JOIN search_block FORCE INDEX (PRIMARY)"
    " ON search_block.conversation_id = searched.conversation_id"
    " AND search_block.block >= searched.low" PASSES;

static const char SQL_SIFT_PART[] =
    CANDIDATES "search_block WHERE search_block.conversation_id = ?"
	       " AND search_block.block >= ? AND search_block.block <= ?" PASSES;

/* What the caller may find of what is above the floor. */
#define VISIBLE                                                           \
	" AND message.kind = 'text' AND message.recalled_at IS NULL"      \
	" AND NOT EXISTS (SELECT 1 FROM hidden_message"                   \
	" WHERE hidden_message.conversation_id = message.conversation_id" \
	" AND hidden_message.user_id = ? AND hidden_message.seq = message.seq)"

static const char SQL_PAGE[] =
    "SELECT " MESSAGE_COLUMNS " FROM message"
    " WHERE message.conversation_id = ? AND message.seq > ? AND message.seq < ?" VISIBLE;

static int latest_first(const void *left, const void *right)
{
	const struct search_conversation *one = left, *other = right;

	return (one->updated_at < other->updated_at) - (one->updated_at > other->updated_at);
}

const struct error *search_conversations(
    struct request *req, int64_t conversation, struct rows *conversations)
{
	if (conversation != ABSENT)
		return db_rows(req->db, req->arena, &conversation_record, conversations, SQL_ONE,
		    PARAMS(P(req->user_id), P(conversation)));
	TRY(db_rows(req->db, req->arena, &conversation_record, conversations, SQL_ALL,
	    PARAMS(P(req->user_id))));
	if (conversations->count > 0)
		qsort(conversations->items, conversations->count,
		    sizeof(struct search_conversation), latest_first);
	return NULL;
}

/* The values of PASSES. */
static void set_sieve(struct param *params, const struct search_sieve *sieve)
{
	*params++ = P(sieve->before);
	for (size_t i = 0; i < SEARCH_PROBES; i++) {
		*params++ = P(sieve->probes[i].place);
		*params++ = P(sieve->probes[i].mask);
	}
}

const struct error *search_sift(struct request *req, const struct search_sieve *sieve,
    const struct rows *ranges, struct rows *candidates)
{
	const struct search_range *first = ranges->items;
	struct param params[3 + 1 + 2 * SEARCH_PROBES];

	if (ranges->count > 1) {
		params[0] = P(json_write(json_own(req->arena, json_list(ranges))));
		set_sieve(params + 1, sieve);
		return db_rows(req->db, req->arena, &candidate_record, candidates, SQL_SIFT_MANY,
		    (struct params){params, 2 + 2 * SEARCH_PROBES});
	}
	params[0] = P(first->conversation_id);
	params[1] = P(first->low);
	params[2] = P(first->high);
	set_sieve(params + 3, sieve);
	return db_rows(req->db, req->arena, &candidate_record, candidates, SQL_SIFT_PART,
	    (struct params){params, sizeof(params) / sizeof(params[0])});
}

const struct error *search_pages(struct request *req, struct search_page *pages, size_t count)
{
	struct db_step *steps = arena_array(req->arena, count, sizeof(*steps));

	for (size_t i = 0; i < count; i++) {
		struct param *params = arena_array(req->arena, 4, sizeof(*params));

		params[0] = P(pages[i].conversation_id);
		params[1] = P(pages[i].above);
		params[2] = P(pages[i].below);
		params[3] = P(req->user_id);
		steps[i] =
		    (struct db_step){SQL_PAGE, {params, 4}, &message_record, &pages[i].messages};
	}
	return db_run(req->db, req->arena, steps, count);
}
