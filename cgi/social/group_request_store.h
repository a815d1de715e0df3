/* The SQL of requests and invitations to join groups.  What writes expects to run in a transaction
 * that holds group_lock(). */
#ifndef HICHAT_GROUP_REQUEST_STORE_H
#define HICHAT_GROUP_REQUEST_STORE_H

#include "group_request.h"
#include "group_request_list.h"

/* How long a "no" lasts. */
#define GROUP_REQUEST_REST INT64_C(86400000)

/* 404 not_found when this group has no such request. */
const struct error *group_request_load(struct db *db, struct arena *arena, int64_t group_id,
    int64_t id, struct group_request *request);
/* The one that waits for an answer; 404 not_found. */
const struct error *group_request_pending(struct db *db, struct arena *arena, int64_t group_id,
    int64_t user_id, struct group_request *request);
/* When the last wish of this person to join was declined, or withdrawn; ABSENT: never. */
const struct error *group_request_ended_at(
    struct db *db, int64_t group_id, int64_t user_id, const char *status, int64_t *ended_at);

/* One that is too old makes room for the next. */
const struct error *group_request_expire(struct db *db, int64_t group_id, int64_t user_id);
const struct error *group_request_insert(
    struct db *db, int64_t group_id, int64_t user_id, const char *message, int64_t *id);
/* It is the person's own wish from now on, too, whoever proposed it.  message NULL: as it was. */
const struct error *group_request_adopt(struct db *db, int64_t id, const char *message);
/* status: declined | withdrawn. */
const struct error *group_request_end(struct db *db, int64_t id, const char *status, int64_t by);

/* The groups in which these two want something of each other, as the next one has it. */
const struct error *group_request_groups_between(
    struct db *db, struct arena *arena, int64_t one, int64_t other, struct id_list *groups);
/* Invitations and proposals of either that wait for an answer about the other end as if they had
 * never been answered; what they wish themselves goes on.  Needs friend_lock_pair_in()
 * those groups instead of a group's lock. */
const struct error *group_request_withdraw_between(struct db *db, int64_t one, int64_t other);

/* The owner and the administrators, ascending, in the arena, but for those who have blocked
 * `about`. */
const struct error *group_request_judges(
    struct db *db, struct arena *arena, int64_t group_id, int64_t about, struct id_list *judges);

/* Those that await the administrators, newest first, `limit` at most. */
const struct error *group_request_page(struct request *req, int64_t group_id,
    const struct group_request_query *query, int64_t limit, struct rows *page);

#endif
