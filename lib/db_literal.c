/* Parameters as SQL literals.  Texts are written in hexadecimal: no byte of a parameter ever
 * reaches the server's parser as SQL, whatever its settings, and `_utf8mb4 X'…'` compares and
 * uses indexes like any other literal. */
#include "db_literal.h"

#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEEP_MAX ((size_t)1024 * 1024)

static char *room(struct db_text *text, size_t length)
{
	if (text->size - text->length < length) {
		size_t size = (text->length + length) * 2;
		char *bytes = realloc(text->bytes, size);

		if (bytes == NULL) {
			fputs("out of memory\n", stderr);
			abort();
		}
		text->bytes = bytes;
		text->size = size;
	}
	return text->bytes + text->length;
}

static void append(struct db_text *text, const char *bytes, size_t length)
{
	memcpy(room(text, length), bytes, length);
	text->length += length;
}

static void append_text(struct db_text *text, const char *value)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t length = strlen(value);
	char *out;

	append(text, "_utf8mb4 X'", 11);
	out = room(text, length * 2);
	for (size_t i = 0; i < length; i++) {
		*out++ = digits[(unsigned char)value[i] >> 4];
		*out++ = digits[(unsigned char)value[i] & 15];
	}
	text->length += length * 2;
	append(text, "'", 1);
}

/* A batch of sends holds hundreds of them: snprintf() took a tenth of its time in here. */
static void append_integer(struct db_text *text, int64_t value)
{
	char digits[24];
	char *end = digits + sizeof(digits), *start = end;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		*--start = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest != 0);
	if (value < 0)
		*--start = '-';
	*--start = ' '; /* keeps a minus sign away from another one */
	append(text, start, (size_t)(end - start));
}

static bool append_value(struct db_text *text, const struct param *param)
{
	if (param->kind == PARAM_INT && param->integer != ABSENT) {
		append_integer(text, param->integer);
		return true;
	}
	if (param->kind != PARAM_TEXT || param->text == NULL) {
		append(text, "NULL", 4);
		return true;
	}
	if (!json_utf8_valid(param->text, strlen(param->text)))
		return false;
	append_text(text, param->text);
	return true;
}

static bool append_field(struct db_text *text, const struct field *field, const void *object)
{
	const void *member = (const char *)object + field->offset;
	struct param param;

	switch (field->kind) {
	case FIELD_INT:
	case FIELD_FLAG:
		param = P(*(const int64_t *)member);
		break;
	case FIELD_BOOL:
		param = P(*(const bool *)member);
		break;
	case FIELD_TEXT:
		param = P(*(const char *const *)member);
		break;
	case FIELD_JSON:
		param = P(*(const struct json_text *)member);
		break;
	default: /* lists are no columns */
		return false;
	}
	return append_value(text, &param);
}

/* …,… */
static bool append_fields(struct db_text *text, const struct record *record, const char *object)
{
	for (size_t i = 0; i < record->count; i++) {
		append(text, ",", i > 0 ? 1 : 0);
		if (!append_field(text, &record->fields[i], object))
			return false;
	}
	return true;
}

/* (…), (…) */
static bool append_rows(struct db_text *text, const struct rows *rows)
{
	const struct record *record = rows->record;

	for (size_t i = 0; i < rows->count; i++) {
		const char *object = (const char *)rows->items + i * record->size;

		append(text, i > 0 ? ", (" : "(", i > 0 ? 3 : 1);
		if (!append_fields(text, record, object))
			return false;
		append(text, ")", 1);
	}
	return rows->count > 0;
}

static bool append_param(struct db_text *text, const struct param *param)
{
	return param->kind == PARAM_ROWS ? append_rows(text, param->rows)
					 : append_value(text, param);
}

/* Past the end of a quoted string or name. */
static const char *skip_quoted(const char *next)
{
	char quote = *next++;

	for (; *next != '\0' && *next != quote; next++) {
		if (*next == '\\' && quote != '`' && next[1] != '\0')
			next++;
	}
	return *next == '\0' ? next : next + 1;
}

static const char *skip_until(const char *next, const char *end)
{
	const char *found = strstr(next, end);

	return found == NULL ? next + strlen(next) : found + strlen(end);
}

/* Past the part of a statement that starts here: a placeholder, or what holds none. */
static const char *skip_part(const char *next)
{
	if (*next == '?')
		return next + 1;
	if (*next == '\'' || *next == '"' || *next == '`')
		return skip_quoted(next);
	if (*next == '#' || strncmp(next, "-- ", 3) == 0)
		return skip_until(next, "\n");
	if (strncmp(next, "/*", 2) == 0)
		return skip_until(next, "*/");
	return next + 1 + strcspn(next + 1, "?'\"`#-/");
}

/* How a parameter is written where its placeholder stands. */
typedef bool writer(struct db_text *text, const struct param *param);

static bool fill(struct db_text *text, const char *sql, struct params params, writer *write)
{
	size_t used = 0;

	for (const char *next = sql, *end; *next != '\0'; next = end) {
		end = skip_part(next);
		if (*next != '?') {
			append(text, next, (size_t)(end - next));
			continue;
		}
		if (used == params.count || !write(text, &params.items[used++]))
			return false;
	}
	return used == params.count;
}

bool literal_append(struct db_text *text, const char *sql, struct params params)
{
	return fill(text, sql, params, append_param);
}

static bool append_placeholder(struct db_text *text, const struct param *param)
{
	if (param->kind != PARAM_ROWS) {
		append(text, "?", 1);
		return true;
	}
	for (size_t i = 0; i < param->rows->record->count; i++)
		append(text, i > 0 ? ",?" : "(?", 2);
	append(text, ")", 1);
	return true;
}

bool literal_placeholders(struct db_text *text, const char *sql, struct params params)
{
	return fill(text, sql, params, append_placeholder);
}

bool literal_execute(struct db_text *text, const char *name, struct params params)
{
	append(text, "EXECUTE ", 8);
	append(text, name, strlen(name));
	append(text, " USING", 6);
	for (size_t i = 0; i < params.count; i++) {
		const struct param *param = &params.items[i];

		append(text, i > 0 ? "," : " ", 1);
		if (!(param->kind == PARAM_ROWS
			    ? append_fields(text, param->rows->record, param->rows->items)
			    : append_value(text, param)))
			return false;
	}
	return true;
}

void literal_separate(struct db_text *text)
{
	append(text, ";\n", 2);
}

void literal_end(struct db_text *text)
{
	*room(text, 1) = '\0';
}

void literal_clear(struct db_text *text)
{
	if (text->size > KEEP_MAX) {
		free(text->bytes);
		*text = (struct db_text){NULL, 0, 0};
	}
	text->length = 0;
}
