/* What audiences may be, and that they only become narrower.  Whom they let see a post is said in
 * moment_rule.h. */
#include "audience.h"
#include "audience_store.h"
#include "shown_text.h"
#include <string.h>

#define TAG_MAX 16 /* code points, as tags of friends have */

static const struct error *refuse(struct request *req, const char *field)
{
	return error_field(req->arena, FAIL(INVALID), field);
}

static bool is(const char *kind, const char *one)
{
	return strcmp(kind, one) == 0;
}

static bool names_people(const char *kind)
{
	return is(kind, "only") || is(kind, "except");
}

const struct error *audience_check(struct request *req, const struct audience *audience)
{
	size_t users = audience->users.count, tags = audience->tags.count;

	if (!names_people(audience->kind) && users > 0)
		return refuse(req, "user_ids");
	if (!names_people(audience->kind) && tags > 0)
		return refuse(req, "tags");
	if (names_people(audience->kind) && users + tags == 0)
		return refuse(req, "user_ids");
	for (size_t i = 0; i < tags; i++) {
		const char *tag = audience->tags.texts[i];

		if (!shown_text_visible(tag) || json_utf8_length(tag) > TAG_MAX)
			return refuse(req, "tags");
	}
	return NULL;
}

static struct audience_names names_of(struct request *req, const struct audience *audience)
{
	return (struct audience_names){
	    .author_id = req->user_id,
	    .users = json_ids(req->arena, audience->users.ids, audience->users.count),
	    .tags = json_texts(req->arena, &audience->tags),
	};
}

/* Whoever is no friend cannot be let in; to keep somebody out they need not be one yet. */
static const struct error *allow(
    struct db *db, struct request *req, int64_t post_id, const struct audience_names *names)
{
	bool strangers, listed;

	TRY(audience_has_strangers(db, names, &strangers));
	if (strangers)
		return refuse(req, "user_ids");
	TRY(audience_allow(db, post_id, names));
	TRY(audience_lists_anybody(db, post_id, &listed));
	return listed ? NULL : refuse(req, "user_ids");
}

static const struct error *exclude(
    struct db *db, int64_t post_id, const struct audience_names *names)
{
	TRY(audience_exclude(db, post_id, names));
	return audience_exclude_tags(db, post_id, names);
}

const struct error *audience_store(
    struct db *db, struct request *req, int64_t post_id, const struct audience *audience)
{
	const struct audience_names names = names_of(req, audience);

	if (is(audience->kind, "only"))
		return allow(db, req, post_id, &names);
	if (is(audience->kind, "except"))
		return exclude(db, post_id, &names);
	return NULL;
}

static const struct error *refuse_wider(struct request *req)
{
	return error_field(req->arena, FAIL(CONFLICT), "audience");
}

/* Of an `only` a part; of anything wider whoever is not kept out by now. */
static const struct error *narrow_to_some(
    struct db *db, struct request *req, const struct post *post, const struct audience_names *names)
{
	bool wider;

	if (is(post->audience, "only")) {
		TRY(audience_exceeds(db, post->id, names, &wider));
		return wider ? refuse_wider(req) : audience_keep(db, post->id, names);
	}
	TRY(audience_names_excluded(db, post->id, names, &wider));
	return wider ? refuse_wider(req) : allow(db, req, post->id, names);
}

/* Whom it keeps out already it goes on keeping out, named again or not; but who does not name them
 * wants something wider. */
static const struct error *narrow_to_others(
    struct db *db, struct request *req, const struct post *post, const struct audience_names *names)
{
	bool wider = is(post->audience, "only");

	if (is(post->audience, "except"))
		TRY(audience_forgives(db, post->id, names, &wider));
	return wider ? refuse_wider(req) : exclude(db, post->id, names);
}

const struct error *audience_narrow(
    struct db *db, struct request *req, const struct post *post, const struct audience *audience)
{
	const struct audience_names names = names_of(req, audience);

	if (is(post->audience, "private") && !is(audience->kind, "private"))
		return refuse_wider(req);
	if (is(audience->kind, "friends") && !is(post->audience, "friends"))
		return refuse_wider(req);
	if (is(audience->kind, "only"))
		TRY(narrow_to_some(db, req, post, &names));
	if (is(audience->kind, "except"))
		TRY(narrow_to_others(db, req, post, &names));
	return post_set_audience(db, post->id, audience->kind);
}

const struct error *audience_lists(
    struct request *req, const struct post *post, struct id_list *users, struct rows *tags)
{
	TRY(audience_users(req, post->id, is(post->audience, "only"), users));
	return audience_tags(req, post->id, tags);
}
