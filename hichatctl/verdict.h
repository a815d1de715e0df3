/* What `hichatctl check` found out: one line each, and whether it is good enough. */
#ifndef HICHAT_VERDICT_H
#define HICHAT_VERDICT_H

#include "tool.h"

struct check {
	struct tool *tool;
	const char *directory; /* of the migrations */
	int warnings;
	int failures;
};

enum verdict { VERDICT_OK, VERDICT_WARNING, VERDICT_FAILED };

/* "ok       database        MariaDB 10.11.19" */
void verdict(struct check *check, enum verdict verdict, const char *subject, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

/* Version, character set, schema, durability; skipped behind the first that makes the others moot.
 */
void check_database(struct check *check);
/* Redis and the live daemon. */
void check_live(struct check *check);
/* Directories and files that the programs write to. */
void check_paths(struct check *check);

/* Whether contents can be stored, read and removed. */
void check_media(struct check *check);

#endif
