/* One wsd process: the parts that its modules share.  main.c makes them and tears them down. */
#ifndef WSD_NODE_H
#define WSD_NODE_H

#include "metrics.h"
#include <stdbool.h>
#include <uv.h>

struct arena;
struct audiences;
struct checks;
struct config;
struct feed;
struct partings;
struct presence;
struct recipients;
struct resync;
struct roster;
struct server;
struct watches;
struct wheel;

struct node {
	uv_loop_t *loop;
	const struct config *config; /* replaced on SIGHUP: keep no pointer into it */
	struct arena *scratch;	     /* for one frame or one envelope, see its readers */
	struct wheel *wheel;
	struct server *server;
	struct feed *feed;
	struct checks *checks;
	struct roster *roster;
	struct watches *watches;
	struct audiences *audiences;
	struct recipients *recipients;
	struct partings *partings;
	struct presence *presence;
	struct resync *resync;
	struct metrics metrics;
	int64_t heard_since;	/* monotonic ms: no command was missed since then */
	uint64_t redis_returns; /* after a loss of events, see resync.h */
	bool stopping;
};

#endif
