/* Worker threads on a shared listening socket.  What they accept they answer once it has arrived as
 * a whole; until then it waits in the lobby, and they go on.
 *
 * Descriptor 0 belongs to sibling processes too: it may be neither shut down nor waited on
 * without a way out.  So it is non-blocking, and each worker sleeps in epoll on it, on the lobby
 * and on an eventfd that says "stop".  EPOLLEXCLUSIVE keeps one connection from waking them all. */
#include "worker.h"

#include "health.h"
#include "visit.h"
#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LISTENER STDIN_FILENO
#define STOP_SECONDS 20
#define SPARED_MS 100
#define GRACE_MS 2	  /* between the pieces that a web server writes of what it has */
#define PAUSE_NS 50000000 /* out of descriptors: give others time to close some */

struct worker {
	struct service *service;
	struct lobby *lobby;
	pthread_t thread;
	int wake; /* readable from the moment that the program stops */
	bool running;
	/* The thread's own: */
	int patience; /* ms until the program wants to be called again, -1: for ever */
	struct desk desk;
	FCGX_Request request;
	unsigned char *buffer; /* to peek into */
	size_t size;
};

static int open_waiter(const struct worker *worker)
{
	struct epoll_event connection = {.events = EPOLLIN | EPOLLEXCLUSIVE};
	struct epoll_event stop = {.events = EPOLLIN};
	int lobby = lobby_descriptor(worker->lobby);
	int waiter = epoll_create1(EPOLL_CLOEXEC);

	if (waiter < 0 || epoll_ctl(waiter, EPOLL_CTL_ADD, LISTENER, &connection) != 0 ||
	    epoll_ctl(waiter, EPOLL_CTL_ADD, lobby, &connection) != 0 ||
	    epoll_ctl(waiter, EPOLL_CTL_ADD, worker->wake, &stop) != 0) {
		LOG(ERROR, "cannot wait for connections", LOG_FIELD("reason", strerror(errno)));
		abort();
	}
	return waiter;
}

/* poll() that a signal does not end. */
static int poll_calmly(struct pollfd *descriptors, nfds_t count, int milliseconds)
{
	int ready;

	do
		ready = poll(descriptors, count, milliseconds);
	while (ready < 0 && errno == EINTR);
	return ready;
}

/* A connection that the web server keeps open occupies this worker.  It is given up when somebody
 * else waits and it was not used for a while, or new ones would starve.  Not earlier: Apache loses
 * a request that it sends just then.  So a web server that keeps connections should keep no more
 * than there are workers.  False when it was closed. */
static bool await_kept(const struct worker *worker, int connection)
{
	struct pollfd descriptors[] = {
	    {.fd = connection, .events = POLLIN},
	    {.fd = worker->wake, .events = POLLIN},
	    {.fd = LISTENER, .events = POLLIN},
	    {.fd = lobby_descriptor(worker->lobby), .events = POLLIN},
	};

	if (poll_calmly(descriptors, 2, SPARED_MS) == 0)
		(void)poll_calmly(descriptors, 4, -1);
	if (descriptors[0].revents != 0)
		return true;
	close(connection);
	return false;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* For what was not there as a whole at the first look. */
static void receive_pieces(struct arrival *arrival)
{
	struct pollfd descriptor = {.fd = arrival->connection, .events = POLLIN};
	int64_t end = now_ms() + GRACE_MS;

	do
		arrival_take(arrival);
	while (arrival->state == ARRIVAL_PENDING && now_ms() < end &&
	       poll_calmly(&descriptor, 1, GRACE_MS) > 0);
}

/* True when there is something to answer; else somebody else has the connection, or nobody. */
static bool receive(struct worker *worker, int connection, struct arrival *arrival)
{
	struct pollfd descriptor = {.fd = connection, .events = POLLIN};

	*arrival = arrival_on(connection, worker->service->max_body);
	if (!arrival_peek(arrival, worker->buffer, worker->size) &&
	    arrival->state == ARRIVAL_PENDING && poll_calmly(&descriptor, 1, GRACE_MS) > 0)
		(void)arrival_peek(arrival, worker->buffer, worker->size);
	if (arrival->state == ARRIVAL_PENDING)
		receive_pieces(arrival);
	if (arrival->state == ARRIVAL_PENDING)
		lobby_enter(worker->lobby, arrival);
	else if (arrival->state != ARRIVAL_GONE)
		return true;
	else
		arrival_drop(arrival);
	return false;
}

/* One request after the other, as long as the web server keeps the connection. */
static void converse(struct worker *worker, struct arrival *arrival)
{
	int connection = arrival->connection;

	bool kept;

	do {
		kept = visit_serve(
		    &worker->request, worker->service, &worker->desk, worker->lobby, arrival);
		worker->patience = exchange_after(worker->service, &worker->desk);
	} while (kept && await_kept(worker, connection) && receive(worker, connection, arrival));
}

static void await_connection(struct worker *worker, int waiter)
{
	struct epoll_event event;

	if (epoll_wait(waiter, &event, 1, worker->patience) == 0)
		worker->patience = exchange_after(worker->service, &worker->desk);
}

static void accept_failed(void)
{
	const struct timespec pause = {0, PAUSE_NS};

	LOG(ERROR, "no connection could be accepted", LOG_FIELD("reason", strerror(errno)));
	nanosleep(&pause, NULL);
}

/* Those from the lobby go first: they wait longer. */
static void serve_connections(struct worker *worker)
{
	int waiter = open_waiter(worker);
	struct arrival arrival;

	while (!atomic_load(&worker->service->stopping)) {
		int connection;

		if (lobby_take(worker->lobby, &arrival)) {
			converse(worker, &arrival);
			continue;
		}
		connection = accept4(LISTENER, NULL, NULL, SOCK_CLOEXEC);
		if (connection >= 0 && receive(worker, connection, &arrival))
			converse(worker, &arrival);
		else if (connection < 0 && (errno == EAGAIN || errno == EINTR))
			await_connection(worker, waiter);
		else if (connection < 0 && errno != ECONNABORTED)
			accept_failed();
	}
	while (lobby_await(worker->lobby, &arrival))
		converse(worker, &arrival);
	close(waiter);
}

static void *worker_main(void *context)
{
	struct worker *worker = context;

	worker->size = arrival_limit((size_t)worker->service->config->serve.max_body);
	worker->buffer = malloc(worker->size);
	if (worker->buffer == NULL)
		abort();
	worker->patience = worker->service->program->after != NULL ? 0 : -1;
	desk_open(&worker->desk, worker->service->config, worker->service->breaker);
	/* It is given connections and accepts none itself. */
	FCGX_InitRequest(&worker->request, -1, FCGI_FAIL_ACCEPT_ON_INTR);
	serve_connections(worker);
	desk_close(&worker->desk);
	free(worker->buffer);
	return NULL;
}

static sigset_t watched_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGUSR1); /* how the FastCGI specification's servers ask to stop */
	sigaddset(&signals, SIGHUP);
	return signals;
}

void workers_hold_signals(void)
{
	sigset_t signals = watched_signals();

	pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

static void await_stop(const sigset_t *signals)
{
	for (;;) {
		int signal = sigwaitinfo(signals, NULL);

		if (signal == SIGHUP)
			log_reopen();
		else if (signal > 0)
			return;
	}
}

static void start(struct worker *workers, int64_t count, const struct worker *model)
{
	for (int64_t i = 0; i < count; i++) {
		workers[i] = *model;
		workers[i].running =
		    pthread_create(&workers[i].thread, NULL, worker_main, &workers[i]) == 0;
		if (!workers[i].running)
			LOG(ERROR, "a worker thread could not be started");
	}
}

static bool stop(struct worker *workers, int64_t count)
{
	struct timespec deadline;
	bool all = true;

	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += STOP_SECONDS;
	for (int64_t i = 0; i < count; i++)
		if (workers[i].running &&
		    pthread_timedjoin_np(workers[i].thread, NULL, &deadline) != 0)
			all = false;
	if (!all)
		LOG(ERROR, "requests in flight took too long and were given up");
	return all;
}

/* Tells everybody to come to an end. */
static void announce_stop(const struct worker *model)
{
	const uint64_t one = 1;

	LOG(INFO, "stopping");
	atomic_store(&model->service->stopping, true);
	lobby_hurry(model->lobby);
	(void)!write(model->wake, &one, sizeof(one));
}

bool workers_run(struct service *service, int64_t count)
{
	struct worker *workers = calloc((size_t)count, sizeof(*workers));
	struct worker model = {
	    .service = service, .lobby = lobby_new(), .wake = eventfd(0, EFD_CLOEXEC)};
	sigset_t signals = watched_signals();
	bool all;

	if (workers == NULL || model.lobby == NULL || model.wake < 0 || FCGX_Init() != 0 ||
	    fcntl(LISTENER, F_SETFL, fcntl(LISTENER, F_GETFL) | O_NONBLOCK) != 0)
		abort();
	start(workers, count, &model);
	health_report(service->config);
	await_stop(&signals);
	announce_stop(&model);
	all = stop(workers, count);
	if (all) {
		lobby_free(&model.lobby);
		close(model.wake);
		free(workers);
	}
	return all;
}
