/* Presence from Redis; last_seen lazily into MySQL. */
#include "presence.h"
#include "clock.h"
#include "event.h"

#define SEEN_INTERVAL_MS 60000

static const char SQL_SEEN[] =
    "UPDATE user SET last_seen_at = ? WHERE id = ? AND (last_seen_at IS NULL OR last_seen_at < ?)";

void presence_read(struct request *req, const int64_t *ids, size_t count, bool *online)
{
	int64_t now = clock_wall_ms();
	int64_t *expiry = arena_array(req->arena, count, sizeof(*expiry));
	bool known = count > 0 && redis_scores(req->redis, EVENT_ONLINE_KEY, ids, count, expiry);

	for (size_t i = 0; i < count; i++)
		online[i] = known && expiry[i] != ABSENT && expiry[i] > now;
}

const struct error *presence_seen(struct request *req)
{
	int64_t now = clock_wall_ms();

	return db_exec(
	    req->db, SQL_SEEN, PARAMS(P(now), P(req->user_id), P(now - SEEN_INTERVAL_MS)));
}
