/* Durations, kept whole: a benchmark has memory enough. */
#include "sample.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct sample {
	int64_t *us;
	size_t count;
	size_t capacity;
};

struct sample *sample_new(void)
{
	struct sample *sample = calloc(1, sizeof(*sample));

	if (sample == NULL)
		abort();
	return sample;
}

void sample_free(struct sample **sample)
{
	free((*sample)->us);
	free(*sample);
	*sample = NULL;
}

static void reserve(struct sample *sample, size_t more)
{
	if (sample->count + more <= sample->capacity)
		return;
	sample->capacity = 2 * (sample->count + more);
	sample->us = realloc(sample->us, sample->capacity * sizeof(*sample->us));
	if (sample->us == NULL)
		abort();
}

void sample_add(struct sample *sample, int64_t us)
{
	reserve(sample, 1);
	sample->us[sample->count++] = us;
}

void sample_merge(struct sample *sample, const struct sample *other)
{
	if (other->count == 0)
		return;
	reserve(sample, other->count);
	memcpy(sample->us + sample->count, other->us, other->count * sizeof(*other->us));
	sample->count += other->count;
}

size_t sample_count(const struct sample *sample)
{
	return sample->count;
}

static int ascending(const void *left, const void *right)
{
	int64_t one = *(const int64_t *)left, other = *(const int64_t *)right;

	return (one > other) - (one < other);
}

int64_t sample_at(struct sample *sample, int percent)
{
	if (sample->count == 0)
		return 0;
	qsort(sample->us, sample->count, sizeof(*sample->us), ascending);
	return sample->us[(sample->count - 1) * (size_t)percent / 100];
}

int64_t sample_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}
