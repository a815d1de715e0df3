/* The SQL of single members of groups; joining and leaving is in membership.h.  What writes
 * expects a transaction that holds group_lock(). */
#ifndef HICHAT_GROUP_MEMBER_STORE_H
#define HICHAT_GROUP_MEMBER_STORE_H

#include "request.h"

struct group_member {
	int64_t user_id;
	const char *role;
	const char *nickname; /* in the group; "": the person's own */
	int64_t joined_at;
	int64_t muted_until;
};
extern const struct record group_member_record;

/* 404 not_found when the person is no member. */
const struct error *group_member_load(struct db *db, struct arena *arena, int64_t group_id,
    int64_t user_id, struct group_member *member);

/* Whether the member's account can do anything: it is neither suspended nor deleted. */
const struct error *group_member_acts(struct db *db, int64_t user_id, bool *acts);

/* Ascending by user, from above `after`. */
const struct error *group_member_page(
    struct request *req, int64_t group_id, int64_t after, int64_t limit, struct rows *page);
const struct error *group_member_page_of_role(struct request *req, int64_t group_id,
    const char *role, int64_t after, int64_t limit, struct rows *page);
const struct error *group_member_find(struct request *req, int64_t group_id, struct id_list ids,
    int64_t after, int64_t limit, struct rows *found);

/* How many of `users` are owner and administrators. */
struct group_ranks {
	int64_t owners;
	int64_t admins;
};
const struct error *group_member_ranks(struct db *db, struct arena *arena, int64_t group_id,
    struct id_list users, struct group_ranks *ranks);

const struct error *group_member_set_role(
    struct db *db, int64_t group_id, int64_t user_id, const char *role);
const struct error *group_member_set_nickname(
    struct db *db, int64_t group_id, int64_t user_id, const char *nickname);
const struct error *group_member_set_muted(
    struct db *db, int64_t group_id, int64_t user_id, int64_t until);

#endif
