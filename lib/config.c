/* The configuration, see config.h: the table of every key, and how the file, the environment
 * and the defaults fill it.  What makes one value acceptable is in config_check.c. */
#include "config.h"
#include "arena.h"
#include "config_check.h"
#include "password.h"
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#ifndef HICHAT_CONFIG_PATH
#define HICHAT_CONFIG_PATH "/etc/hichat/hichat.conf"
#endif

#define DAY 86400
#define VALUE_ROOM 512

enum key_kind { KEY_TEXT, KEY_INT, KEY_BOOL };
enum key_flags { SECRET = 1, LIST = 2 /* may be given several times, joined by ", " */ };

struct key {
	const char *section, *name;
	size_t offset;
	enum key_kind kind;
	int64_t min, max; /* INT: value; TEXT: bytes */
	const char *fallback;
	unsigned flags;
	const char *(*check)(const char *text); /* TEXT: what would be right, NULL when it is */
};

#define KEY(section, name, ...)                                                      \
	{                                                                            \
#section, #name, offsetof(struct config, section.name),                            \
		    _Generic(((struct config *)0)->section.name, const char *                      \
			     : KEY_TEXT, int64_t                                                   \
			     : KEY_INT, bool                                                       \
			     : KEY_BOOL),                                                          \
		    __VA_ARGS__ \
	}
#define TEXT(section, name, min, max, fallback, flags, check) \
	KEY(section, name, min, max, fallback, flags, check)
#define INT(section, name, min, max, fallback) KEY(section, name, min, max, fallback, 0, NULL)
#define BOOL(section, name, fallback) KEY(section, name, 0, 1, fallback, 0, NULL)

static const struct key keys[] = {
    TEXT(database, host, 1, 255, "localhost", 0, NULL),
    INT(database, port, 1, 65535, "3306"),
    TEXT(database, socket, 0, 107, "", 0, check_socket),
    TEXT(database, user, 1, 80, "hichat", 0, NULL),
    TEXT(database, password, 0, 180, "", SECRET, NULL),
    TEXT(database, name, 1, 64, "hichat", 0, NULL),
    INT(database, connect_timeout, 1, 60, "3"),
    INT(database, query_timeout, 1, 300, "10"),

    BOOL(redis, enabled, "yes"),
    TEXT(redis, host, 1, 255, "127.0.0.1", 0, NULL),
    INT(redis, port, 1, 65535, "6379"),
    TEXT(redis, socket, 0, 107, "", 0, check_socket),
    TEXT(redis, password, 0, 180, "", SECRET, NULL),
    TEXT(redis, prefix, 1, 32, "hichat", 0, check_prefix),
    INT(redis, timeout_ms, 1, 10000, "100"),

    TEXT(auth, token_keys, 0, 4096, "", SECRET | LIST, NULL),
    TEXT(auth, issuer, 1, 64, "hichat", 0, NULL),
    INT(auth, access_ttl, 30, DAY, "600"),
    INT(auth, refresh_ttl, 300, 3650LL * DAY, "2592000"),
    BOOL(auth, secure_cookies, "yes"),
    INT(auth, scrypt_ln, 10, 20, "14"),
    INT(auth, scrypt_r, 1, 32, "8"),
    INT(auth, scrypt_p, 1, 16, "5"),

    TEXT(log, destination, 1, 180, "stderr", 0, check_destination),
    TEXT(log, level, 1, 16, "info", 0, check_level),

    INT(serve, workers, 0, 256, "0"),
    INT(serve, max_body, 1024, 262144, "65536"),
    TEXT(serve, runtime_directory, 1, 180, "/run/hichat", 0, check_directory),

    INT(chat, batch, 1, 1024, "128"),

    TEXT(live, url, 0, 180, "/live", 0, check_url),
    TEXT(live, listen, 1, 180, "127.0.0.1:7071", 0, check_listen),
    TEXT(live, metrics_listen, 0, 180, "127.0.0.1:7072", 0, check_listen),
    TEXT(live, origins, 0, 4096, "", LIST, check_origins),
    INT(live, heartbeat, 1, 300, "25"),
    INT(live, silence, 2, 900, "60"),
    INT(live, ack_timeout, 1, 300, "15"),
    INT(live, linger, 0, 3600, "120"),
    INT(live, queue_events, 32, 100000, "1000"),
    INT(live, queue_bytes, 65536, 67108864, "1048576"),
    INT(live, max_connections, 1, 1000000, "20000"),
    INT(live, per_user, 1, 1000, "20"),

    INT(limits, login_account, 0, 1000000, "10"),
    INT(limits, login_address, 0, 1000000, "100"),
    INT(limits, registrations, 0, 1000000, "20"),
    INT(limits, sends, 0, 1000000, "240"),
    INT(limits, searches, 0, 1000000, "60"),
    INT(limits, friend_requests, 0, 1000000, "60"),
};

#define KEY_COUNT (sizeof keys / sizeof keys[0])

/* What config_load() returns is the first member, so that config_free() finds the arena. */
struct loaded {
	struct config config;
	struct arena *arena;
};

struct loader {
	struct loaded *loaded;
	FILE *mistakes;
	const char *path;
	FILE *file;
	int line;
	int unread; /* a line that inih has not made sense of yet, 0: none */
	char *text; /* the line, grown by getline() */
	size_t room;
	int given[KEY_COUNT]; /* the line that set it, 0: none */
	bool failed;
};

static void mistake(struct loader *loader, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Line 0 is the whole file, -1 the environment. */
static void mistake(struct loader *loader, int line, const char *format, ...)
{
	va_list values;

	loader->failed = true;
	if (line > 0)
		fprintf(loader->mistakes, "%s:%d: ", loader->path, line);
	else
		fprintf(loader->mistakes, "%s: ", line < 0 ? "environment" : loader->path);
	va_start(values, format);
	vfprintf(loader->mistakes, format, values);
	va_end(values);
	fputc('\n', loader->mistakes);
}

static void *member(const struct config *config, const struct key *key)
{
	return (char *)config + key->offset;
}

static const char *text_of(const struct config *config, const struct key *key)
{
	return *(const char **)member(config, key);
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

static const char *shown(const struct key *key, const char *text)
{
	return (key->flags & SECRET) != 0 ? "…" : text;
}

static void set_text(struct loader *loader, const struct key *key, const char *text, int line)
{
	const char *advice = NULL;
	size_t length = strlen(text);

	for (const char *c = text; *c != '\0'; c++)
		if (iscntrl((unsigned char)*c))
			advice = "a text without control characters";
	if (key->check != NULL && length > 0 && advice == NULL)
		advice = key->check(text);
	if (length > (size_t)key->max)
		mistake(loader, line, "[%s] %s is too long: at most %d bytes are possible",
		    key->section, key->name, (int)key->max);
	else if (length < (size_t)key->min)
		mistake(loader, line,
		    "[%s] %s is empty: it needs a value, leave the line out for \"%s\"",
		    key->section, key->name, key->fallback);
	else if (advice != NULL)
		mistake(loader, line, "[%s] %s = %s: it must be %s", key->section, key->name,
		    shown(key, text), advice);
	else
		*(const char **)member(&loader->loaded->config, key) =
		    arena_text(loader->loaded->arena, text);
}

static void set_int(struct loader *loader, const struct key *key, const char *text, int line)
{
	int64_t value;

	if (read_int(text, &value) && value >= key->min && value <= key->max)
		*(int64_t *)member(&loader->loaded->config, key) = value;
	else
		mistake(loader, line, "[%s] %s = %s: it must be a whole number from %lld to %lld",
		    key->section, key->name, text, (long long)key->min, (long long)key->max);
}

static void set(struct loader *loader, const struct key *key, const char *text, int line)
{
	bool value;

	if (key->kind == KEY_TEXT)
		set_text(loader, key, text, line);
	else if (key->kind == KEY_INT)
		set_int(loader, key, text, line);
	else if (read_bool(text, &value))
		*(bool *)member(&loader->loaded->config, key) = value;
	else
		mistake(loader, line, "[%s] %s = %s: it must be yes or no", key->section, key->name,
		    text);
}

static void unknown_key(struct loader *loader, const char *section, const char *name)
{
	char known[1024] = "";
	size_t used = 0;

	for (const struct key *key = keys; key < keys + KEY_COUNT; key++)
		if (strcmp(key->section, section) == 0 && used < sizeof known)
			used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
			    used > 0 ? ", " : "", key->name);
	if (used > 0) {
		mistake(loader, loader->line, "unknown key %s in [%s], which has %s", name, section,
		    known);
		return;
	}
	for (const struct key *key = keys; key < keys + KEY_COUNT; key++)
		if (used == 0 || strcmp(key->section, key[-1].section) != 0)
			used += (size_t)snprintf(known + used, sizeof known - used, "%s[%s]",
			    used > 0 ? ", " : "", key->section);
	if (*section == '\0')
		mistake(loader, loader->line, "%s stands before any section: begin with one of %s",
		    name, known);
	else
		mistake(loader, loader->line, "unknown section [%s], there are %s", section, known);
}

static int on_value(void *context, const char *section, const char *name, const char *value)
{
	struct loader *loader = context;

	loader->unread = 0;
	for (size_t i = 0; i < KEY_COUNT; i++) {
		const struct key *key = &keys[i];

		if (strcmp(key->section, section) != 0 || strcmp(key->name, name) != 0)
			continue;
		if (loader->given[i] > 0 && (key->flags & LIST) != 0)
			value = arena_printf(loader->loaded->arena, "%s, %s",
			    text_of(&loader->loaded->config, key), value);
		else if (loader->given[i] > 0)
			mistake(loader, loader->line,
			    "[%s] %s was already given in line %d, keep one", section, name,
			    loader->given[i]);
		loader->given[i] = loader->line;
		set(loader, key, value, loader->line);
		return 1;
	}
	unknown_key(loader, section, name);
	return 1;
}

static void end_line(struct loader *loader)
{
	if (loader->unread > 0)
		mistake(loader, loader->unread,
		    "this is no [section], no \"key = value\" and no comment (; or #)");
	loader->unread = 0;
}

/* Reads for inih, which knows no line numbers, cuts long lines into two and takes an
 * indented line for more of the value above. */
static char *next_line(char *room, int size, void *context)
{
	struct loader *loader = context;
	ssize_t length;
	const char *text;

	end_line(loader);
	length = getline(&loader->text, &loader->room, loader->file);
	if (length < 0)
		return NULL;
	loader->line++;
	text = loader->text;
	if (loader->line == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	text += strspn(text, " \t\r\n\v\f");
	if (*text != '\0' && *text != ';' && *text != '#' && (*text != '[' || !strchr(text, ']')))
		loader->unread = loader->line;
	if (strlen(loader->text) == (size_t)length &&
	    snprintf(room, (size_t)size, "%s", text) < size)
		return room;
	if (strlen(loader->text) < (size_t)length)
		mistake(loader, loader->line, "this line holds a NUL byte, the file must be text");
	else
		mistake(loader, loader->line,
		    "this line is longer than %d bytes; a list may be given in several lines",
		    size - 2);
	loader->unread = 0;
	*room = '\0';
	return room;
}

static void read_environment(struct loader *loader)
{
	for (const struct key *key = keys; key < keys + KEY_COUNT; key++) {
		char name[64];
		const char *value;

		snprintf(name, sizeof name, "HICHAT_%s_%s", key->section, key->name);
		for (char *c = name; *c != '\0'; c++)
			*c = (char)toupper((unsigned char)*c);
		value = getenv(name);
		if (value != NULL)
			set(loader, key, value, -1);
	}
}

static void check_together(struct loader *loader)
{
	const struct config *config = &loader->loaded->config;
	int64_t memory = config->auth.scrypt_r << (config->auth.scrypt_ln + 7);

	if (config->live.silence <= config->live.heartbeat)
		mistake(loader, 0, "[live] silence = %lld must be more than heartbeat = %lld",
		    (long long)config->live.silence, (long long)config->live.heartbeat);
	if (config->auth.refresh_ttl <= config->auth.access_ttl)
		mistake(loader, 0, "[auth] refresh_ttl = %lld must be more than access_ttl = %lld",
		    (long long)config->auth.refresh_ttl, (long long)config->auth.access_ttl);
	if (memory > PASSWORD_MEMORY_MAX)
		mistake(loader, 0,
		    "[auth] scrypt_ln and scrypt_r ask for %lld MiB a password, at most %d are "
		    "possible",
		    (long long)(memory >> 20), PASSWORD_MEMORY_MAX >> 20);
	if (*config->live.metrics_listen != '\0' &&
	    strcmp(config->live.listen, config->live.metrics_listen) == 0)
		mistake(loader, 0,
		    "[live] listen and metrics_listen are both %s: give each its own",
		    config->live.listen);
}

/* A warning, not a mistake: shared hosting may leave no choice. */
static void warn_about_readers(const struct loader *loader)
{
	struct stat state;

	if (fstat(fileno(loader->file), &state) != 0 || (state.st_mode & S_IROTH) == 0)
		return;
	for (size_t i = 0; i < KEY_COUNT; i++)
		if ((keys[i].flags & SECRET) != 0 && loader->given[i] > 0) {
			fprintf(loader->mistakes,
			    "%s: warning: every user may read the secrets in it: chmod o-r it\n",
			    loader->path);
			return;
		}
}

static void read_file(struct loader *loader)
{
	loader->file = fopen(loader->path, "re");
	if (loader->file == NULL) {
		mistake(loader, 0,
		    "cannot be opened: %s. Copy hichat.conf.sample to it and edit that,"
		    " or name your file in HICHAT_CONFIG",
		    strerror(errno));
		return;
	}
	ini_parse_stream(next_line, loader, on_value, loader);
	end_line(loader);
	if (ferror(loader->file))
		mistake(loader, 0, "cannot be read: %s", strerror(errno));
	warn_about_readers(loader);
	fclose(loader->file);
	free(loader->text);
}

struct config *config_load(const char *path, FILE *mistakes)
{
	struct arena *arena = arena_new();
	struct loader loader = {.path = path, .mistakes = mistakes};

	if (loader.path == NULL)
		loader.path = getenv("HICHAT_CONFIG");
	if (loader.path == NULL || *loader.path == '\0')
		loader.path = HICHAT_CONFIG_PATH;
	loader.loaded = arena_alloc(arena, sizeof *loader.loaded);
	loader.loaded->arena = arena;
	for (const struct key *key = keys; key < keys + KEY_COUNT; key++)
		set(&loader, key, key->fallback, 0);
	read_file(&loader);
	read_environment(&loader);
	check_together(&loader);
	if (!loader.failed)
		return &loader.loaded->config;
	arena_free(&arena);
	return NULL;
}

void config_free(struct config **config)
{
	struct arena *arena;

	if (*config == NULL)
		return;
	arena = ((struct loaded *)*config)->arena;
	*config = NULL;
	arena_free(&arena);
}

void config_print(const struct config *config, FILE *out)
{
	for (const struct key *key = keys; key < keys + KEY_COUNT; key++) {
		const void *value = member(config, key);

		fprintf(out, "%s.%s = ", key->section, key->name);
		if (key->kind == KEY_INT)
			fprintf(out, "%lld\n", (long long)*(const int64_t *)value);
		else if (key->kind == KEY_BOOL)
			fprintf(out, "%s\n", *(const bool *)value ? "yes" : "no");
		else if ((key->flags & SECRET) != 0)
			fprintf(out, "%s\n", *text_of(config, key) != '\0' ? "(set)" : "(not set)");
		else
			fprintf(out, "%s\n", text_of(config, key));
	}
}
