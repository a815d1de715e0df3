/* What may be in whose feed.  What of it is seen, the rule says when it is read (moment_rule.h). */
#ifndef HICHAT_MOMENT_FEED_H
#define HICHAT_MOMENT_FEED_H

#include "request.h"

/* Two who have become friends, within the transaction that made them so and holds both their rows:
 * what the one has posted comes into the other's feed, at its place. */
const struct error *moment_feed_join(struct db *db, int64_t one, int64_t other);

/* *unread: notifications of moments that the person has not read, as far as what they tell of is
 * visible to them; 100 stands for that many or more. */
const struct error *moment_feed_unread(struct db *db, int64_t user_id, int64_t *unread);
/* *fresh: there are posts of others that they have not seen. */
const struct error *moment_feed_fresh(struct db *db, int64_t user_id, bool *fresh);

#endif
