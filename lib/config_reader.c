/* Reads a configuration, see config_reader.h.  The syntax is inih's business; which key there is
 * and what may stand in it is said by the table. */
#include "config_reader.h"
#include "arena.h"
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

void config_mistake(struct config_reader *reader, const char *format, ...)
{
	va_list values;

	reader->failed = true;
	if (reader->variable != NULL)
		fprintf(reader->mistakes, "environment %s: ", reader->variable);
	else if (reader->line > 0)
		fprintf(reader->mistakes, "%s:%d: ", reader->path, reader->line);
	else
		fprintf(reader->mistakes, "%s: ", reader->path);
	va_start(values, format);
	vfprintf(reader->mistakes, format, values);
	va_end(values);
	fputc('\n', reader->mistakes);
}

static void *member(struct config_reader *reader, const struct config_key *key)
{
	return (char *)reader->values + key->offset;
}

static bool read_bool(const char *text, bool *value)
{
	static const char *const words[] = {"no", "yes", "off", "on", "false", "true", "0", "1"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		*value = i % 2 == 1;
		if (strcasecmp(text, words[i]) == 0)
			return true;
	}
	return false;
}

static bool read_int(const char *text, int64_t *value)
{
	char *end;

	if (*text != '-' && !isdigit((unsigned char)*text))
		return false;
	errno = 0;
	*value = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0';
}

static const char *shown(const struct config_key *key, const char *text)
{
	return (key->flags & KEY_SECRET) != 0 ? "…" : text;
}

static void set_text(struct config_reader *reader, const struct config_key *key, const char *text)
{
	const char *advice = NULL;
	size_t length = strlen(text);

	for (const char *c = text; *c != '\0'; c++)
		if (iscntrl((unsigned char)*c))
			advice = "a text without control characters";
	if (key->check != NULL && length > 0 && advice == NULL)
		advice = key->check(text);
	if (length > (size_t)key->max)
		config_mistake(reader, "[%s] %s is too long: at most %d bytes are possible",
		    key->section, key->name, (int)key->max);
	else if (length < (size_t)key->min)
		config_mistake(reader,
		    "[%s] %s is empty: it needs a value, leave the line out for \"%s\"",
		    key->section, key->name, key->fallback);
	else if (advice != NULL)
		config_mistake(reader, "[%s] %s = %s: it must be %s", key->section, key->name,
		    shown(key, text), advice);
	else
		*(const char **)member(reader, key) = arena_text(reader->arena, text);
}

static void set_int(struct config_reader *reader, const struct config_key *key, const char *text)
{
	int64_t value;

	if (read_int(text, &value) && value >= key->min && value <= key->max)
		*(int64_t *)member(reader, key) = value;
	else
		config_mistake(reader, "[%s] %s = %s: it must be a whole number from %lld to %lld",
		    key->section, key->name, text, (long long)key->min, (long long)key->max);
}

static void set(struct config_reader *reader, const struct config_key *key, const char *text)
{
	bool value;

	if (key->kind == KEY_TEXT)
		set_text(reader, key, text);
	else if (key->kind == KEY_INT)
		set_int(reader, key, text);
	else if (read_bool(text, &value))
		*(bool *)member(reader, key) = value;
	else
		config_mistake(
		    reader, "[%s] %s = %s: it must be yes or no", key->section, key->name, text);
}

void config_read_fallbacks(struct config_reader *reader)
{
	for (const struct config_key *key = reader->keys; key < reader->keys + reader->key_count;
	     key++)
		set(reader, key, key->fallback);
}

/* "host, port, socket …" of one section, or "[database], [redis] …" when there is no such section.
 */
static void list_known(
    const struct config_reader *reader, const char *section, char *known, size_t room)
{
	const char *last = "";
	size_t used = 0;

	*known = '\0';
	for (size_t i = 0; i < reader->key_count && used < room; i++) {
		const struct config_key *key = &reader->keys[i];

		if (section != NULL && strcmp(key->section, section) == 0)
			used += (size_t)snprintf(
			    known + used, room - used, "%s%s", used > 0 ? ", " : "", key->name);
		else if (section == NULL && strcmp(key->section, last) != 0)
			used += (size_t)snprintf(known + used, room - used, "%s[%s]",
			    used > 0 ? ", " : "", key->section);
		last = key->section;
	}
}

static void unknown_key(struct config_reader *reader, const char *section, const char *name)
{
	char known[512];

	list_known(reader, section, known, sizeof known);
	if (*known != '\0') {
		config_mistake(
		    reader, "unknown key \"%s\" in [%s], which has %s", name, section, known);
		return;
	}
	list_known(reader, NULL, known, sizeof known);
	if (*section == '\0')
		config_mistake(
		    reader, "%s stands before any section: begin with one of %s", name, known);
	else
		config_mistake(reader, "unknown section [%s], there are %s", section, known);
}

static int on_value(void *context, const char *section, const char *name, const char *value)
{
	struct config_reader *reader = context;

	reader->unread = false;
	for (size_t i = 0; i < reader->key_count; i++) {
		const struct config_key *key = &reader->keys[i];

		if (strcmp(key->section, section) != 0 || strcmp(key->name, name) != 0)
			continue;
		if (reader->given[i] > 0 && (key->flags & KEY_LIST) != 0)
			value = arena_printf(
			    reader->arena, "%s, %s", *(const char **)member(reader, key), value);
		else if (reader->given[i] > 0)
			config_mistake(reader, "[%s] %s was already given in line %d, keep one",
			    section, name, reader->given[i]);
		reader->given[i] = reader->line;
		set(reader, key, value);
		return 1;
	}
	unknown_key(reader, section, name);
	return 1;
}

static void end_line(struct config_reader *reader)
{
	if (reader->unread)
		config_mistake(
		    reader, "this is no [section], no \"key = value\" and no comment (; or #)");
	reader->unread = false;
}

/* Reads for inih, which knows no line numbers, cuts long lines into two and takes an
 * indented line for more of the value above. */
static char *next_line(char *room, int size, void *context)
{
	struct config_reader *reader = context;
	ssize_t length;
	const char *text;

	end_line(reader);
	length = getline(&reader->text, &reader->room, reader->file);
	if (length < 0)
		return NULL;
	reader->line++;
	text = reader->text;
	if (reader->line == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	text += strspn(text, " \t\r\n\v\f");
	if (*text != '\0' && *text != ';' && *text != '#' && (*text != '[' || !strchr(text, ']')))
		reader->unread = true;
	if (strlen(reader->text) == (size_t)length &&
	    snprintf(room, (size_t)size, "%s", text) < size)
		return room;
	if (strlen(reader->text) < (size_t)length)
		config_mistake(reader, "this line holds a NUL byte, the file must be text");
	else
		config_mistake(reader,
		    "this line is longer than %d bytes; a list may be given in several lines",
		    size - 2);
	reader->unread = false;
	*room = '\0';
	return room;
}

void config_read_environment(struct config_reader *reader)
{
	for (const struct config_key *key = reader->keys; key < reader->keys + reader->key_count;
	     key++) {
		char name[64];
		const char *value;

		snprintf(name, sizeof name, "HICHAT_%s_%s", key->section, key->name);
		for (char *c = name; *c != '\0'; c++)
			*c = (char)toupper((unsigned char)*c);
		value = getenv(name);
		reader->variable = name;
		if (value != NULL)
			set(reader, key, value);
		reader->variable = NULL;
	}
}

/* A warning, not a mistake: shared hosting may leave no choice. */
static void warn_about_readers(const struct config_reader *reader)
{
	struct stat state;

	if (fstat(fileno(reader->file), &state) != 0 || (state.st_mode & S_IROTH) == 0)
		return;
	for (size_t i = 0; i < reader->key_count; i++)
		if ((reader->keys[i].flags & KEY_SECRET) != 0 && reader->given[i] > 0) {
			fprintf(reader->mistakes,
			    "%s: warning: every user may read the secrets in it: chmod o-r it\n",
			    reader->path);
			return;
		}
}

void config_read_file(struct config_reader *reader)
{
	reader->file = fopen(reader->path, "re");
	if (reader->file == NULL) {
		config_mistake(reader,
		    "cannot be opened: %s. Copy hichat.conf.sample to it and edit that,"
		    " or name your file in HICHAT_CONFIG",
		    strerror(errno));
		return;
	}
	ini_parse_stream(next_line, reader, on_value, reader);
	end_line(reader);
	reader->line = 0;
	if (ferror(reader->file))
		config_mistake(reader, "cannot be read: %s", strerror(errno));
	warn_about_readers(reader);
	fclose(reader->file);
	free(reader->text);
}
