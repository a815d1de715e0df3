/* SQL of sweeping and checking the media store. */
#ifndef HICHAT_MEDIA_SWEEP_STORE_H
#define HICHAT_MEDIA_SWEEP_STORE_H

#include "db.h"

/* Media that nothing refers to and that are older than `before` (ms), ascending, after `after`. */
const struct error *stale_media_ids(
    struct db *db, struct arena *arena, int64_t after, int64_t before, struct id_list *ids);

/* Uploads in pieces that began before `before`, ascending. */
const struct error *stale_upload_ids(
    struct db *db, struct arena *arena, int64_t before, struct id_list *ids);
const struct error *stale_upload_remove(struct db *db, int64_t id);

/* Of contents whose count of users is not what the rows of `media` say; hashes. */
const struct error *miscounted_contents(struct db *db, struct arena *arena, struct rows *contents);
/* Of media that name a content which has no row. */
const struct error *dangling_media_ids(struct db *db, struct arena *arena, struct id_list *ids);

#endif
