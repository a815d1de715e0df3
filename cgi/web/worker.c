/* Worker threads on a shared listening socket.
 *
 * Descriptor 0 belongs to sibling processes too: it may be neither shut down nor waited on
 * without a way out.  So it is non-blocking, and each worker sleeps in epoll on it and on an
 * eventfd that says "stop".  EPOLLEXCLUSIVE keeps one connection from waking them all.
 * libfcgi hands EAGAIN through when a sibling was faster. */
#include "worker.h"

#include "exchange.h"
#include "health.h"
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
#include <time.h>
#include <unistd.h>

#define LISTENER STDIN_FILENO
#define STOP_SECONDS 20
#define SKIP_MAX ((size_t)256 * 1024)
#define SPARED_MS 100
#define PAUSE_NS 50000000 /* out of descriptors: give others time to close some */

struct worker {
	struct service *service;
	pthread_t thread;
	int wake; /* readable from the moment that the program stops */
	bool running;
};

static int open_waiter(int wake)
{
	struct epoll_event connection = {.events = EPOLLIN | EPOLLEXCLUSIVE};
	struct epoll_event stop = {.events = EPOLLIN};
	int waiter = epoll_create1(EPOLL_CLOEXEC);

	if (waiter < 0 || epoll_ctl(waiter, EPOLL_CTL_ADD, LISTENER, &connection) != 0 ||
	    epoll_ctl(waiter, EPOLL_CTL_ADD, wake, &stop) != 0) {
		LOG(ERROR, "cannot wait for connections", LOG_FIELD("reason", strerror(errno)));
		abort();
	}
	return waiter;
}

/* Reads what is left of the body: behind it the next request of a kept connection begins.  False
 * when that is not worth it, or it broke off. */
static bool skip_body(FCGX_Request *request)
{
	char piece[8192];

	for (size_t skipped = 0; skipped < SKIP_MAX; skipped += sizeof(piece))
		if (FCGX_GetStr(piece, sizeof(piece), request->in) < (int)sizeof(piece))
			return FCGX_GetError(request->in) == 0;
	return false;
}

/* Closes at once.  libfcgi would wait for the web server to close first, up to two seconds, lest
 * unread input make the kernel reset the connection: for when there may be some. */
static void hang_up(FCGX_Request *request)
{
	(void)FCGX_Detach(request);
	FCGX_Free(request, 1);
}

/* Sends what is left of the answer.  True when the connection stays for another request. */
static bool finish(FCGX_Request *request)
{
	bool read_up = skip_body(request);
	bool keep = request->keepConnection != 0 && read_up;

	if (read_up && !keep)
		(void)FCGX_Detach(request);
	FCGX_Finish_r(request);
	if (!keep)
		FCGX_Free(request, 1);
	return request->ipcFd >= 0;
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
 * than there are workers. */
static void await_kept(FCGX_Request *request, int wake)
{
	struct pollfd descriptors[] = {
	    {.fd = request->ipcFd, .events = POLLIN},
	    {.fd = wake, .events = POLLIN},
	    {.fd = LISTENER, .events = POLLIN},
	};

	if (poll_calmly(descriptors, 2, SPARED_MS) == 0)
		(void)poll_calmly(descriptors, 3, -1);
	if (descriptors[0].revents == 0)
		hang_up(request);
}

static void await_connection(int waiter)
{
	struct epoll_event event;

	(void)epoll_wait(waiter, &event, 1, -1);
}

static void accept_failed(int code)
{
	const struct timespec pause = {0, PAUSE_NS};

	LOG(ERROR, "no connection could be accepted", LOG_FIELD("reason", strerror(-code)));
	nanosleep(&pause, NULL);
}

static void serve_connections(const struct worker *worker, struct desk *desk, FCGX_Request *request)
{
	int waiter = open_waiter(worker->wake);

	while (!atomic_load(&worker->service->stopping)) {
		int code = FCGX_Accept_r(request);

		if (code == 0) {
			struct gateway gateway;

			gateway_open_fcgi(&gateway, request);
			exchange_run(worker->service, desk, &gateway);
			if (finish(request))
				await_kept(request, worker->wake);
		} else if (code == -EAGAIN || code == -EINTR) {
			await_connection(waiter);
		} else {
			accept_failed(code);
		}
	}
	hang_up(request);
	close(waiter);
}

static void *worker_main(void *context)
{
	struct worker *worker = context;
	struct desk desk;
	FCGX_Request request;

	desk_open(&desk, worker->service->config);
	FCGX_InitRequest(&request, LISTENER, FCGI_FAIL_ACCEPT_ON_INTR);
	serve_connections(worker, &desk, &request);
	desk_close(&desk);
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

static void start(struct worker *workers, int64_t count, struct service *service, int wake)
{
	for (int64_t i = 0; i < count; i++) {
		workers[i].service = service;
		workers[i].wake = wake;
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

bool workers_run(struct service *service, int64_t count)
{
	struct worker *workers = calloc((size_t)count, sizeof(*workers));
	int wake = eventfd(0, EFD_CLOEXEC);
	sigset_t signals = watched_signals();
	const uint64_t one = 1;
	bool all;

	if (workers == NULL || wake < 0 || FCGX_Init() != 0 ||
	    fcntl(LISTENER, F_SETFL, fcntl(LISTENER, F_GETFL) | O_NONBLOCK) != 0)
		abort();
	start(workers, count, service, wake);
	health_report(service->config);
	await_stop(&signals);
	LOG(INFO, "stopping");
	atomic_store(&service->stopping, true);
	(void)!write(wake, &one, sizeof(one));
	all = stop(workers, count);
	if (all) {
		close(wake);
		free(workers);
	}
	return all;
}
