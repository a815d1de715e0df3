/* From filters to messages, newest first.
 *
 * Conversations are sifted in the order of their latest message, some thousand blocks a statement;
 * blocks that pass go into a heap by the time of their latest row.  The top of it is read and
 * compared with the text as long as no conversation that is still to be sifted can have anything
 * newer.  So a common word costs the first statement and a page of reading, a rare one the sifting
 * of everything, which is a few bytes a message. */
#include "search_walk.h"
#include "search_index.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SIFTED_AT_ONCE 2048 /* blocks */
#define READ_AT_ONCE 16	    /* blocks */
/* Blocks that a request reads, besides one of each conversation: so many can lie across the place
 * where the page begins. */
#define READ_MAX 256
/* Clocks of several machines differ: a message may be so much newer than the latest one. */
#define SKEW_MS 60000

struct walk {
	struct request *req;
	const struct search_wish *wish;
	struct search_sieve sieve;
	const struct rows *conversations;
	const struct search_conversation *by_id; /* the same, ascending */
	size_t next;				 /* the conversation to be sifted next */
	int64_t next_high; /* its blocks above this one are sifted; ABSENT: none */

	struct search_candidate *heap; /* the newest on top */
	size_t heap_count;
	size_t heap_room;
	size_t read;

	struct message *matches; /* in no order */
	size_t match_count;
	size_t match_room;
};

static const struct search_place nowhere = {INT64_MIN, 0, 0};

static int order(int64_t one, int64_t other)
{
	return (one < other) - (one > other);
}

/* As qsort() wants it: the higher one first. */
static int compare(const struct search_place *one, const struct search_place *other)
{
	int result = order(one->time, other->time);

	if (result == 0)
		result = order(one->conversation_id, other->conversation_id);
	return result != 0 ? result : order(one->seq, other->seq);
}

static bool above(struct search_place one, struct search_place other)
{
	return compare(&one, &other) < 0;
}

static struct search_place place_of(const struct message *message)
{
	return (struct search_place){message->created_at, message->conversation_id, message->seq};
}

static int newest_first(const void *left, const void *right)
{
	struct search_place one = place_of(left), other = place_of(right);

	return compare(&one, &other);
}

/* No message of this block is above. */
static struct search_place top_of(const struct search_candidate *candidate)
{
	return (struct search_place){candidate->latest, candidate->conversation_id,
	    candidate->block * SEARCH_BLOCK + SEARCH_BLOCK - 1};
}

static bool newer(const struct search_candidate *one, const struct search_candidate *other)
{
	return above(top_of(one), top_of(other));
}

static void *grown(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	void *more;

	if (count < *room)
		return items;
	*room = *room == 0 ? SIFTED_AT_ONCE : 2 * *room;
	more = arena_array(arena, *room, size);
	if (count > 0)
		memcpy(more, items, count * size);
	return more;
}

static void push(struct walk *walk, const struct search_candidate *candidate)
{
	size_t at = walk->heap_count;

	walk->heap = grown(walk->req->arena, walk->heap, at, &walk->heap_room, sizeof(*walk->heap));
	walk->heap_count++;
	for (; at > 0 && newer(candidate, &walk->heap[(at - 1) / 2]); at = (at - 1) / 2)
		walk->heap[at] = walk->heap[(at - 1) / 2];
	walk->heap[at] = *candidate;
}

static struct search_candidate pop(struct walk *walk)
{
	struct search_candidate top = walk->heap[0];
	struct search_candidate last = walk->heap[--walk->heap_count];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < walk->heap_count) {
		if (child + 1 < walk->heap_count &&
		    newer(&walk->heap[child + 1], &walk->heap[child]))
			child++;
		if (!newer(&walk->heap[child], &last))
			break;
		walk->heap[at] = walk->heap[child];
		at = child;
	}
	walk->heap[at] = last;
	return top;
}

/* Nothing that is still to be sifted is above. */
static struct search_place unsifted(const struct walk *walk)
{
	const struct search_conversation *next = walk->conversations->items;

	if (walk->next == walk->conversations->count)
		return nowhere;
	return (struct search_place){next[walk->next].updated_at + SKEW_MS, INT64_MAX, 0};
}

static struct search_place unread(const struct walk *walk)
{
	return walk->heap_count > 0 ? top_of(&walk->heap[0]) : nowhere;
}

/* What is above has been found; at this place and below there may be more. */
static struct search_place horizon(const struct walk *walk)
{
	return above(unsifted(walk), unread(walk)) ? unsifted(walk) : unread(walk);
}

static bool full(const struct walk *walk)
{
	struct search_place end = horizon(walk);
	size_t count = 0;

	for (size_t i = 0; i < walk->match_count; i++)
		count += above(place_of(&walk->matches[i]), end);
	return count > walk->wish->limit;
}

/* What the next conversation has left, from its end; *part: that is not all there is of it. */
static struct search_range next_range(struct walk *walk, bool *part)
{
	const struct search_conversation *next =
	    ROW(struct search_conversation, walk->conversations, walk->next);
	struct search_range range = {
	    .conversation_id = next->conversation_id,
	    .low = (next->floor + 1) / SEARCH_BLOCK,
	    .high = walk->next_high != ABSENT ? walk->next_high : next->last_seq / SEARCH_BLOCK,
	};
	bool cut = range.high - range.low >= SIFTED_AT_ONCE;

	*part = cut || walk->next_high != ABSENT;
	if (cut)
		range.low = range.high - SIFTED_AT_ONCE + 1;
	else
		walk->next++;
	walk->next_high = cut ? range.low - 1 : ABSENT;
	return range;
}

/* Some whole conversations, or a part of one. */
static struct rows next_ranges(struct walk *walk)
{
	size_t most = walk->conversations->count;
	struct search_range *ranges = arena_array(walk->req->arena, most, sizeof(*ranges));
	struct rows taken = {&search_range_record, ranges, 0};
	int64_t room = SIFTED_AT_ONCE;
	bool part = false;

	while (walk->next < most && !part) {
		size_t next = walk->next;
		int64_t high = walk->next_high;
		struct search_range range = next_range(walk, &part);

		room -= range.high - range.low + 1;
		if (taken.count > 0 && (part || room < 0)) {
			walk->next = next;
			walk->next_high = high;
			break;
		}
		ranges[taken.count++] = range;
	}
	return taken;
}

static const struct error *sift_some(struct walk *walk)
{
	struct rows ranges = next_ranges(walk), passed;

	TRY(search_sift(walk->req, &walk->sieve, &ranges, &passed));
	for (size_t i = 0; i < passed.count; i++)
		push(walk, ROW(struct search_candidate, &passed, i));
	return NULL;
}

static int by_id(const void *left, const void *right)
{
	const struct search_conversation *one = left, *other = right;

	return (one->conversation_id > other->conversation_id) -
	       (one->conversation_id < other->conversation_id);
}

static int64_t floor_of(const struct walk *walk, int64_t conversation)
{
	const struct search_conversation key = {.conversation_id = conversation};
	const struct search_conversation *found =
	    bsearch(&key, walk->by_id, walk->conversations->count, sizeof(key), by_id);

	assert(found != NULL);
	return found->floor;
}

static void match(struct walk *walk, const struct message *message)
{
	struct arena *arena = walk->req->arena;
	const char *said = search_indexed_text(arena, message->kind, message->body);
	struct search_text text;

	if (said == NULL || !above(walk->wish->before, place_of(message)))
		return;
	text = search_text_read(arena, said);
	if (!search_text_contains(&text, &walk->wish->text))
		return;
	walk->matches =
	    grown(arena, walk->matches, walk->match_count, &walk->match_room, sizeof(*message));
	walk->matches[walk->match_count++] = *message;
}

static const struct error *read_some(struct walk *walk)
{
	struct search_page *pages = arena_array(walk->req->arena, READ_AT_ONCE, sizeof(*pages));
	size_t count = 0;

	while (count < READ_AT_ONCE && above(unread(walk), unsifted(walk))) {
		struct search_candidate top = pop(walk);
		int64_t floor = floor_of(walk, top.conversation_id);
		int64_t first = top.block * SEARCH_BLOCK;

		pages[count++] = (struct search_page){
		    .conversation_id = top.conversation_id,
		    .above = floor >= first ? floor : first - 1,
		    .below = first + SEARCH_BLOCK,
		};
	}
	walk->read += count;
	TRY(search_pages(walk->req, pages, count));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < pages[i].messages.count; j++)
			match(walk, ROW(struct message, &pages[i].messages, j));
	return NULL;
}

static struct search_found found_by(struct walk *walk)
{
	struct search_place end = horizon(walk);
	struct search_found found = {.messages = {&message_record, walk->matches, 0}};
	size_t count = 0;

	if (walk->match_count > 0)
		qsort(walk->matches, walk->match_count, sizeof(*walk->matches), newest_first);
	while (count < walk->match_count && count < walk->wish->limit &&
	       above(place_of(&walk->matches[count]), end))
		count++;
	found.messages.count = count;
	found.more = count < walk->match_count || above(end, nowhere);
	end.seq++; /* which is not reached itself */
	found.end = count == walk->wish->limit ? place_of(&walk->matches[count - 1]) : end;
	return found;
}

static struct walk walk_new(
    struct request *req, const struct search_wish *wish, const struct rows *conversations)
{
	size_t count = conversations->count;
	struct search_conversation *sorted = arena_array(req->arena, count + 1, sizeof(*sorted));
	struct walk walk = {
	    .req = req,
	    .wish = wish,
	    .sieve = {.before = wish->before.time},
	    .conversations = conversations,
	    .by_id = sorted,
	    .next_high = ABSENT,
	};

	if (count > 0)
		memcpy(sorted, conversations->items, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), by_id);
	search_probes_of(&wish->text, walk.sieve.probes);
	return walk;
}

const struct error *search_walk(struct request *req, const struct search_wish *wish,
    const struct rows *conversations, struct search_found *found)
{
	struct walk walk = walk_new(req, wish, conversations);
	size_t most = READ_MAX + conversations->count;

	while (above(horizon(&walk), nowhere) && walk.read < most && !full(&walk)) {
		if (above(unread(&walk), unsifted(&walk)))
			TRY(read_some(&walk));
		else
			TRY(sift_some(&walk));
	}
	*found = found_by(&walk);
	return NULL;
}
