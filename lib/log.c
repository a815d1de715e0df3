/* Structured log, see log.h.  A line is built on the stack and leaves by one write(2) to a file
 * opened for appending, so lines of threads and processes never mix and no lock is held. */
#include "log.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>
#include <unistr.h>

#define LINE_MAX_BYTES 4096 /* PIPE_BUF: a pipe takes it whole, too */
#define VALUE_MAX_BYTES 1024

static const char *const level_names[] = {"error", "warning", "info", "debug"};
static const int priorities[] = {LOG_ERR, LOG_WARNING, LOG_INFO, LOG_DEBUG};

/* Set at start, before there are threads; later only the level of what is open changes. */
static struct {
	char program[32];
	char path[4096]; /* "" : stderr or syslog */
	bool to_syslog;
	int fd;
	_Atomic enum log_level level;
} sink = {.program = "hichat", .fd = STDERR_FILENO, .level = LOG_LEVEL_INFO};

static int open_file(const char *path)
{
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
}

bool log_open(const char *program, const char *destination, enum log_level level)
{
	log_close();
	snprintf(sink.program, sizeof sink.program, "%s", program);
	atomic_store(&sink.level, level);
	if (strcmp(destination, "stderr") == 0)
		return true;
	if (strcmp(destination, "syslog") == 0) {
		openlog(sink.program, LOG_PID | LOG_NDELAY, LOG_DAEMON);
		sink.to_syslog = true;
		return true;
	}
	if ((size_t)snprintf(sink.path, sizeof sink.path, "%s", destination) < sizeof sink.path)
		sink.fd = open_file(sink.path);
	if (sink.fd >= 0 && sink.fd != STDERR_FILENO)
		return true;
	log_close();
	return false;
}

void log_reopen(void)
{
	int fd;

	if (sink.path[0] == '\0')
		return;
	fd = open_file(sink.path);
	if (fd < 0) {
		LOG(ERROR, "log file cannot be opened again, going on with the old one",
		    LOG_FIELD("path", sink.path), LOG_FIELD("reason", strerror(errno)));
		return;
	}
	/* Under the same number in one step: a thread that is writing notices nothing. */
	dup3(fd, sink.fd, O_CLOEXEC);
	close(fd);
}

void log_close(void)
{
	if (sink.to_syslog)
		closelog();
	if (sink.fd > STDERR_FILENO)
		close(sink.fd);
	sink.to_syslog = false;
	sink.path[0] = '\0';
	sink.fd = STDERR_FILENO;
}

static _Thread_local struct {
	char request_id[65]; /* what cgi/web takes from a web server, and the NUL */
	int64_t user_id;
} context;

void log_context(const char *request_id, int64_t user_id)
{
	snprintf(context.request_id, sizeof context.request_id, "%s",
	    request_id == NULL ? "" : request_id);
	context.user_id = user_id;
}

struct log_field log_text(const char *key, const char *text)
{
	return (struct log_field){key, text == NULL ? "" : text, 0};
}

struct log_field log_number(const char *key, int64_t number)
{
	return (struct log_field){key, NULL, number};
}

/* One line in the making.  `room` keeps a byte for the newline. */
struct line {
	char bytes[LINE_MAX_BYTES];
	size_t used;
};

static void put(struct line *line, const char *bytes, size_t length)
{
	/* Whole pieces only: half of an escape would be another text. */
	if (length > sizeof line->bytes - 1 - line->used)
		return;
	memcpy(line->bytes + line->used, bytes, length);
	line->used += length;
}

static void put_text(struct line *line, const char *text)
{
	put(line, text, strlen(text));
}

/* The bytes of the character at `text`, or 0 when it is not UTF-8; its code point in *c. */
static size_t character(const char *text, size_t length, ucs4_t *c)
{
	int size = u8_mbtoucr(c, (const uint8_t *)text, length);

	return size > 0 ? (size_t)size : 0;
}

static bool needs_quotes(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
		if (*c <= ' ' || *c == '"' || *c == '=' || *c == '\\' || *c >= 0x7f)
			return true;
	return *text == '\0';
}

static void put_escaped(struct line *line, const char *text, size_t size, ucs4_t c)
{
	char escape[8];

	if (c == '"' || c == '\\')
		snprintf(escape, sizeof escape, "\\%c", (char)c);
	else if (c == '\n' || c == '\r' || c == '\t')
		snprintf(escape, sizeof escape, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
	else if (size == 0) /* not UTF-8 */
		snprintf(escape, sizeof escape, "\\ufffd");
	else if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
		snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
	else {
		put(line, text, size);
		return;
	}
	put_text(line, escape);
}

static void put_quoted(struct line *line, const char *text)
{
	size_t length = strnlen(text, VALUE_MAX_BYTES + 4); /* a whole character past the cut */
	size_t most = length > VALUE_MAX_BYTES ? VALUE_MAX_BYTES : length;
	/* The closing quote and the mark of a cut must fit whatever the escapes grow to. */
	size_t last = sizeof line->bytes - sizeof "…\" \n" - sizeof "\\u0000";
	size_t at = 0;

	put_text(line, "\"");
	while (at < most && line->used < last) {
		ucs4_t c = 0;
		size_t size = character(text + at, length - at, &c);

		put_escaped(line, text + at, size, c);
		at += size > 0 ? size : 1;
	}
	put_text(line, text[at] == '\0' ? "\"" : "…\"");
}

static void put_value(struct line *line, const char *key, const char *text)
{
	/* A field that could not be closed is left out as a whole. */
	if (line->used + strlen(key) + 32 > sizeof line->bytes)
		return;
	put_text(line, line->used > 0 ? " " : "");
	put_text(line, key);
	put_text(line, "=");
	if (needs_quotes(text) || strlen(text) > VALUE_MAX_BYTES ||
	    line->used + strlen(text) + 2 > sizeof line->bytes)
		put_quoted(line, text);
	else
		put_text(line, text);
}

static void put_number(struct line *line, const char *key, int64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)number);
	put_value(line, key, text);
}

static void put_time(struct line *line)
{
	struct timespec now;
	struct tm utc;
	char seconds[32], text[64];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(text, sizeof text, "%s.%03dZ", seconds, (int)(now.tv_nsec / 1000000));
	put_value(line, "time", text);
}

static void emit(enum log_level level, struct line *line)
{
	if (sink.to_syslog) {
		syslog(priorities[level], "%.*s", (int)line->used, line->bytes);
		return;
	}
	line->bytes[line->used++] = '\n';
	/* A log that cannot be written must not stop the program: what is lost is lost. */
	while (write(sink.fd, line->bytes, line->used) < 0 && errno == EINTR)
		;
}

void log_write(
    enum log_level level, const char *message, const struct log_field *fields, size_t count)
{
	int saved = errno;
	struct line line = {.used = 0};

	if (level > atomic_load_explicit(&sink.level, memory_order_relaxed))
		return;
	if (!sink.to_syslog)
		put_time(&line);
	put_value(&line, "level", level_names[level]);
	put_value(&line, "program", sink.program);
	if (context.request_id[0] != '\0')
		put_value(&line, "request_id", context.request_id);
	if (context.user_id != 0)
		put_number(&line, "user", context.user_id);
	put_value(&line, "message", message);
	for (size_t i = 0; i < count; i++) {
		if (fields[i].text != NULL)
			put_value(&line, fields[i].key, fields[i].text);
		else
			put_number(&line, fields[i].key, fields[i].number);
	}
	emit(level, &line);
	errno = saved;
}
