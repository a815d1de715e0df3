/* One thread that forwards between pairs of sockets, one pair a connection. */
#include "cutting_proxy.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#define PAIRS 8

struct pair {
	int client, server;  /* -1: free */
	bool cut;	     /* when the next answer comes … */
	enum proxy_cut what; /* … by this much */
};

struct proxy {
	pthread_t thread;
	struct sockaddr_un path, server;
	int listener;
	int stop[2]; /* closing one end wakes the thread for the last time */
	struct pair pairs[PAIRS];

	pthread_mutex_t lock; /* of what follows */
	const char *bytes;
	enum proxy_cut what;
	int times;
};

static struct sockaddr_un address_of(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	return address;
}

static int new_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	return fd;
}

static void close_pair(struct pair *pair)
{
	close(pair->client);
	close(pair->server);
	*pair = (struct pair){-1, -1, false, 0};
}

static void accept_pair(struct proxy *proxy)
{
	int client = accept(proxy->listener, NULL, NULL);
	int server = new_socket();

	if (connect(server, (struct sockaddr *)&proxy->server, sizeof(proxy->server)) == 0) {
		for (int i = 0; i < PAIRS; i++) {
			if (proxy->pairs[i].client < 0) {
				proxy->pairs[i] = (struct pair){client, server, false, 0};
				return;
			}
		}
	}
	close(client);
	close(server);
}

static bool wanted(struct proxy *proxy, const char *bytes, size_t length, enum proxy_cut *what)
{
	bool found;

	pthread_mutex_lock(&proxy->lock);
	found =
	    proxy->times > 0 && memmem(bytes, length, proxy->bytes, strlen(proxy->bytes)) != NULL;
	proxy->times -= found;
	*what = proxy->what;
	pthread_mutex_unlock(&proxy->lock);
	return found;
}

static bool forward(int to, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes += sent;
		length -= (size_t)sent;
	}
	return true;
}

static void from_client(struct proxy *proxy, struct pair *pair)
{
	char bytes[65536];
	ssize_t length = read(pair->client, bytes, sizeof(bytes));
	enum proxy_cut what;

	if (length > 0 && wanted(proxy, bytes, (size_t)length, &what)) {
		if (what == PROXY_CUT_REQUEST) {
			close_pair(pair);
			return;
		}
		pair->cut = true;
		pair->what = what;
	}
	if (length <= 0 || !forward(pair->server, bytes, (size_t)length))
		close_pair(pair);
}

static void from_server(struct pair *pair)
{
	char bytes[65536];
	ssize_t length = read(pair->server, bytes, sizeof(bytes));

	if (length > 0 && pair->cut && pair->what == PROXY_CUT_HALF)
		forward(pair->client, bytes, (size_t)length / 2);
	if (length <= 0 || pair->cut || !forward(pair->client, bytes, (size_t)length))
		close_pair(pair);
}

static void *proxy_run(void *argument)
{
	struct proxy *proxy = argument;
	struct pollfd polled[2 + 2 * PAIRS];

	for (;;) {
		polled[0] = (struct pollfd){proxy->stop[0], POLLIN, 0};
		polled[1] = (struct pollfd){proxy->listener, POLLIN, 0};
		for (int i = 0; i < PAIRS; i++) {
			polled[2 + 2 * i] = (struct pollfd){proxy->pairs[i].client, POLLIN, 0};
			polled[3 + 2 * i] = (struct pollfd){proxy->pairs[i].server, POLLIN, 0};
		}
		poll(polled, 2 + 2 * PAIRS, -1);
		if (polled[0].revents != 0)
			return NULL;
		for (int i = 0; i < PAIRS; i++) {
			struct pair *pair = &proxy->pairs[i];

			if (pair->client >= 0 && polled[2 + 2 * i].revents != 0)
				from_client(proxy, pair);
			if (pair->client >= 0 && polled[3 + 2 * i].revents != 0)
				from_server(pair);
		}
		if (polled[1].revents != 0)
			accept_pair(proxy);
	}
}

struct proxy *proxy_start(const char *path, const char *server)
{
	struct proxy *proxy = calloc(1, sizeof(*proxy));

	proxy->path = address_of(path);
	proxy->server = address_of(server);
	for (int i = 0; i < PAIRS; i++)
		proxy->pairs[i] = (struct pair){-1, -1, false, 0};
	proxy->listener = new_socket();
	assert_return_code(
	    bind(proxy->listener, (struct sockaddr *)&proxy->path, sizeof(proxy->path)), 0);
	assert_return_code(listen(proxy->listener, PAIRS), 0);
	assert_return_code(pipe(proxy->stop), 0);
	assert_return_code(pthread_mutex_init(&proxy->lock, NULL), 0);
	assert_return_code(pthread_create(&proxy->thread, NULL, proxy_run, proxy), 0);
	return proxy;
}

void proxy_stop(struct proxy **proxy)
{
	struct proxy *stopped = *proxy;

	close(stopped->stop[1]);
	pthread_join(stopped->thread, NULL);
	close(stopped->stop[0]);
	close(stopped->listener);
	unlink(stopped->path.sun_path);
	for (int i = 0; i < PAIRS; i++) {
		if (stopped->pairs[i].client >= 0)
			close_pair(&stopped->pairs[i]);
	}
	pthread_mutex_destroy(&stopped->lock);
	free(stopped);
	*proxy = NULL;
}

void proxy_cut(struct proxy *proxy, const char *bytes, enum proxy_cut what, int times)
{
	pthread_mutex_lock(&proxy->lock);
	proxy->bytes = bytes;
	proxy->what = what;
	proxy->times = times;
	pthread_mutex_unlock(&proxy->lock);
}

int proxy_cuts_left(struct proxy *proxy)
{
	int left;

	pthread_mutex_lock(&proxy->lock);
	left = proxy->times;
	pthread_mutex_unlock(&proxy->lock);
	return left;
}
