/* What is made from a stream's rows, and in which order.
 *
 * A pass takes the rows above those that are indexed.  Their blocks are made anew, and so are the
 * blocks of older messages that an edit or a recall among the rows names: a filter can only take
 * more in, so what a message said before is forgotten by making it from what it says now.
 *
 * A pass is versioned by the last row it takes, which was committed before anything was read.
 * Whoever read a message before a change of it has a lower version than whoever takes the change's
 * row, so no order of their writes brings the old text back. */
#include "search_index.h"
#include "arena.h"
#include "clock.h"
#include "db.h"
#include "json.h"
#include "search_filter.h"
#include "search_index_store.h"
#include <stdlib.h>
#include <string.h>

#define ROWS_AT_ONCE 256 /* of a conversation */
#define GAPS_AT_ONCE 16

static int64_t block_of(int64_t seq)
{
	return seq / SEARCH_BLOCK;
}

const char *search_indexed_text(struct arena *arena, const char *kind, struct json_text body)
{
	struct json_object *object;

	if (strcmp(kind, "text") != 0 || body.text == NULL ||
	    json_read(arena, body.text, strlen(body.text), &object) != NULL)
		return NULL;
	return json_get_text(object, "text");
}

/* The message that this row changed what it says of; ABSENT when it is no such row. */
static int64_t changed_by(struct arena *arena, const struct search_row *row)
{
	struct json_object *body;

	if ((strcmp(row->kind, "edit") != 0 && strcmp(row->kind, "recall") != 0) ||
	    row->body.text == NULL ||
	    json_read(arena, row->body.text, strlen(row->body.text), &body) != NULL)
		return ABSENT;
	return json_get_int(body, "target");
}

/* What becomes of one gap in a pass. */
struct filling {
	struct search_gap *gap;
	int64_t version;
	struct search_span *spans; /* its new rows, then blocks of older ones */
	size_t span_count;
	struct search_block *blocks;
	size_t block_count;
};

static void note_changed(struct filling *filling, int64_t block)
{
	const struct search_span *fresh = &filling->spans[0];
	int64_t first = block * SEARCH_BLOCK;

	if (first >= fresh->first)
		return;
	for (size_t i = 1; i < filling->span_count; i++)
		if (filling->spans[i].first == first)
			return;
	filling->spans[filling->span_count++] = (struct search_span){
	    .conversation_id = fresh->conversation_id,
	    .first = first,
	    .last = first + SEARCH_BLOCK - 1,
	};
}

static void find_changed(struct arena *arena, struct filling *filling)
{
	const struct rows *fresh = &filling->spans[0].rows;

	for (size_t i = 0; i < fresh->count; i++) {
		const struct search_row *row = ROW(struct search_row, fresh, i);
		int64_t target = row->seq > filling->gap->indexed ? changed_by(arena, row) : ABSENT;

		if (target > 0)
			note_changed(filling, block_of(target));
	}
}

/* Rows of one block, which follow each other. */
static void make_block(
    struct arena *arena, struct filling *filling, const struct search_row *rows, size_t count)
{
	struct search_filter *filter = search_filter_new(arena);
	struct search_block *block = &filling->blocks[filling->block_count++];

	*block = (struct search_block){
	    block_of(rows[0].seq), rows[0].created_at, rows[0].created_at, NULL};
	for (size_t i = 0; i < count; i++) {
		const char *said = search_indexed_text(arena, rows[i].kind, rows[i].body);
		struct search_text text;

		if (rows[i].created_at < block->oldest)
			block->oldest = rows[i].created_at;
		if (rows[i].created_at > block->latest)
			block->latest = rows[i].created_at;
		if (said == NULL)
			continue;
		text = search_text_read(arena, said);
		search_filter_add(filter, &text);
	}
	block->filter = search_filter_write(arena, filter);
}

static void make_blocks(struct arena *arena, struct filling *filling)
{
	size_t most = filling->span_count + ROWS_AT_ONCE / SEARCH_BLOCK + 1;

	filling->blocks = arena_array(arena, most, sizeof(*filling->blocks));
	for (size_t i = 0; i < filling->span_count; i++) {
		const struct rows *read = &filling->spans[i].rows;
		const struct search_row *rows = read->items;
		size_t first = 0;

		for (size_t j = 1; j <= read->count; j++) {
			if (j < read->count && block_of(rows[j].seq) == block_of(rows[first].seq))
				continue;
			make_block(arena, filling, rows + first, j - first);
			first = j;
		}
	}
}

static void open_filling(struct arena *arena, struct filling *filling, struct search_gap *gap)
{
	int64_t last = gap->last_seq;

	if (last > gap->indexed + ROWS_AT_ONCE)
		last = gap->indexed + ROWS_AT_ONCE;
	*filling = (struct filling){
	    .gap = gap,
	    .version = last,
	    .spans = arena_array(arena, 1 + ROWS_AT_ONCE, sizeof(*filling->spans)),
	    .span_count = 1,
	};
	filling->spans[0] = (struct search_span){
	    .conversation_id = gap->conversation_id,
	    .first = block_of(gap->indexed + 1) * SEARCH_BLOCK,
	    .last = last,
	};
}

struct pass {
	struct arena *arena;
	struct filling *fillings;
	size_t count;
};

static const struct error *read_all(struct db *db, struct pass *pass)
{
	struct search_span *first = arena_array(pass->arena, pass->count, sizeof(*first));

	for (size_t i = 0; i < pass->count; i++)
		first[i] = pass->fillings[i].spans[0];
	TRY(search_spans_read(db, pass->arena, first, pass->count));
	for (size_t i = 0; i < pass->count; i++) {
		struct filling *filling = &pass->fillings[i];

		filling->spans[0] = first[i];
		find_changed(pass->arena, filling);
		for (size_t j = 1; j < filling->span_count; j += GAPS_AT_ONCE) {
			size_t rest = filling->span_count - j;

			TRY(search_spans_read(db, pass->arena, filling->spans + j,
			    rest < GAPS_AT_ONCE ? rest : GAPS_AT_ONCE));
		}
		make_blocks(pass->arena, filling);
	}
	return NULL;
}

static const struct error *write_all(struct db *db, void *context)
{
	const struct pass *pass = context;

	for (size_t i = 0; i < pass->count; i++) {
		const struct filling *filling = &pass->fillings[i];
		const struct rows blocks = {
		    &search_block_record, filling->blocks, filling->block_count};

		TRY(search_blocks_write(
		    db, pass->arena, filling->gap->conversation_id, filling->version, &blocks));
	}
	return NULL;
}

static const struct error *fill_some(
    struct db *db, struct arena *arena, struct search_gap *gaps, size_t count)
{
	struct pass pass = {arena, arena_array(arena, count, sizeof(struct filling)), count};

	for (size_t i = 0; i < count; i++)
		open_filling(arena, &pass.fillings[i], &gaps[i]);
	TRY(read_all(db, &pass));
	TRY(db_transaction(db, true, write_all, &pass));
	for (size_t i = 0; i < count; i++)
		gaps[i].indexed = pass.fillings[i].version;
	return NULL;
}

/* Ascending, so that two passes lock rows in one order. */
static int by_conversation(const void *left, const void *right)
{
	int64_t one = ((const struct search_gap *)left)->conversation_id;
	int64_t other = ((const struct search_gap *)right)->conversation_id;

	return (one > other) - (one < other);
}

static void drop_closed(struct rows *gaps)
{
	size_t kept = 0;

	for (size_t i = 0; i < gaps->count; i++) {
		const struct search_gap *gap = ROW(struct search_gap, gaps, i);

		if (gap->indexed < gap->last_seq)
			*ROW(struct search_gap, gaps, kept++) = *gap;
	}
	gaps->count = kept;
}

const struct error *search_index_fill(
    struct db *db, struct arena *arena, struct rows *gaps, int64_t most_ms)
{
	int64_t end = clock_monotonic_ms() + most_ms;

	if (gaps->count > 0)
		qsort(gaps->items, gaps->count, sizeof(struct search_gap), by_conversation);
	while (gaps->count > 0 && clock_monotonic_ms() < end) {
		size_t count = gaps->count < GAPS_AT_ONCE ? gaps->count : GAPS_AT_ONCE;

		TRY(fill_some(db, arena, gaps->items, count));
		drop_closed(gaps);
	}
	return NULL;
}
