/* A hash table of things that carry their own entry: 16 bytes a thing and no allocation of its
 * own but the buckets (a handle of uthash is 56, and a wsd holds several per connection).  A key
 * may be there more than once.  Things belong to whoever added them. */
#ifndef WSD_TABLE_H
#define WSD_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_entry {
	struct table_entry *next;
	int64_t key;
};

struct table {
	struct table_entry **buckets;
	size_t size; /* of buckets: 0 or a power of two */
	size_t count;
};

/* An all-zero table is an empty one. */
void table_free(struct table *table); /* the buckets */

void table_add(struct table *table, struct table_entry *entry, int64_t key);
void table_remove(struct table *table, struct table_entry *entry);
struct table_entry *table_find(const struct table *table, int64_t key);
/* The next one with the same key, or NULL. */
struct table_entry *table_same(const struct table_entry *entry);
/* All of them, in no order: from NULL to NULL.  To remove one on the way, ask for the next first.
 */
struct table_entry *table_next(const struct table *table, const struct table_entry *entry);

#endif
