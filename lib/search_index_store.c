/* The index is read and written by its primary key, in which all rows of a conversation stand
 * together. */
#include "search_index_store.h"
#include "arena.h"
#include "db.h"
#include "json.h"

static const struct field gap_fields[] = {
    OUTPUT(struct search_gap, conversation_id),
    OUTPUT(struct search_gap, indexed),
    OUTPUT(struct search_gap, last_seq),
};
const struct record search_gap_record = RECORD(struct search_gap, gap_fields);

static const struct field row_fields[] = {
    OUTPUT(struct search_row, seq),
    OUTPUT(struct search_row, kind),
    OUTPUT(struct search_row, body),
    OUTPUT(struct search_row, created_at),
};
static const struct record row_record = RECORD(struct search_row, row_fields);

static const struct field block_fields[] = {
    OUTPUT(struct search_block, block),
    OUTPUT(struct search_block, oldest),
    OUTPUT(struct search_block, latest),
    OUTPUT(struct search_block, filter),
};
const struct record search_block_record = RECORD(struct search_block, block_fields);

static const char SQL_GAPS[] =
    "SELECT conversation.id AS conversation_id, " SEARCH_INDEXED " AS indexed,"
    " conversation.last_seq FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted"
    " STRAIGHT_JOIN conversation ON conversation.id = wanted.id"
    " WHERE conversation.last_seq > " SEARCH_INDEXED;

static const char SQL_SPAN[] = "SELECT seq, kind, body, created_at FROM message"
			       " WHERE conversation_id = ? AND seq >= ? AND seq <= ? ORDER BY seq";

/* The values are set from left to right: `version` last, which the others are compared with. */
static const char SQL_WRITE[] =
    "INSERT INTO search_block (conversation_id, block, version, oldest, latest, filter)"
    " SELECT ?, made.block, ?, made.oldest, made.latest, UNHEX(made.filter)"
    " FROM JSON_TABLE(?, '$[*]' COLUMNS (block BIGINT PATH '$.block',"
    " oldest BIGINT PATH '$.oldest', latest BIGINT PATH '$.latest',"
    " filter VARCHAR(16384) CHARACTER SET ascii PATH '$.filter')) made"
    " ON DUPLICATE KEY UPDATE"
    " filter = IF(VALUES(version) < search_block.version, search_block.filter, VALUES(filter)),"
    " oldest = IF(VALUES(version) < search_block.version, search_block.oldest, VALUES(oldest)),"
    " latest = IF(VALUES(version) < search_block.version, search_block.latest, VALUES(latest)),"
    " version = GREATEST(search_block.version, VALUES(version))";

const struct error *search_index_gaps(
    struct db *db, struct arena *arena, struct id_list conversations, struct rows *gaps)
{
	return db_rows(db, arena, &search_gap_record, gaps, SQL_GAPS,
	    PARAMS(P(json_ids(arena, conversations.ids, conversations.count))));
}

const struct error *search_spans_read(
    struct db *db, struct arena *arena, struct search_span *spans, size_t count)
{
	struct db_step *steps = arena_array(arena, count, sizeof(*steps));

	for (size_t i = 0; i < count; i++) {
		struct param *params = arena_array(arena, 3, sizeof(*params));

		params[0] = P(spans[i].conversation_id);
		params[1] = P(spans[i].first);
		params[2] = P(spans[i].last);
		steps[i] = (struct db_step){SQL_SPAN, {params, 3}, &row_record, &spans[i].rows};
	}
	return db_run(db, arena, steps, count);
}

const struct error *search_blocks_write(struct db *db, struct arena *arena, int64_t conversation,
    int64_t version, const struct rows *blocks)
{
	const char *list = json_write(json_own(arena, json_list(blocks)));

	return db_exec(db, SQL_WRITE, PARAMS(P(conversation), P(version), P(list)));
}
