/* Structured log, one logfmt line an event: time, level, program, request_id,
 * user, message, then the fields given.  To stderr, syslog or a file (reopened on
 * SIGHUP by log_reopen()).  Never log a password, token, cookie or message body. */
#ifndef HICHAT_LOG_H
#define HICHAT_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

struct log_field {
	const char *key;
	const char *text; /* NULL: use the number */
	int64_t number;
};

/* destination: "stderr", "syslog" or a path.  False when the file cannot be opened (then stderr
 * serves). */
bool log_open(const char *program, const char *destination, enum log_level level);
void log_reopen(void);
void log_close(void);

/* What every line of this thread carries from now on; NULL and 0 for none.  The text is copied. */
void log_context(const char *request_id, int64_t user_id);

void log_write(
    enum log_level level, const char *message, const struct log_field *fields, size_t count);

struct log_field log_text(const char *key, const char *text);
struct log_field log_number(const char *key, int64_t number);

#define LOG_FIELD(key, value) \
	_Generic((value), const char *                                                             \
		 : log_text, char *                                                                \
		 : log_text, int                                                                   \
		 : log_number, unsigned                                                            \
		 : log_number, size_t                                                              \
		 : log_number, int64_t                                                             \
		 : log_number)(key, value)

/* LOG(INFO, "request", LOG_FIELD("status", 200), LOG_FIELD("path", path)) */
#define LOG(level, ...) LOG_FIELDS(level, __VA_ARGS__, {NULL, NULL, 0})
#define LOG_FIELDS(level, message, ...)                                                \
	log_write(LOG_LEVEL_##level, message, (const struct log_field[]){__VA_ARGS__}, \
	    sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field) - 1)

#endif
