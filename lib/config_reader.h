/* Fills values from the file, the environment and the defaults, by a table of keys; for
 * config.c only.  A mistake is told with its place and what would be right, and reading goes on,
 * so that all are told at once. */
#ifndef HICHAT_CONFIG_READER_H
#define HICHAT_CONFIG_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;

enum key_kind { KEY_TEXT, KEY_INT, KEY_BOOL };

enum key_flags {
	KEY_SECRET = 1, /* never shown */
	KEY_LIST = 2	/* may be given several times, the values are joined by ", " */
};

struct config_key {
	const char *section, *name;
	size_t offset; /* of the member in struct config */
	enum key_kind kind;
	int64_t min, max; /* INT: value; TEXT: bytes */
	const char *fallback;
	unsigned flags;
	const char *(*check)(const char *text); /* TEXT: what would be right, NULL when it is */
};

struct config_reader {
	const struct config_key *keys;
	size_t key_count;
	int *given;	     /* a number a key: the line that set it, 0: none */
	void *values;	     /* the struct config */
	struct arena *arena; /* of the texts in it */
	const char *path;
	FILE *mistakes;
	bool failed;

	FILE *file;
	int line;	      /* in the file, 0: not reading it */
	bool unread;	      /* a line that inih has made nothing of yet */
	const char *variable; /* of the environment, NULL: not reading it */
	char *text;	      /* the line, grown by getline() */
	size_t room;
};

void config_read_fallbacks(struct config_reader *reader);
void config_read_file(struct config_reader *reader);
void config_read_environment(struct config_reader *reader);

/* At the place that is being read, or of the whole file. */
void config_mistake(struct config_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
