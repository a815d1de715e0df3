/* The SQL of groups themselves.  What writes expects a transaction that holds group_lock(), but
 * for the group's birth. */
#ifndef HICHAT_GROUP_STORE_H
#define HICHAT_GROUP_STORE_H

#include "group.h"
#include "identity.h"

struct group_birth {
	int64_t owner_id;
	int64_t member_limit;
	struct identity_name name;
	const char *avatar; /* NULL: none */
	const char *description;
	const char *join_policy;
};

/* Inside a transaction: a group with its owner as the only member. */
const struct error *group_insert(struct db *db, const struct group_birth *birth, int64_t *id);
/* Inside a transaction that may bring people into a group: until it ends, none of them makes or
 * ends a friendship or a block, so that what was found out about them stays true. */
const struct error *group_hold_people(struct db *db, struct arena *arena, struct id_list users);
/* 403 not_friends, naming `field`, unless all of `users` but the person are friends of theirs and
 * no block stands between them.  Holds them. */
const struct error *group_check_friends(
    struct db *db, struct arena *arena, int64_t user_id, struct id_list users, const char *field);

/* The person's living groups, ascending by id, from above `after`. */
const struct error *group_page_of(
    struct request *req, int64_t after, int64_t limit, struct rows *page);
/* Living ones that may be found: by id, then (but for that one) by the beginning of the name, in
 * its order, from behind the group `after`; 0 or that one: from the first.  404 not_found when
 * `after` may not be found itself. */
const struct error *group_find_number(struct request *req, int64_t id, struct rows *found);
const struct error *group_find_prefix(struct request *req, const char *name_key, int64_t but,
    int64_t after, int64_t limit, struct rows *found);

const struct error *group_set_name(
    struct db *db, int64_t group_id, const struct identity_name *name);
const struct error *group_set_avatar(struct db *db, int64_t group_id, const char *avatar);
const struct error *group_set_description(struct db *db, int64_t group_id, const char *description);
const struct error *group_set_policy(
    struct db *db, int64_t group_id, const char *join_policy, bool findable, bool shares_history);
const struct error *group_set_mute_all(struct db *db, int64_t group_id, bool on);
/* Its author has read it. */
const struct error *group_set_announcement(
    struct db *db, int64_t group_id, int64_t author_id, const char *text, int64_t at);
/* Some of the members, ascending, from above `after`: whom an announcement by `author_id` is told,
 * which is nobody between whom and them a block stands. */
const struct error *group_hearers(struct db *db, struct arena *arena, int64_t group_id,
    int64_t author_id, int64_t after, int64_t limit, struct id_list *hearers);
/* The person has read what was announced until `up_to`, no later than the latest announcement. */
const struct error *group_mark_announcement(
    struct db *db, int64_t group_id, int64_t user_id, int64_t up_to);

#endif
