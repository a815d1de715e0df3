/* What members may do in conversations, kept in this process for as long as member_version of the
 * conversation says so: a send then has to read nothing but the conversation itself, which it locks
 * anyway.  For all workers at once.  Whatever changes an answer of these moves member_version in
 * the same transaction, see conversation_change_members(). */
#ifndef HICHAT_STANDING_CACHE_H
#define HICHAT_STANDING_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct standing {
	int64_t peer_id; /* ABSENT: a group */
	bool friends;
	bool blocked;	     /* by either of the two */
	char role[8];	     /* from here on: of a group */
	int64_t muted_until; /* ms since 1970 */
};

struct standing_cache;

/* `most` of them, a power of two; what lands in a place that is taken takes it. */
struct standing_cache *standing_cache_new(size_t most);
void standing_cache_free(struct standing_cache **cache);

/* False when it is not known of any version. */
bool standing_cache_find(struct standing_cache *cache, int64_t conversation, int64_t user,
    int64_t *version, struct standing *standing);
void standing_cache_keep(struct standing_cache *cache, int64_t conversation, int64_t user,
    int64_t version, const struct standing *standing);

#endif
