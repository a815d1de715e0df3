/* JSON out; json_read.c and json_fill.c are the way in. */
#include "json.h"

#include "arena.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#define WRITE_FLAGS (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)

/* json-c answers NULL when memory is out, which would read as JSON null. */
static struct json_object *made(struct json_object *value)
{
	if (value == NULL) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return value;
}

static struct json_object *text_value(const char *text)
{
	return text == NULL ? NULL : made(json_object_new_string(text));
}

static struct json_object *int_value(int64_t value)
{
	return value == ABSENT ? NULL : made(json_object_new_int64(value));
}

static int write_raw(struct json_object *value, struct printbuf *out, int level, int flags)
{
	(void)level;
	(void)flags;
	return printbuf_memappend(
	    out, json_object_get_string(value), json_object_get_string_len(value));
}

/* A string to json-c, which prints as the JSON that it holds. */
static struct json_object *raw_value(struct json_text raw)
{
	struct json_object *value = text_value(raw.text);

	if (value != NULL)
		json_object_set_serializer(value, write_raw, NULL, NULL);
	return value;
}

static void release(void *root)
{
	json_object_put(root);
}

struct json_object *json_new(struct arena *arena)
{
	struct json_object *root = json_child();

	arena_defer(arena, release, root);
	return root;
}

struct json_object *json_array(struct arena *arena)
{
	struct json_object *root = made(json_object_new_array());

	arena_defer(arena, release, root);
	return root;
}

struct json_object *json_child(void)
{
	return made(json_object_new_object());
}

struct json_object *json_child_list(void)
{
	return made(json_object_new_array());
}

struct json_object *json_own(struct arena *arena, struct json_object *value)
{
	arena_defer(arena, release, value);
	return value;
}

struct json_object *json_share(struct json_object *value)
{
	return json_object_get(value);
}

void json_set(struct json_object *parent, const char *key, struct json_object *child)
{
	if (json_object_object_add(parent, key, child) != 0)
		made(NULL);
}

void json_set_text(struct json_object *parent, const char *key, const char *text)
{
	json_set(parent, key, text_value(text));
}

void json_set_int(struct json_object *parent, const char *key, int64_t value)
{
	json_set(parent, key, int_value(value));
}

void json_set_bool(struct json_object *parent, const char *key, bool value)
{
	json_set(parent, key, made(json_object_new_boolean(value)));
}

void json_set_raw(struct json_object *parent, const char *key, struct json_text raw)
{
	json_set(parent, key, raw_value(raw));
}

void json_append(struct json_object *array, struct json_object *child)
{
	if (json_object_array_add(array, child) != 0)
		made(NULL);
}

void json_append_text(struct json_object *array, const char *text)
{
	json_append(array, text_value(text));
}

void json_append_int(struct json_object *array, int64_t value)
{
	json_append(array, int_value(value));
}

static struct json_object *ids_value(const struct id_list *list)
{
	struct json_object *array = made(json_object_new_array_ext((int)list->count));

	for (size_t i = 0; i < list->count; i++)
		json_append_int(array, list->ids[i]);
	return array;
}

static struct json_object *texts_value(const struct text_list *list)
{
	struct json_object *array;

	if (list->texts == NULL)
		return NULL;
	array = made(json_object_new_array_ext((int)list->count));
	for (size_t i = 0; i < list->count; i++)
		json_append(array, text_value(list->texts[i]));
	return array;
}

static struct json_object *field_value(const struct field *field, const void *object)
{
	const void *member = (const char *)object + field->offset;

	switch (field->kind) {
	case FIELD_INT:
		return int_value(*(const int64_t *)member);
	case FIELD_BOOL:
		return made(json_object_new_boolean(*(const bool *)member));
	case FIELD_FLAG:
		if (*(const int64_t *)member == ABSENT)
			return NULL;
		return made(json_object_new_boolean(*(const int64_t *)member != 0));
	case FIELD_TEXT:
		return text_value(*(const char *const *)member);
	case FIELD_JSON:
		return raw_value(*(const struct json_text *)member);
	case FIELD_IDS:
		return ids_value(member);
	case FIELD_TEXTS:
		return texts_value(member);
	case FIELD_ROWS:
		return json_list(member);
	}
	return NULL;
}

struct json_object *json_record(const struct record *record, const void *object)
{
	struct json_object *value = json_child();

	for (size_t i = 0; i < record->count; i++) {
		const struct field *field = &record->fields[i];

		/* The names are constants, each there once: json-c need not copy or look. */
		if (field->need != FIELD_HIDDEN &&
		    json_object_object_add_ex(value, field->name, field_value(field, object),
			JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_ADD_CONSTANT_KEY) != 0)
			made(NULL);
	}
	return value;
}

struct json_object *json_list(const struct rows *rows)
{
	struct json_object *array = made(json_object_new_array_ext((int)rows->count));

	for (size_t i = 0; i < rows->count; i++) {
		const char *object = (const char *)rows->items + i * rows->record->size;

		json_append(array, json_record(rows->record, object));
	}
	return array;
}

const char *json_write(struct json_object *value)
{
	return value == NULL ? "null" : json_object_to_json_string_ext(value, WRITE_FLAGS);
}

const char *json_ids(struct arena *arena, const int64_t *ids, size_t count)
{
	size_t size = count * sizeof("-9223372036854775808,") + sizeof("[]");
	char *text = arena_alloc(arena, size);
	size_t used = 1;

	text[0] = '[';
	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(
		    text + used, size - used, "%s%lld", i == 0 ? "" : ",", (long long)ids[i]);
	text[used] = ']';
	return text;
}

const char *json_texts(struct arena *arena, const struct text_list *list)
{
	return json_write(json_own(arena, texts_value(list)));
}

bool json_utf8_valid(const char *bytes, size_t length)
{
	return u8_check((const uint8_t *)bytes, length) == NULL;
}

size_t json_utf8_length(const char *text)
{
	size_t length = 0;

	for (; *text != '\0'; text++)
		length += ((unsigned char)*text & 0xC0) != 0x80;
	return length;
}
