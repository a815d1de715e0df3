/* The SQL of how far somebody has seen their feed. */
#ifndef HICHAT_TIMELINE_STORE_H
#define HICHAT_TIMELINE_STORE_H

#include "request.h"

/* Never goes back, nor beyond what is in the feed. */
const struct error *timeline_see(struct db *db, int64_t user_id, int64_t up_to);

#endif
