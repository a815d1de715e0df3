/* The end of a post: its author deletes it, or an administrator. */
#ifndef HICHAT_MOMENT_END_H
#define HICHAT_MOMENT_END_H

#include "db.h"

/* Within a transaction that holds the post's row: nothing is left of it but its number. */
const struct error *moment_erase(struct db *db, int64_t id);

#endif
