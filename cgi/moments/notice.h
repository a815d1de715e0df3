/* What people are told of likes and comments: stored, counted apart from everything else, and gone
 * with what it tells of. */
#ifndef HICHAT_NOTICE_H
#define HICHAT_NOTICE_H

#include "comment_store.h"

struct notice_mark {
	int64_t up_to;
};
extern const struct record notice_mark_record;

/* Within the transaction that stores what they tell of: ids are ABSENT where nobody is told,
 * because they have muted the post, do not see it, or do not hear what was said. */
const struct error *notice_add_like(
    struct db *db, int64_t owner_id, int64_t post_id, int64_t author_id, int64_t *id);
/* To the owner and to whom it answers. */
const struct error *notice_add_comment(
    struct db *db, int64_t owner_id, const struct comment *comment, int64_t ids[2]);

/* After the commit, to the receiver's devices: {"event":"notification", …}. */
void notice_deliver(struct request *req, int64_t id);

const struct error *notice_list(struct request *req);
const struct error *notice_read(struct request *req);

#endif
