/* The steps in their order, and who goes on with them.
 *
 * Each page is a transaction that holds the person's row of `erasing` before anything else; nobody
 * waits for that row, so whoever finds it held goes away.  A page may be done twice, when its
 * commit was lost: every step looks for what is still there. */
#include "erasing.h"
#include "account.h"
#include "clock.h"
#include "erasing_step.h"
#include "erasing_store.h"
#include "errand.h"
#include <string.h>

#define PAUSE_MS 60000 /* after a failure */

static const struct erasing_step steps[] = {
    {"sessions", ending_sessions},
    {"moments", removing_moments}, /* feeds are found by friendships */
    {"groups", parting_from_groups}, {"requests", withdrawing_from_groups},
    {"friends", parting_from_friends}, {"ties", removing_ties}, {"notices", removing_notices},
    {"streams", removing_streams}, {"stickers", removing_stickers},
    {"media", removing_media}, /* what no message carries, and no post shows, by now */
};

#define STEP_COUNT (sizeof(steps) / sizeof(steps[0]))

const struct error *erasing_begin(
    struct db *db, struct arena *arena, int64_t user_id, bool only_due, bool *begun)
{
	struct account_ending ending = {user_id, ABSENT, ABSENT};
	int64_t now = clock_wall_ms();
	struct id_list ended;
	bool there;

	TRY(erasing_person_lock(db, user_id, only_due ? now : ABSENT, &there));
	if (!there)
		return erasing_exists(db, user_id, begun);
	*begun = true;
	TRY(erasing_name_keep(db, user_id));
	TRY(erasing_person_scrub(db, user_id, now));
	TRY(account_remove_second_factor(db, user_id));
	TRY(account_end_sessions(db, arena, &ending, &ended));
	return erasing_insert(db, user_id, steps[0].name, now);
}

/* One that a later release has added is unknown to this one: from the start, then. */
static size_t step_named(const char *name)
{
	for (size_t i = 0; i < STEP_COUNT; i++)
		if (strcmp(steps[i].name, name) == 0)
			return i;
	return 0;
}

struct page {
	struct request *req;
	struct media_store *store;
	enum erasing_state state;
	struct erasure erasure;
};

/* When the access tokens that were given out before are of no use to anybody. */
static int64_t settled_at(const struct request *req, const struct erasing *erasing)
{
	return erasing->started_at + account_token_life(req->config) * 1000;
}

static const struct error *next_step(
    struct db *db, struct page *page, const struct erasing *erasing, size_t step)
{
	int64_t user_id = page->req->user_id;

	if (page->erasure.more)
		return NULL;
	if (step + 1 < STEP_COUNT)
		return erasing_advance(db, user_id, steps[step + 1].name);
	page->state = ERASING_OVER;
	if (erasing->again)
		return erasing_delete(db, user_id);
	return erasing_repeat(db, user_id, steps[0].name, settled_at(page->req, erasing));
}

static const struct error *do_page(struct db *db, void *context)
{
	struct page *page = context;
	struct request *req = page->req;
	struct erasing erasing;
	const struct error *error;
	bool due;
	size_t step;

	page->state = ERASING_LEFT;
	page->erasure = (struct erasure){.req = req, .store = page->store};
	error = erasing_hold(db, req->arena, req->user_id, clock_wall_ms(), &erasing);
	if (error_is(error, FAIL(NOT_FOUND))) {
		TRY(erasing_is_due(db, req->user_id, clock_wall_ms(), &due));
		page->state = due ? ERASING_BUSY : ERASING_OVER;
		return NULL;
	}
	TRY(error);
	step = step_named(erasing.step);
	TRY(steps[step].work(db, &page->erasure));
	return next_step(db, page, &erasing, step);
}

struct round {
	struct media_store *store;
	enum erasing_state state;
};

static const struct error *run_page(struct request *req, void *context)
{
	struct round *round = context;
	struct page page = {.req = req, .store = round->store};

	TRY(db_transaction(req->db, true, do_page, &page));
	if (page.erasure.tell != NULL)
		page.erasure.tell(&page.erasure);
	round->state = page.state;
	return NULL;
}

/* So that one that fails does not keep the others waiting. */
static const struct error *put_off(
    const struct request *of, int64_t user_id, const struct error *error)
{
	LOG(WARNING, "erasing an account is put off", LOG_FIELD("account", user_id),
	    LOG_FIELD("code", error->code));
	(void)erasing_postpone(of->db, user_id, clock_wall_ms() + PAUSE_MS);
	return error;
}

const struct error *erasing_go_on(const struct erasing_means *means, int64_t user_id,
    int64_t milliseconds, enum erasing_state *state)
{
	int64_t end = clock_monotonic_ms() + milliseconds;
	struct round round = {.store = means->store};

	do {
		const struct error *error = errand_run(means->of, user_id, run_page, &round);

		if (error != NULL)
			return put_off(means->of, user_id, error);
		*state = round.state;
	} while (*state == ERASING_LEFT && clock_monotonic_ms() < end);
	if (*state == ERASING_OVER)
		LOG(INFO, "account erased", LOG_FIELD("account", user_id));
	return NULL;
}

struct beginning {
	struct request *req;
	bool begun;
};

static const struct error *begin(struct db *db, void *context)
{
	struct beginning *beginning = context;
	struct request *req = beginning->req;

	return erasing_begin(db, req->arena, req->user_id, true, &beginning->begun);
}

static const struct error *begin_due(struct request *req, void *context)
{
	bool *begun = context;
	struct beginning beginning = {.req = req};

	TRY(db_transaction(req->db, true, begin, &beginning));
	*begun = beginning.begun;
	return NULL;
}

const struct error *erasing_work(
    const struct erasing_means *means, int64_t milliseconds, enum erasing_state *state)
{
	const struct request *of = means->of;
	int64_t now = clock_wall_ms(), user_id;
	bool begun = true;

	*state = ERASING_IDLE;
	TRY(erasing_next(of->db, now, &user_id));
	if (user_id == ABSENT) {
		TRY(erasing_next_person(of->db, now, &user_id));
		if (user_id == ABSENT)
			return NULL;
		TRY(errand_run(of, user_id, begin_due, &begun));
	}
	return begun ? erasing_go_on(means, user_id, milliseconds, state) : NULL;
}
