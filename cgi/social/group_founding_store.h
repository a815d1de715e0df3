/* The SQL of keys with which groups were made. */
#ifndef HICHAT_GROUP_FOUNDING_STORE_H
#define HICHAT_GROUP_FOUNDING_STORE_H

#include "request.h"

struct group_founding {
	int64_t group_id;
	const char *draft; /* a hash of what was asked for */
};

/* What this person made with that key; 404 not_found. */
const struct error *group_founding_load(struct db *db, struct arena *arena, int64_t founder_id,
    const char *client_key, struct group_founding *founding);
/* Inside the transaction that makes the group.  409 conflict when another one uses the key. */
const struct error *group_founding_insert(struct db *db, int64_t founder_id, const char *client_key,
    const struct group_founding *founding);

#endif
