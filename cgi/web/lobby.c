/* The waiting requests, oldest first, and the thread that attends to them.
 *
 * Only that thread removes anybody from `waiting` and `leaving`, one event at a time: so an event
 * never names one who has left. */
#include "lobby.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROOM 256 /* each needs two descriptors */
#define PATIENCE_MS 20000
#define FAREWELL_MS 2000
#define HURRY_MS 5000

struct guest {
	struct arrival arrival;
	int64_t deadline;
	bool leaving;
	TAILQ_ENTRY(guest) link;
	SLIST_ENTRY(guest) spare;
};
TAILQ_HEAD(queue, guest);

struct lobby {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved; /* out of `waiting` */
	struct queue waiting, leaving, ready;
	SLIST_HEAD(pool, guest) spare; /* for those to come */
	size_t waiting_count, leaving_count;
	atomic_size_t ready_count; /* lets the workers look without the lock */
	int waiter;
	int bell; /* wakes the thread */
	int gong; /* wakes workers: a semaphore, counts `ready` */
	bool hurry, closed;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static void strike(int descriptor)
{
	const uint64_t one = 1;

	(void)!write(descriptor, &one, sizeof(one));
}

static void silence(int descriptor)
{
	uint64_t count;

	(void)!read(descriptor, &count, sizeof(count));
}

static void dismiss(struct lobby *lobby, struct guest *guest)
{
	(void)epoll_ctl(lobby->waiter, EPOLL_CTL_DEL, guest->arrival.connection, NULL);
	if (guest->leaving) {
		TAILQ_REMOVE(&lobby->leaving, guest, link);
		lobby->leaving_count--;
	} else {
		TAILQ_REMOVE(&lobby->waiting, guest, link);
		lobby->waiting_count--;
		pthread_cond_broadcast(&lobby->moved);
	}
	if (guest->leaving || guest->arrival.state == ARRIVAL_GONE) {
		arrival_drop(&guest->arrival);
		SLIST_INSERT_HEAD(&lobby->spare, guest, spare);
		return;
	}
	TAILQ_INSERT_TAIL(&lobby->ready, guest, link);
	atomic_fetch_add(&lobby->ready_count, 1);
	strike(lobby->gong);
}

/* True when a leaving one has nothing more to say. */
static bool has_left(struct guest *guest)
{
	char piece[16384];

	return recv(guest->arrival.connection, piece, sizeof(piece), MSG_DONTWAIT) <= 0;
}

static void attend(struct lobby *lobby, struct guest *guest)
{
	if (guest->leaving) {
		if (has_left(guest))
			dismiss(lobby, guest);
		return;
	}
	arrival_take(&guest->arrival);
	if (guest->arrival.state != ARRIVAL_PENDING)
		dismiss(lobby, guest);
}

static bool time_is_up(const struct lobby *lobby, const struct guest *guest, size_t count)
{
	return guest != NULL && (count > ROOM || lobby->closed || guest->deadline <= now_ms());
}

static void send_away(struct lobby *lobby)
{
	struct guest *guest = TAILQ_FIRST(&lobby->waiting);
	struct guest *next;

	for (; time_is_up(lobby, guest, lobby->waiting_count); guest = next) {
		next = TAILQ_NEXT(guest, link);
		guest->arrival.state = lobby->closed ? ARRIVAL_GONE : ARRIVAL_LATE;
		dismiss(lobby, guest);
	}
	guest = TAILQ_FIRST(&lobby->leaving);
	for (; time_is_up(lobby, guest, lobby->leaving_count); guest = next) {
		next = TAILQ_NEXT(guest, link);
		dismiss(lobby, guest);
	}
}

static int next_deadline(const struct lobby *lobby)
{
	const struct guest *first = TAILQ_FIRST(&lobby->waiting);
	const struct guest *leaving = TAILQ_FIRST(&lobby->leaving);
	int64_t now = now_ms();

	if (first == NULL || (leaving != NULL && leaving->deadline < first->deadline))
		first = leaving;
	if (first == NULL)
		return -1;
	return first->deadline > now ? (int)(first->deadline - now) : 0;
}

static void *lobby_main(void *context)
{
	struct lobby *lobby = context;

	pthread_mutex_lock(&lobby->lock);
	while (!lobby->closed) {
		struct epoll_event event;
		int timeout = next_deadline(lobby);
		int count;

		pthread_mutex_unlock(&lobby->lock);
		count = epoll_wait(lobby->waiter, &event, 1, timeout);
		pthread_mutex_lock(&lobby->lock);
		if (count == 1 && event.data.ptr == NULL)
			silence(lobby->bell);
		else if (count == 1)
			attend(lobby, event.data.ptr);
		send_away(lobby);
	}
	pthread_mutex_unlock(&lobby->lock);
	return NULL;
}

static bool lobby_open(struct lobby *lobby)
{
	struct epoll_event event = {.events = EPOLLIN};

	return lobby->waiter >= 0 && lobby->bell >= 0 && lobby->gong >= 0 &&
	       epoll_ctl(lobby->waiter, EPOLL_CTL_ADD, lobby->bell, &event) == 0 &&
	       pthread_create(&lobby->thread, NULL, lobby_main, lobby) == 0;
}

static void lobby_destroy(struct lobby *lobby)
{
	struct guest *guest;

	while ((guest = SLIST_FIRST(&lobby->spare)) != NULL) {
		SLIST_REMOVE_HEAD(&lobby->spare, spare);
		free(guest);
	}
	close(lobby->waiter);
	close(lobby->bell);
	close(lobby->gong);
	pthread_cond_destroy(&lobby->moved);
	pthread_mutex_destroy(&lobby->lock);
	free(lobby);
}

struct lobby *lobby_new(void)
{
	struct lobby *lobby = calloc(1, sizeof(*lobby));

	if (lobby == NULL)
		return NULL;
	TAILQ_INIT(&lobby->waiting);
	TAILQ_INIT(&lobby->leaving);
	TAILQ_INIT(&lobby->ready);
	pthread_mutex_init(&lobby->lock, NULL);
	pthread_cond_init(&lobby->moved, NULL);
	lobby->waiter = epoll_create1(EPOLL_CLOEXEC);
	lobby->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	lobby->gong = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
	if (lobby_open(lobby))
		return lobby;
	lobby_destroy(lobby);
	return NULL;
}

void lobby_free(struct lobby **lobby)
{
	struct arrival arrival;

	if (*lobby == NULL)
		return;
	pthread_mutex_lock(&(*lobby)->lock);
	(*lobby)->closed = true;
	strike((*lobby)->bell);
	pthread_mutex_unlock(&(*lobby)->lock);
	pthread_join((*lobby)->thread, NULL);
	while (lobby_take(*lobby, &arrival))
		arrival_drop(&arrival);
	lobby_destroy(*lobby);
	*lobby = NULL;
}

static bool watch(struct lobby *lobby, struct guest *guest)
{
	struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = guest}};

	return epoll_ctl(lobby->waiter, EPOLL_CTL_ADD, guest->arrival.connection, &event) == 0;
}

static struct guest *guest_new(struct lobby *lobby)
{
	struct guest *guest = SLIST_FIRST(&lobby->spare);

	if (guest != NULL) {
		SLIST_REMOVE_HEAD(&lobby->spare, spare);
		return guest;
	}
	guest = calloc(1, sizeof(*guest));
	if (guest == NULL)
		abort();
	return guest;
}

/* Everybody gets the same time, so the queues are in the order of deadlines. */
static void admit(struct lobby *lobby, const struct arrival *arrival, bool leaving)
{
	int patience = lobby->hurry ? HURRY_MS : PATIENCE_MS;
	struct guest *guest = guest_new(lobby);

	guest->arrival = *arrival;
	guest->leaving = leaving;
	guest->deadline = now_ms() + (leaving ? FAREWELL_MS : patience);
	if (!watch(lobby, guest)) {
		arrival_drop(&guest->arrival);
		SLIST_INSERT_HEAD(&lobby->spare, guest, spare);
		return;
	}
	if (leaving) {
		TAILQ_INSERT_TAIL(&lobby->leaving, guest, link);
		lobby->leaving_count++;
	} else {
		TAILQ_INSERT_TAIL(&lobby->waiting, guest, link);
		lobby->waiting_count++;
	}
	strike(lobby->bell);
}

void lobby_enter(struct lobby *lobby, const struct arrival *arrival)
{
	pthread_mutex_lock(&lobby->lock);
	admit(lobby, arrival, false);
	pthread_mutex_unlock(&lobby->lock);
}

void lobby_see_off(struct lobby *lobby, int connection)
{
	struct arrival arrival = {.connection = connection, .store = -1};

	pthread_mutex_lock(&lobby->lock);
	admit(lobby, &arrival, true);
	pthread_mutex_unlock(&lobby->lock);
}

int lobby_descriptor(const struct lobby *lobby)
{
	return lobby->gong;
}

static bool take_ready(struct lobby *lobby, struct arrival *arrival)
{
	struct guest *guest = TAILQ_FIRST(&lobby->ready);

	if (guest == NULL)
		return false;
	TAILQ_REMOVE(&lobby->ready, guest, link);
	atomic_fetch_sub(&lobby->ready_count, 1);
	silence(lobby->gong);
	*arrival = guest->arrival;
	SLIST_INSERT_HEAD(&lobby->spare, guest, spare);
	return true;
}

bool lobby_take(struct lobby *lobby, struct arrival *arrival)
{
	bool taken;

	if (atomic_load(&lobby->ready_count) == 0)
		return false;
	pthread_mutex_lock(&lobby->lock);
	taken = take_ready(lobby, arrival);
	pthread_mutex_unlock(&lobby->lock);
	return taken;
}

void lobby_hurry(struct lobby *lobby)
{
	int64_t latest = now_ms() + HURRY_MS;
	struct guest *guest;

	pthread_mutex_lock(&lobby->lock);
	lobby->hurry = true;
	TAILQ_FOREACH(guest, &lobby->waiting, link)
	if (guest->deadline > latest)
		guest->deadline = latest;
	strike(lobby->bell);
	pthread_mutex_unlock(&lobby->lock);
}

bool lobby_await(struct lobby *lobby, struct arrival *arrival)
{
	bool taken;

	pthread_mutex_lock(&lobby->lock);
	while (!(taken = take_ready(lobby, arrival)) && lobby->waiting_count > 0)
		pthread_cond_wait(&lobby->moved, &lobby->lock);
	pthread_mutex_unlock(&lobby->lock);
	return taken;
}
