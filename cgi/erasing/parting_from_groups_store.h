/* The SQL of what becomes of somebody's groups. */
#ifndef HICHAT_PARTING_FROM_GROUPS_STORE_H
#define HICHAT_PARTING_FROM_GROUPS_STORE_H

#include "request.h"

/* One of those that the person is a member of, or asked to be; ABSENT: there is none. */
const struct error *parting_next(struct db *db, int64_t user_id, int64_t *group_id);
const struct error *parting_next_request(struct db *db, int64_t user_id, int64_t *group_id);

/* Inside a transaction that holds group_lock(): the oldest administrator, else the oldest member,
 * rather one who is not suspended, who cannot be erased until it ends; ABSENT: the person is the
 * last one.  *again: whom it was to be goes just now, too. */
const struct error *parting_heir(
    struct db *db, int64_t group_id, int64_t user_id, int64_t *heir, bool *again);

/* What the group keeps of a member of it who has gone. */
const struct error *parting_forget(struct db *db, int64_t group_id, int64_t user_id);
const struct error *parting_forget_requests(struct db *db, int64_t group_id, int64_t user_id);
/* What is left of the row of a group that nobody is in. */
const struct error *parting_scrub(struct db *db, int64_t group_id);
/* Of groups that the person has left before, and founded. */
const struct error *parting_forget_rest(struct db *db, int64_t user_id);

#endif
