/* JSON in: json-c, after the checks that it leaves out. */
#include "json.h"

#include "arena.h"
#include "json_syntax.h"
#include "log.h"

#include <json-c/json.h>
#include <math.h>

static const struct error *refuse(const char *reason)
{
	LOG(DEBUG, "JSON refused", LOG_FIELD("reason", reason));
	return FAIL(INVALID_JSON);
}

/* How many members the objects in a value have: json-c keeps only the last of equal keys. */
static size_t count_members(struct json_object *value, bool *finite)
{
	size_t count = 0;

	if (json_object_is_type(value, json_type_double) &&
	    !isfinite(json_object_get_double(value)))
		*finite = false;
	if (json_object_is_type(value, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(value); i++)
			count += count_members(json_object_array_get_idx(value, i), finite);
	}
	if (json_object_is_type(value, json_type_object)) {
		json_object_object_foreach(value, key, member)
		{
			(void)key;
			count += 1 + count_members(member, finite);
		}
	}
	return count;
}

static void release(void *root)
{
	json_object_put(root);
}

static struct json_object *parse(struct arena *arena, const char *text, size_t length)
{
	struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 1);
	struct json_object *root;

	if (tokener == NULL)
		return NULL;
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	root = json_tokener_parse_ex(tokener, text, (int)length);
	json_tokener_free(tokener);
	if (root != NULL)
		arena_defer(arena, release, root);
	return root;
}

const struct error *json_read(
    struct arena *arena, const char *text, size_t length, struct json_object **root)
{
	size_t members;
	const char *wrong;
	bool finite = true;

	*root = NULL;
	if (length > INT32_MAX)
		return refuse("too long");
	wrong = json_syntax(text, length, JSON_DEPTH_MAX, &members);
	if (wrong != NULL)
		return refuse(wrong);
	*root = parse(arena, text, length);
	if (*root == NULL)
		return refuse("json-c does not take it");
	if (count_members(*root, &finite) == members && finite)
		return NULL;
	*root = NULL;
	return refuse(finite ? "a key twice in one object" : "a number out of range");
}

struct json_object *json_get(struct json_object *object, const char *key)
{
	struct json_object *value = NULL;

	if (json_object_is_type(object, json_type_object))
		json_object_object_get_ex(object, key, &value);
	return value;
}

const char *json_get_text(struct json_object *object, const char *key)
{
	struct json_object *value = json_get(object, key);

	return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

int64_t json_get_int(struct json_object *object, const char *key)
{
	struct json_object *value = json_get(object, key);

	return json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : ABSENT;
}

size_t json_count(struct json_object *array)
{
	return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}

struct json_object *json_at(struct json_object *array, size_t index)
{
	return index < json_count(array) ? json_object_array_get_idx(array, index) : NULL;
}

int64_t json_int_at(struct json_object *array, size_t index)
{
	struct json_object *value = json_at(array, index);

	return json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : ABSENT;
}
