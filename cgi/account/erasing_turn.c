/* A look every few seconds, one worker at a time; while there is something to do, a little of it
 * between any two answers. */
#include "erasing_turn.h"
#include "clock.h"
#include "media_store.h"
#include <stdatomic.h>
#include <stdlib.h>

#define LOOK_MS 5000
#define TURN_MS 50
#define BREATH_MS 20 /* between turns: others want the database, too */

struct erasing_turn {
	struct media_store *store;
	_Atomic int64_t due; /* monotonic ms; while a worker is at it, later than it will take */
};

void *erasing_turn_open(const struct config *config)
{
	struct erasing_turn *turn = calloc(1, sizeof(*turn));

	if (turn == NULL)
		abort();
	turn->store = media_store_new(config);
	return turn;
}

void erasing_turn_close(void *state)
{
	struct erasing_turn *turn = state;

	media_store_free(&turn->store);
	free(turn);
}

struct erasing_means erasing_turn_means(const struct request *req)
{
	const struct erasing_turn *turn = req->state;

	return (struct erasing_means){req, turn->store};
}

int erasing_turn_take(struct request *req)
{
	struct erasing_turn *turn = req->state;
	int64_t now = clock_monotonic_ms(), due = atomic_load(&turn->due);
	const struct erasing_means means = erasing_turn_means(req);
	enum erasing_state state;

	if (now < due)
		return (int)(due - now);
	if (!atomic_compare_exchange_strong(&turn->due, &due, now + LOOK_MS))
		return LOOK_MS;
	/* Why it failed was logged below. */
	if (erasing_work(&means, TURN_MS, &state) != NULL || state == ERASING_IDLE ||
	    state == ERASING_BUSY)
		return LOOK_MS;
	atomic_store(&turn->due, clock_monotonic_ms() + BREATH_MS);
	return BREATH_MS;
}
