/* An errand is a request that nobody waits for: without an address, a body or an answer. */
#include "errand.h"
#include "delivery.h"

const struct error *errand_run(const struct request *of, int64_t user_id,
    const struct error *(*work)(struct request *req, void *context), void *context)
{
	struct arena *arena = arena_new();
	struct delivery delivery = {0};
	struct request *req = arena_alloc(arena, sizeof(*req));
	const struct error *error;

	*req = (struct request){.arena = arena,
	    .db = of->db,
	    .redis = of->redis,
	    .config = of->config,
	    .keys = of->keys,
	    .user_id = user_id,
	    .delivery = &delivery};
	error = work(req, context);
	db_rollback(of->db);
	delivery_publish(req);
	arena_free(&arena);
	return error;
}
