/* Splitting SQL at its semicolons. */
#include "sql_script.h"
#include "arena.h"
#include <stdbool.h>
#include <string.h>

static const char *after(const char *text, const char *end)
{
	const char *found = strstr(text, end);

	return found == NULL ? text + strlen(text) : found + strlen(end);
}

/* A doubled quote inside needs no care: it ends one text and begins the next. */
static const char *after_quoted(const char *text)
{
	char quote = *text++;

	for (; *text != '\0' && *text != quote; text++)
		if (*text == '\\' && quote != '`' && text[1] != '\0')
			text++;
	return *text == '\0' ? text : text + 1;
}

static bool comment(const char *text)
{
	return *text == '#' || strncmp(text, "/*", 2) == 0 ||
	       (strncmp(text, "--", 2) == 0 && (text[2] == '\0' || strchr(" \t\n", text[2])));
}

static const char *after_comment(const char *text)
{
	return *text == '/' ? after(text, "*/") : after(text, "\n");
}

static const char *skip_blank(const char *text)
{
	for (;;) {
		text += strspn(text, " \t\r\n");
		if (!comment(text))
			return text;
		text = after_comment(text);
	}
}

static const char *statement_end(const char *text)
{
	while (*text != '\0' && *text != ';') {
		if (*text == '\'' || *text == '"' || *text == '`')
			text = after_quoted(text);
		else if (comment(text))
			text = after_comment(text);
		else
			text++;
	}
	return text;
}

static int count_lines(const char *from, const char *to)
{
	int lines = 0;

	for (; from < to; from++)
		lines += *from == '\n';
	return lines;
}

static size_t count_semicolons(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == ';';
	return count;
}

struct sql_script sql_script_split(struct arena *arena, const char *text)
{
	struct sql_statement *statements =
	    arena_array(arena, count_semicolons(text) + 1, sizeof(*statements));
	size_t count = 0;
	int line = 1;

	for (;;) {
		const char *start = skip_blank(text), *end = statement_end(start);

		line += count_lines(text, start);
		if (end > start)
			statements[count++] = (struct sql_statement){
			    arena_text_n(arena, start, (size_t)(end - start)), line};
		if (*end == '\0')
			return (struct sql_script){statements, count};
		line += count_lines(start, end);
		text = end + 1;
	}
}
