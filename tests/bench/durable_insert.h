/* One row of `message`, durable, in a transaction of its own, straight through lib/db: the floor
 * that sending is compared with.  In a table of its own. */
#ifndef HICHAT_DURABLE_INSERT_H
#define HICHAT_DURABLE_INSERT_H

#include "db.h"

/* Makes the table anew, and drops it. */
const struct error *durable_insert_prepare(struct db *db);
const struct error *durable_insert_clear(struct db *db);

/* No two rows have the same conversation and seq. */
const struct error *durable_insert(struct db *db, int64_t conversation, int64_t seq);

#endif
