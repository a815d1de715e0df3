/* The SQL of covers. */
#ifndef HICHAT_COVER_STORE_H
#define HICHAT_COVER_STORE_H

#include "post_media.h"

/* Of this person, none or one, as far as the caller sees it. */
const struct error *cover_load(struct request *req, int64_t user_id, struct rows *cover);

/* Within a transaction: *own: it is a picture of theirs, which stays until the commit. */
const struct error *cover_hold(struct db *db, int64_t user_id, int64_t media_id, bool *own);
const struct error *cover_set(struct db *db, int64_t user_id, int64_t media_id);

const struct error *cover_remove(struct db *db, int64_t user_id);

#endif
