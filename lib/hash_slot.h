/* The right to hash a password now.  There are max(1, cores / 2) slots, over all processes: lock
 * files in [serve] runtime_directory, which the kernel unlocks when their holder dies.  When the
 * directory cannot be used (logged once) the same number of slots holds for this process alone. */
#ifndef HICHAT_HASH_SLOT_H
#define HICHAT_HASH_SLOT_H

#include <stdbool.h>

struct config;

struct hash_slot {
	int fd; /* the lock file, -1: a slot of this process */
};

/* Waits for a free slot, 5 s at most; false when there was none. */
bool hash_slot_take(const struct config *config, struct hash_slot *slot);
void hash_slot_release(struct hash_slot *slot);

#endif
