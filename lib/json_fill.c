/* JSON objects into the structs that records describe, with every check a record asks for. */
#include "json.h"

#include "arena.h"

#include <json-c/json.h>
#include <string.h>

#define ID_MAX (((int64_t)1 << 53) - 1)

static bool control_free(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
		if ((*c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7F)
			return false;
		if (*c == 0xC2 && c[1] < 0xA0) /* U+0080 to U+009F */
			return false;
	}
	return true;
}

static bool is_choice(const char *choices, const char *word)
{
	size_t length = strlen(word);

	for (const char *next = choices; *next != '\0';) {
		size_t width = strcspn(next, " ");

		if (width == length && memcmp(next, word, length) == 0)
			return true;
		next += width;
		next += strspn(next, " ");
	}
	return false;
}

static bool fill_int(const struct field *field, struct json_object *value, int64_t *member)
{
	*member = json_object_get_int64(value);
	return json_object_is_type(value, json_type_int) && *member != ABSENT &&
	       *member >= field->min && *member <= field->max;
}

static bool fill_text(
    struct arena *arena, const struct field *field, struct json_object *value, const char **member)
{
	size_t length;

	if (!json_object_is_type(value, json_type_string))
		return false;
	*member = arena_text_n(
	    arena, json_object_get_string(value), (size_t)json_object_get_string_len(value));
	length = json_utf8_length(*member);
	if ((int64_t)length < field->min || (int64_t)length > field->max)
		return false;
	return control_free(*member) &&
	       (field->choices == NULL || is_choice(field->choices, *member));
}

static bool fill_json(struct arena *arena, struct json_object *value, struct json_text *member)
{
	if (!json_object_is_type(value, json_type_object))
		return false;
	member->text = arena_text(arena, json_write(value));
	return true;
}

/* Lists: an array of as many elements as the field takes. */
static bool is_list(const struct field *field, struct json_object *value)
{
	size_t count;

	if (!json_object_is_type(value, json_type_array))
		return false;
	count = json_object_array_length(value);
	return (int64_t)count >= field->min && (int64_t)count <= field->max;
}

static bool fill_ids(struct arena *arena, const struct field *field, struct json_object *value,
    struct id_list *member)
{
	size_t count;
	int64_t *ids;

	if (!is_list(field, value))
		return false;
	count = json_object_array_length(value);
	ids = arena_array(arena, count, sizeof(*ids));
	for (size_t i = 0; i < count; i++) {
		struct json_object *id = json_object_array_get_idx(value, i);

		ids[i] = json_object_get_int64(id);
		if (!json_object_is_type(id, json_type_int) || ids[i] < 1 || ids[i] > ID_MAX)
			return false;
	}
	*member = (struct id_list){ids, count};
	return true;
}

/* What each of them may be is the caller's business, but for characters that no text may have. */
static bool fill_texts(struct arena *arena, const struct field *field, struct json_object *value,
    struct text_list *member)
{
	const char **texts;
	size_t count;

	if (!is_list(field, value))
		return false;
	count = json_object_array_length(value);
	texts = arena_array(arena, count + 1, sizeof(*texts)); /* an empty list is not absent */
	for (size_t i = 0; i < count; i++) {
		struct json_object *text = json_object_array_get_idx(value, i);

		if (!json_object_is_type(text, json_type_string))
			return false;
		texts[i] = arena_text_n(
		    arena, json_object_get_string(text), (size_t)json_object_get_string_len(text));
		if (!control_free(texts[i]))
			return false;
	}
	*member = (struct text_list){texts, count};
	return true;
}

static bool fill_rows(
    struct arena *arena, const struct field *field, struct json_object *value, struct rows *member)
{
	size_t count;
	char *items;

	if (!is_list(field, value))
		return false;
	count = json_object_array_length(value);
	items = arena_array(arena, count, field->of->size);
	for (size_t i = 0; i < count; i++) {
		struct json_object *element = json_object_array_get_idx(value, i);

		if (json_fill(arena, field->of, element, items + i * field->of->size) != NULL)
			return false;
	}
	*member = (struct rows){field->of, items, count};
	return true;
}

static bool fill_field(
    struct arena *arena, const struct field *field, struct json_object *value, void *member)
{
	switch (field->kind) {
	case FIELD_INT:
		return fill_int(field, value, member);
	case FIELD_BOOL:
		*(bool *)member = json_object_get_boolean(value);
		return json_object_is_type(value, json_type_boolean);
	case FIELD_FLAG:
		*(int64_t *)member = json_object_get_boolean(value);
		return json_object_is_type(value, json_type_boolean);
	case FIELD_TEXT:
		return fill_text(arena, field, value, member);
	case FIELD_JSON:
		return fill_json(arena, value, member);
	case FIELD_IDS:
		return fill_ids(arena, field, value, member);
	case FIELD_TEXTS:
		return fill_texts(arena, field, value, member);
	case FIELD_ROWS:
		return fill_rows(arena, field, value, member);
	}
	return false;
}

/* null, or the key was not sent. */
static bool fill_nothing(const struct field *field, bool sent, void *member)
{
	if (field->need == FIELD_REQUIRED)
		return false;
	if (sent && field->kind == FIELD_TEXT)
		*(const char **)member = "";
	if (sent && field->need == FIELD_CLEARABLE)
		*(int64_t *)member = 0;
	return true;
}

const struct error *json_fill(
    struct arena *arena, const struct record *record, struct json_object *root, void *object)
{
	record_clear(record, object);
	if (!json_object_is_type(root, json_type_object))
		return FAIL(INVALID);
	for (size_t i = 0; i < record->count; i++) {
		const struct field *field = &record->fields[i];
		void *member = (char *)object + field->offset;
		struct json_object *value = NULL;
		bool sent, good;

		if (field->need == FIELD_OUTPUT || field->need == FIELD_HIDDEN)
			continue;
		sent = json_object_object_get_ex(root, field->name, &value);
		good = value == NULL ? fill_nothing(field, sent, member)
				     : fill_field(arena, field, value, member);
		if (!good)
			return error_field(arena, FAIL(INVALID), field->name);
	}
	return NULL;
}
