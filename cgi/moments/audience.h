/* Whom a post is for.  An audience never widens: whom an `only` names is settled when it is posted;
 * whom an `except` names stays out for good, and so does whoever gets one of its tags later. */
#ifndef HICHAT_AUDIENCE_H
#define HICHAT_AUDIENCE_H

#include "post_store.h"

#define AUDIENCES "friends private only except"

/* As it was sent. */
struct audience {
	const char *kind;      /* one of AUDIENCES */
	struct id_list users;  /* ABSENT lists: none */
	struct text_list tags; /* of the author's friends */
};

#define AUDIENCE_USERS_MAX 5000
#define AUDIENCE_TAGS_MAX 10

/* Before the transaction: 422 invalid_field naming "user_ids" or "tags" where the kind and the
 * lists contradict each other. */
const struct error *audience_check(struct request *req, const struct audience *audience);

/* Within it: stores whom it names.  422 invalid_field "user_ids" when an `only` names somebody who
 * is no friend, or nobody at all. */
const struct error *audience_store(
    struct db *db, struct request *req, int64_t post_id, const struct audience *audience);
/* The same for a post that has one and whose row is locked: 409 conflict "audience" when it would
 * not be narrower, or as it is. */
const struct error *audience_narrow(
    struct db *db, struct request *req, const struct post *post, const struct audience *audience);

/* For the author: whom the audience names, ascending, and by which tags. */
const struct error *audience_lists(
    struct request *req, const struct post *post, struct id_list *users, struct rows *tags);

/* A row of the tags above. */
struct audience_tag {
	const char *tag;
};

#endif
