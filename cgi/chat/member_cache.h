/* Who belongs to a group, kept in this process for as long as its member_version says so: whom a
 * send reaches.  For all workers at once.  What was found or kept is held until it is released. */
#ifndef HICHAT_MEMBER_CACHE_H
#define HICHAT_MEMBER_CACHE_H

#include "record.h"

struct member_cache;

struct member_list {
	struct id_list members; /* ascending */
	const char *recipients; /* of them all, as event_list() writes them */
};

/* `most` ids in all, about; what was not asked for of late goes first. */
struct member_cache *member_cache_new(size_t most);
/* Nobody may hold a list any more. */
void member_cache_free(struct member_cache **cache);

/* NULL: this version is not known. */
const struct member_list *member_cache_find(
    struct member_cache *cache, int64_t conversation, int64_t version);
/* Copies the ids; forgets other versions. */
const struct member_list *member_cache_keep(
    struct member_cache *cache, int64_t conversation, int64_t version, struct id_list members);
void member_cache_release(const struct member_list *list);

#endif
