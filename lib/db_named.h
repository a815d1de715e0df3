/* Inside of db: statements that the server keeps prepared under a name, so that it can run them
 * among the steps of one round trip without reading them anew.  Only db*.c includes this. */
#ifndef HICHAT_DB_NAMED_H
#define HICHAT_DB_NAMED_H

#include "db_link.h"

/* Prepares the step on this connection unless that was done.  *name is for literal_execute();
 * NULL: it shall be sent as a text. */
const struct error *named_find(struct db *db, const struct db_step *step, const char **name);
/* The connection is gone, and the names with it. */
void named_forget(struct named_table *table);

#endif
