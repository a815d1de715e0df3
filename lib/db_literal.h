/* Inside of db: parameters as SQL literals, for the one kind of query that cannot be prepared.
 * Only db*.c includes this. */
#ifndef HICHAT_DB_LITERAL_H
#define HICHAT_DB_LITERAL_H

#include "db_link.h"

/* Appends the statement with every placeholder replaced; false when there are not as many of
 * them as parameters, or a text is not UTF-8. */
bool literal_append(struct db_text *text, const char *sql, struct params params);
/* Appends the statement as it is to be prepared: one row becomes as many placeholders as it has
 * fields.  False as above. */
bool literal_placeholders(struct db_text *text, const char *sql, struct params params);
/* Appends the running of the statement that was prepared so; false when a text is not UTF-8. */
bool literal_execute(struct db_text *text, const char *name, struct params params);
void literal_separate(struct db_text *text);
/* Makes `bytes` a string. */
void literal_end(struct db_text *text);
/* Empties it; gives memory back that only an unusual query needed. */
void literal_clear(struct db_text *text);

#endif
