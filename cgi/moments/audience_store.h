/* The SQL of audiences.  What writes expects to run in a transaction that holds the post's row. */
#ifndef HICHAT_AUDIENCE_STORE_H
#define HICHAT_AUDIENCE_STORE_H

#include "request.h"

/* People and tags of the author's friends, as JSON lists. */
struct audience_names {
	int64_t author_id;
	const char *users;
	const char *tags;
};

/* *strangers: a user is named who is no friend. */
const struct error *audience_has_strangers(
    struct db *db, const struct audience_names *names, bool *strangers);
/* The users, and the friends who have one of the tags now. */
const struct error *audience_allow(
    struct db *db, int64_t post_id, const struct audience_names *names);
const struct error *audience_exclude(
    struct db *db, int64_t post_id, const struct audience_names *names);
/* And those who get one of them later. */
const struct error *audience_exclude_tags(
    struct db *db, int64_t post_id, const struct audience_names *names);
/* *listed: somebody is allowed. */
const struct error *audience_lists_anybody(struct db *db, int64_t post_id, bool *listed);

/* *exceeds: somebody is named whom the post does not allow. */
const struct error *audience_exceeds(
    struct db *db, int64_t post_id, const struct audience_names *names, bool *exceeds);
/* Only those allowed who are named stay so. */
const struct error *audience_keep(
    struct db *db, int64_t post_id, const struct audience_names *names);
/* *excluded: somebody is named whom the post keeps out. */
const struct error *audience_names_excluded(
    struct db *db, int64_t post_id, const struct audience_names *names, bool *excluded);
/* *forgives: somebody or a tag that the post keeps out is not named. */
const struct error *audience_forgives(
    struct db *db, int64_t post_id, const struct audience_names *names, bool *forgives);

const struct error *audience_users(
    struct request *req, int64_t post_id, bool allowed, struct id_list *users);
const struct error *audience_tags(struct request *req, int64_t post_id, struct rows *tags);

#endif
