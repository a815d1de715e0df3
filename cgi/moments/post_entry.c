/* The locks and the look that everything written below a post begins with. */
#include "post_entry.h"
#include "moment_rule.h"
#include <string.h>

static const char SQL_AUTHOR[] = "SELECT author_id FROM moment WHERE id = ?";
static const char SQL_HOLD_PERSON[] =
    "SELECT id FROM user WHERE id = ? AND deleted_at IS NULL LOCK IN SHARE MODE";
static const char SQL_HOLD_POST[] = "SELECT id FROM moment WHERE id = ? LOCK IN SHARE MODE";

const struct error *post_entry_person(struct db *db, int64_t user_id)
{
	bool exists;

	TRY(db_exists(db, &exists, SQL_HOLD_PERSON, PARAMS(P(user_id))));
	return exists ? NULL : FAIL(NOT_FOUND);
}

static void order(int64_t *one, int64_t *other)
{
	int64_t smaller = *one < *other ? *one : *other;

	*other = *one < *other ? *other : *one;
	*one = smaller;
}

/* Ascending, as everybody locks people. */
static const struct error *hold_people(struct db *db, int64_t one, int64_t two, int64_t three)
{
	order(&one, &two);
	order(&two, &three);
	order(&one, &two);
	TRY(post_entry_person(db, one));
	if (two != one)
		TRY(post_entry_person(db, two));
	return three != two ? post_entry_person(db, three) : NULL;
}

const struct error *post_entry(
    struct db *db, int64_t user_id, int64_t post_id, int64_t third, int64_t *author_id)
{
	bool visible;

	TRY(db_int(db, author_id, SQL_AUTHOR, PARAMS(P(post_id))));
	if (*author_id == ABSENT)
		return FAIL(NOT_FOUND);
	TRY(hold_people(db, user_id, *author_id, third != ABSENT ? third : user_id));
	TRY(db_exists(db, &visible, SQL_HOLD_POST, PARAMS(P(post_id))));
	TRY(moment_visible(db, user_id, post_id, &visible));
	return visible ? NULL : FAIL(NOT_FOUND);
}

const struct error *post_entry_once(struct db *db, const char *client_key,
    const struct error *(*work)(struct db *db, void *context), void *context)
{
	const struct error *error = db_transaction(db, client_key != NULL, work, context);
	const char *violated = db_violated_key(db);

	if (!error_is(error, FAIL(CONFLICT)) || violated == NULL ||
	    strcmp(violated, "client_key") != 0)
		return error;
	return db_transaction(db, true, work, context);
}
