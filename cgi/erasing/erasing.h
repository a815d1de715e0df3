/* Erasing an account.  It begins with one transaction: from its commit on nobody can log in, nobody
 * sees anything but "deleted", and the name is nobody's any more.  What is stored of the person
 * goes after that, by a table of steps, a page of rows at a time, and how far it has come is
 * stored: killed anywhere, or where the database fails, it goes on with whoever comes next.
 *
 * All steps are gone through once more when no access token from before can be good any longer: a
 * request that was under way when it began may have stored something. */
#ifndef HICHAT_ERASING_H
#define HICHAT_ERASING_H

#include "request.h"

/* Inside a transaction.  *begun: it has, now or before; false for an unknown user and, where
 * `only_due`, for one who need not go yet, or is suspended. */
const struct error *erasing_begin(
    struct db *db, struct arena *arena, int64_t user_id, bool only_due, bool *begun);

enum erasing_state {
	ERASING_IDLE, /* there is nothing to do now */
	ERASING_BUSY, /* another process is just at it */
	ERASING_LEFT, /* there is more to do */
	ERASING_OVER  /* nothing is left of the person, as far as can be known yet */
};

struct media_store;

/* Whose connections and whose store it works with. */
struct erasing_means {
	const struct request *of;
	struct media_store *store;
};

/* Goes on with this person for about so long.  What fails was logged, and is tried again a minute
 * later. */
const struct error *erasing_go_on(const struct erasing_means *means, int64_t user_id,
    int64_t milliseconds, enum erasing_state *state);

/* The same with whoever is due; begins what has to begin. */
const struct error *erasing_work(
    const struct erasing_means *means, int64_t milliseconds, enum erasing_state *state);

#endif
