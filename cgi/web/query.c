/* Query strings, checked against the route's record. */
#include "query.h"

#include "arena.h"
#include "json.h"
#include "url.h"
#include <assert.h>
#include <string.h>

#define ID_MAX ((INT64_C(1) << 53) - 1)
#define DIGITS_MAX 18 /* fits int64_t whatever the digits are */

/* One canonical decimal: no spaces, no plus sign, no leading zeros. */
static bool read_int(const char *text, size_t length, int64_t *value)
{
	bool negative = length > 0 && text[0] == '-';
	int64_t number = 0;

	if (negative) {
		text++;
		length--;
	}
	if (length == 0 || length > DIGITS_MAX || (text[0] == '0' && (length > 1 || negative)))
		return false;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		number = number * 10 + (text[i] - '0');
	}
	*value = negative ? -number : number;
	return true;
}

static bool read_truth(const char *text, bool *value)
{
	*value = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
	return *value || strcmp(text, "false") == 0 || strcmp(text, "0") == 0;
}

static bool is_choice(const char *choices, const char *text)
{
	size_t length = strlen(text);

	while (*choices != '\0') {
		size_t size = strcspn(choices, " ");

		if (size == length && memcmp(choices, text, size) == 0)
			return true;
		choices += size;
		choices += strspn(choices, " ");
	}
	return false;
}

static bool text_acceptable(const struct field *field, const char *text)
{
	int64_t length = (int64_t)json_utf8_length(text);

	for (const char *byte = text; *byte != '\0'; byte++)
		if ((unsigned char)*byte < 0x20 || *byte == 0x7f)
			return false;
	if (length < field->min || length > field->max)
		return false;
	return field->choices == NULL || is_choice(field->choices, text);
}

/* "1,2,3" */
static bool read_ids(
    struct arena *arena, const struct field *field, const char *text, struct id_list *list)
{
	size_t count = 1;
	int64_t *ids;

	for (const char *comma = text; (comma = strchr(comma, ',')) != NULL; comma++)
		count++;
	if ((int64_t)count < field->min || (int64_t)count > field->max)
		return false;
	ids = arena_array(arena, count, sizeof(*ids));
	for (size_t i = 0; i < count; i++) {
		size_t length = strcspn(text, ",");

		if (!read_int(text, length, &ids[i]) || ids[i] < 1 || ids[i] > ID_MAX)
			return false;
		text += length + 1;
	}
	*list = (struct id_list){ids, count};
	return true;
}

static bool set_int(const struct field *field, const char *text, int64_t *value)
{
	return read_int(text, strlen(text), value) && *value >= field->min && *value <= field->max;
}

static bool set_field(
    struct arena *arena, const struct field *field, const char *text, void *object)
{
	void *member = (char *)object + field->offset;
	bool truth;

	switch (field->kind) {
	case FIELD_INT:
		return set_int(field, text, member);
	case FIELD_BOOL:
		return read_truth(text, member);
	case FIELD_FLAG:
		if (!read_truth(text, &truth))
			return false;
		*(int64_t *)member = truth;
		return true;
	case FIELD_TEXT:
		*(const char **)member = text;
		return text_acceptable(field, text);
	case FIELD_IDS:
		return read_ids(arena, field, text, member);
	case FIELD_JSON:
	case FIELD_TEXTS:
	case FIELD_ROWS:
		break;
	}
	assert(!"a kind of field that query strings do not have");
	return false;
}

static const struct error *refuse(struct arena *arena, const struct field *field)
{
	return error_field(arena, FAIL(INVALID), field->name);
}

/* One "key=value"; `seen` tells for each field whether it was given before. */
static const struct error *read_pair(struct arena *arena, const struct record *record,
    const char *pair, size_t length, bool *seen, void *object)
{
	const char *equals = memchr(pair, '=', length);
	size_t key_length = equals != NULL ? (size_t)(equals - pair) : length;
	const char *value = equals != NULL ? equals + 1 : pair + length;
	const char *key = url_decode(arena, pair, key_length, true);
	const char *text = url_decode(arena, value, (size_t)(pair + length - value), true);
	const struct field *field;

	if (key == NULL || text == NULL)
		return FAIL(BAD_REQUEST);
	field = record_field(record, key);
	if (field == NULL || field->need == FIELD_OUTPUT || field->need == FIELD_HIDDEN)
		return NULL;
	if (seen[field - record->fields] || !set_field(arena, field, text, object))
		return refuse(arena, field);
	seen[field - record->fields] = true;
	return NULL;
}

const struct error *query_fill(
    struct arena *arena, const struct record *record, const char *query, void *object)
{
	bool *seen = arena_array(arena, record->count + 1, sizeof(*seen));

	record_clear(record, object);
	while (*query != '\0') {
		size_t length = strcspn(query, "&");

		if (length > 0)
			TRY(read_pair(arena, record, query, length, seen, object));
		query += length;
		query += *query == '&';
	}
	for (size_t i = 0; i < record->count; i++)
		if (record->fields[i].need == FIELD_REQUIRED && !seen[i])
			return refuse(arena, &record->fields[i]);
	return NULL;
}
