/* The tags by which somebody sorts their friends: up to ten short words for each of them. */
#ifndef HICHAT_FRIEND_TAGS_H
#define HICHAT_FRIEND_TAGS_H

#include "error.h"
#include "record.h"

struct arena;

#define FRIEND_TAGS_MAX 10
#define FRIEND_TAG_MAX 16 /* code points */

/* *tags: those given, trimmed, each of them once, in their order; in the arena.  422 invalid_field
 * "tags" for one that is empty, too long, or no line that can be seen. */
const struct error *friend_tags(
    struct arena *arena, struct text_list given, struct text_list *tags);

#endif
