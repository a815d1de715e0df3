/* Terms as hashes, and hashes as bits.
 *
 * Of a filter with two bytes a term and four bits each, one look in 400 is a mistake.  The length
 * is any number of bytes, so a bit is a byte modulo the length, and one of its eight. */
#include "search_filter.h"
#include "arena.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define BITS_OF_TERM 4
#define TERMS_OF_QUERY (SEARCH_PROBES / BITS_OF_TERM)
#define BYTES_OF_TERM 2
#define BYTES_MIN 8
#define BYTES_MAX 8192 /* of the column; from 4096 terms on it lets more and more through */
#define FIRST_ROOM 256

static const size_t beginnings[] = {2, 3, 5, 8};
#define BEGINNINGS (sizeof(beginnings) / sizeof(beginnings[0]))

struct search_filter {
	struct arena *arena;
	uint64_t *terms;
	size_t count;
	size_t room;
};

/* FNV-1a, with the last step of MurmurHash3, which spreads what short terms leave alike. */
static uint64_t hash(const uint32_t *points, size_t count)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < count; i++)
		for (int shift = 0; shift < 24; shift += 8)
			sum = (sum ^ (points[i] >> shift & 0xff)) * UINT64_C(0x100000001b3);
	sum = (sum ^ sum >> 33) * UINT64_C(0xff51afd7ed558ccd);
	return sum ^ sum >> 33;
}

struct search_filter *search_filter_new(struct arena *arena)
{
	struct search_filter *filter = arena_alloc(arena, sizeof(*filter));

	filter->arena = arena;
	filter->room = FIRST_ROOM;
	filter->terms = arena_array(arena, filter->room, sizeof(*filter->terms));
	return filter;
}

static void add(struct search_filter *filter, const uint32_t *points, size_t count)
{
	if (filter->count == filter->room) {
		uint64_t *more =
		    arena_array(filter->arena, 2 * filter->room, sizeof(*filter->terms));

		memcpy(more, filter->terms, filter->count * sizeof(*more));
		filter->terms = more;
		filter->room *= 2;
	}
	filter->terms[filter->count++] = hash(points, count);
}

static void add_word(struct search_filter *filter, const struct search_run *run)
{
	if (run->length < SEARCH_BEGINNING_MIN)
		add(filter, run->points, run->length);
	for (size_t i = 0; i < BEGINNINGS && beginnings[i] <= run->length; i++)
		add(filter, run->points, beginnings[i]);
}

static void add_unspaced(struct search_filter *filter, const struct search_run *run)
{
	for (size_t i = 0; i < run->length; i++) {
		add(filter, run->points + i, 1);
		if (i + 1 < run->length)
			add(filter, run->points + i, 2);
	}
}

void search_filter_add(struct search_filter *filter, const struct search_text *text)
{
	for (size_t i = 0; i < text->count; i++)
		if (text->runs[i].unspaced)
			add_unspaced(filter, &text->runs[i]);
		else
			add_word(filter, &text->runs[i]);
}

static int by_value(const void *left, const void *right)
{
	uint64_t one = *(const uint64_t *)left, other = *(const uint64_t *)right;

	return (one > other) - (one < other);
}

static size_t distinct(uint64_t *terms, size_t count)
{
	size_t kept = 0;

	qsort(terms, count, sizeof(*terms), by_value);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || terms[i] != terms[i - 1])
			terms[kept++] = terms[i];
	return kept;
}

/* Two halves of the hash make as many positions as are wanted. */
static struct search_probe probe_of(uint64_t term, unsigned number)
{
	uint32_t position = (uint32_t)term + number * ((uint32_t)(term >> 32) | 1);

	return (struct search_probe){position >> 3, 1 << (position & 7)};
}

static const char *hexadecimal(struct arena *arena, const uint8_t *bytes, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(arena, 2 * length + 1);

	for (size_t i = 0; i < length; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	return text;
}

static size_t length_for(size_t terms)
{
	size_t length = terms * BYTES_OF_TERM;

	if (length < BYTES_MIN)
		return BYTES_MIN;
	return length > BYTES_MAX ? BYTES_MAX : length;
}

const char *search_filter_write(struct arena *arena, struct search_filter *filter)
{
	size_t count = distinct(filter->terms, filter->count);
	size_t length = length_for(count);
	uint8_t *bytes = arena_alloc(arena, length);

	filter->count = count;
	for (size_t i = 0; i < count; i++)
		for (unsigned number = 0; number < BITS_OF_TERM; number++) {
			struct search_probe probe = probe_of(filter->terms[i], number);

			bytes[(size_t)probe.place % length] |= (uint8_t)probe.mask;
		}
	return hexadecimal(arena, bytes, length);
}

/* A term of a query, and how little it is to be expected. */
struct telling {
	uint64_t term;
	size_t weight;
};

static void note(struct telling *terms, size_t *count, struct telling term)
{
	size_t at = *count;

	if (*count == TERMS_OF_QUERY && terms[at - 1].weight >= term.weight)
		return;
	if (*count < TERMS_OF_QUERY)
		(*count)++;
	else
		at--;
	for (; at > 0 && terms[at - 1].weight < term.weight; at--)
		terms[at] = terms[at - 1];
	terms[at] = term;
}

static void note_word(struct telling *terms, size_t *count, const struct search_run *run)
{
	size_t length = run->length < SEARCH_BEGINNING_MIN ? run->length : 0;

	for (size_t i = 0; i < BEGINNINGS && beginnings[i] <= run->length; i++)
		length = beginnings[i];
	note(terms, count, (struct telling){hash(run->points, length), length});
}

/* Every other pair, and the last: the ones between hardly tell more. */
static void note_unspaced(struct telling *terms, size_t *count, const struct search_run *run)
{
	const size_t weight_of_pair = 4;

	if (run->length == 1)
		note(terms, count, (struct telling){hash(run->points, 1), 1});
	for (size_t i = 0; i + 1 < run->length; i += 2)
		note(terms, count, (struct telling){hash(run->points + i, 2), weight_of_pair});
	if (run->length > 2 && run->length % 2 != 0)
		note(terms, count,
		    (struct telling){hash(run->points + run->length - 2, 2), weight_of_pair});
}

void search_probes_of(const struct search_text *wanted, struct search_probe *probes)
{
	struct telling terms[TERMS_OF_QUERY];
	size_t count = 0;

	for (size_t i = 0; i < wanted->count; i++)
		if (wanted->runs[i].unspaced)
			note_unspaced(terms, &count, &wanted->runs[i]);
		else
			note_word(terms, &count, &wanted->runs[i]);
	assert(count > 0);
	for (size_t i = 0; i < SEARCH_PROBES; i++)
		probes[i] =
		    probe_of(terms[i / BITS_OF_TERM % count].term, (unsigned)(i % BITS_OF_TERM));
}
