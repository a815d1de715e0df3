/* The life of a program: configuration, log, workers, and for each request: match,
 * authenticate, bound, parse, check, handle, commit or roll back, deliver, answer.
 *
 * The same binary is FastCGI (listening socket on descriptor 0, as the FastCGI
 * specification says) and plain CGI (one request from the environment).  SIGTERM
 * finishes the requests in flight.  `GET /health` exists in every program.
 * `--routes` prints the route table, `--version` and `--help` as usual. */
#ifndef HICHAT_SERVE_H
#define HICHAT_SERVE_H

#include "route.h"

struct program {
	const char *name; /* "chat": also the path, /api/v1/chat */
	const struct route *routes;
	size_t count;
	int64_t workers; /* threads when [serve] workers is 0 */
	/* Optional: state shared by all workers, made before the first request. */
	void *(*open)(const struct config *config);
	void (*close)(void *state);
	/* Optional: how many bytes a body of its routes without a record has at most; those with
	 * one are bounded by [serve] max_body. */
	int64_t (*max_body)(const struct config *config);
	/* Optional: work that nobody waits for, done by a worker once an answer is out, and
	 * bounded, and once when the worker starts. After so many ms it wants to be called again,
	 * if there was no answer until then; -1: no.  The request is nobody's: it has the worker's
	 * connections and memory, and `state`. */
	int (*after)(struct request *req);
};

/* main() of a program: never returns before the end. */
int serve(int argc, char **argv, const struct program *program);

/* For a program without shared state, as several single-threaded processes. */
#define SERVE(title, table)                                  \
	serve(argc, argv,                                    \
	    &(const struct program){.name = title,           \
		.routes = table,                             \
		.count = sizeof(table) / sizeof((table)[0]), \
		.workers = 1})

#endif
