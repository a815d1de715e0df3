/* Chained hashing by 64-bit keys, see table.h. */
#include "table.h"
#include "heap.h"
#include <stdlib.h>

#define SIZE_MIN 16

/* Fibonacci hashing: ids come in sequence, and the high bits of the product spread them. */
static size_t bucket_of(const struct table *table, int64_t key)
{
	return (size_t)(((uint64_t)key * 0x9e3779b97f4a7c15u) >> 32) & (table->size - 1);
}

static void table_grow(struct table *table)
{
	struct table old = *table;

	table->size = old.size == 0 ? SIZE_MIN : old.size * 2;
	table->buckets = heap_new(table->size * sizeof(struct table_entry *));
	for (size_t i = 0; i < old.size; i++)
		while (old.buckets[i] != NULL) {
			struct table_entry *entry = old.buckets[i];
			size_t bucket = bucket_of(table, entry->key);

			old.buckets[i] = entry->next;
			entry->next = table->buckets[bucket];
			table->buckets[bucket] = entry;
		}
	free(old.buckets);
}

void table_free(struct table *table)
{
	free(table->buckets);
	*table = (struct table){0};
}

void table_add(struct table *table, struct table_entry *entry, int64_t key)
{
	size_t bucket;

	if (table->count >= table->size)
		table_grow(table);
	bucket = bucket_of(table, key);
	entry->key = key;
	entry->next = table->buckets[bucket];
	table->buckets[bucket] = entry;
	table->count++;
}

void table_remove(struct table *table, struct table_entry *entry)
{
	struct table_entry **at = &table->buckets[bucket_of(table, entry->key)];

	while (*at != entry)
		at = &(*at)->next;
	*at = entry->next;
	table->count--;
}

static struct table_entry *with_key(struct table_entry *entry, int64_t key)
{
	while (entry != NULL && entry->key != key)
		entry = entry->next;
	return entry;
}

struct table_entry *table_find(const struct table *table, int64_t key)
{
	return table->count == 0 ? NULL : with_key(table->buckets[bucket_of(table, key)], key);
}

struct table_entry *table_same(const struct table_entry *entry)
{
	return with_key(entry->next, entry->key);
}

struct table_entry *table_next(const struct table *table, const struct table_entry *entry)
{
	size_t bucket = 0;

	if (entry != NULL) {
		if (entry->next != NULL)
			return entry->next;
		bucket = bucket_of(table, entry->key) + 1;
	}
	for (; bucket < table->size; bucket++)
		if (table->buckets[bucket] != NULL)
			return table->buckets[bucket];
	return NULL;
}
