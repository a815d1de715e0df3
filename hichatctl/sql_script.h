/* A file of SQL as its single statements, so that a failure can be told exactly.  Knows quotes
 * and comments; stored programs, which contain semicolons, have no place in a migration. */
#ifndef HICHAT_SQL_SCRIPT_H
#define HICHAT_SQL_SCRIPT_H

#include <stddef.h>

struct arena;

struct sql_statement {
	const char *text; /* without the semicolon and the comments before it */
	int line;
};

struct sql_script {
	const struct sql_statement *statements;
	size_t count;
};

/* All in the arena. */
struct sql_script sql_script_split(struct arena *arena, const char *text);

#endif
