/* What may be a tag of a friend. */
#include "friend_tags.h"
#include "arena.h"
#include "identity.h"
#include "json.h"
#include <string.h>

/* The same word in other capitals is the same tag. */
static bool has_key(const char *const *keys, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

const struct error *friend_tags(struct arena *arena, struct text_list given, struct text_list *tags)
{
	const char **texts = arena_array(arena, given.count + 1, sizeof(*texts));
	const char **keys = arena_array(arena, given.count + 1, sizeof(*keys));
	size_t count = 0;

	for (size_t i = 0; i < given.count; i++) {
		struct identity_name tag;

		/* Like a nickname it is shown in a line among others. */
		if (identity_nickname(arena, given.texts[i], &tag) != NULL ||
		    json_utf8_length(tag.shown) > FRIEND_TAG_MAX)
			return error_field(arena, FAIL(INVALID), "tags");
		if (has_key(keys, count, tag.key))
			continue;
		texts[count] = tag.shown;
		keys[count++] = tag.key;
	}
	*tags = (struct text_list){texts, count};
	return NULL;
}
