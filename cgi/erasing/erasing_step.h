/* The steps of erasing.  Private to cgi/erasing.
 *
 * A step does a page of its work within the caller's transaction, and says whether there is more.
 * What it tells others it keeps for tell(), after the commit. */
#ifndef HICHAT_ERASING_STEP_H
#define HICHAT_ERASING_STEP_H

#include "request.h"

#define ERASING_PAGE "500" /* rows */

struct media_store;

struct erasure {
	struct request *req; /* in the name of who is erased */
	struct media_store *store;
	bool more;			       /* of this step */
	void (*tell)(struct erasure *erasure); /* NULL: nobody is told */
	void *news;			       /* of what, in the arena */
};

struct erasing_step {
	const char *name;
	const struct error *(*work)(struct db *db, struct erasure *erasure);
};

const struct error *ending_sessions(struct db *db, struct erasure *erasure);
const struct error *removing_moments(struct db *db, struct erasure *erasure);
const struct error *parting_from_groups(struct db *db, struct erasure *erasure);
const struct error *withdrawing_from_groups(struct db *db, struct erasure *erasure);
const struct error *parting_from_friends(struct db *db, struct erasure *erasure);
const struct error *removing_ties(struct db *db, struct erasure *erasure);
const struct error *removing_notices(struct db *db, struct erasure *erasure);
const struct error *removing_streams(struct db *db, struct erasure *erasure);
const struct error *removing_stickers(struct db *db, struct erasure *erasure);
const struct error *removing_media(struct db *db, struct erasure *erasure);

/* Statements about one id, of a person or a conversation, which each of their `?` is.  Those that
 * are paged take ERASING_PAGE rows at most. */
struct sweep {
	const char *sql;
	int places; /* how many `?` it has */
	bool paged;
};
#define SWEEP_PLACES 4

/* In their order, up to and including the first that found a whole page: then *more. */
const struct error *erasing_sweep(
    struct db *db, int64_t id, const struct sweep *sweeps, size_t count, bool *more);
#define SWEEP(db, id, sweeps, more) \
	erasing_sweep(db, id, sweeps, sizeof(sweeps) / sizeof((sweeps)[0]), more)

/* Everything that was said in a conversation which nobody can read any more, by pages. */
const struct error *stream_remove(struct db *db, int64_t conversation, bool *more);

/* {"event":"profile","user":U}: that there is nobody any more. */
struct json_object *gone_event(struct request *req);

#endif
