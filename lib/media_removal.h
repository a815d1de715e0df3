/* Removing media that nothing shows any more: the row, and what only it named in the media store.
 */
#ifndef HICHAT_MEDIA_REMOVAL_H
#define HICHAT_MEDIA_REMOVAL_H

#include "db.h"

struct media_store;

/* Within a transaction: removes a media that is unused and older than `before` (ms), and names its
 * contents no longer.  *removed false: it is used, too young, or gone. */
struct media_removal {
	int64_t id;
	const char *original; /* contents that it named; NULL: it had none of this kind */
	const char *thumbnail;
	const char *preview;
};
const struct error *media_remove(struct db *db, struct arena *arena, int64_t id, int64_t before,
    struct media_removal *media, bool *removed);

/* Within a transaction: removes a content, the file before the row, if it is unused.  Killed in
 * between, or rolled back, it is to be done again. */
const struct error *media_remove_content(
    struct db *db, struct media_store *store, struct arena *arena, const char *hash, bool *removed);

#endif
