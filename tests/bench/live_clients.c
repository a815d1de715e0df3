/* Many live connections, see live_clients.h. */
#include "live_clients.h"

#include "arena.h"
#include "config.h"
#include "event.h"
#include "redis.h"
#include "sample.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define OPENING_MAX 256 /* handshakes at a time */
#define BUFFER 2048
#define PATIENCE_MS 20000

enum state { UPGRADING, WELCOMING, LIVE };

struct client {
	int fd;
	enum state state;
	size_t length;
	char bytes[BUFFER];
	int64_t received; /* events */
};

struct live_clients {
	const struct config *config;
	struct redis *redis;
	struct arena *arena;
	int epoll;
	struct client *clients;
	int64_t first; /* user */
	size_t count, opened, live;
	size_t seen;	       /* events since it was measured last */
	struct sample *sample; /* of what arrives; NULL: not measured */
	int64_t since;
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "live clients: %s\n", what);
	exit(1);
}

static _Noreturn void fail_with(const char *what, long code)
{
	fprintf(stderr, "live clients: %s: %ld\n", what, code);
	exit(1);
}

int64_t processor_us(long pid)
{
	struct timespec time;
	clockid_t clock;

	if (clock_getcpuclockid((pid_t)pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
		fail("there is no such process");
	return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

long resident_kib(long pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%ld/status", pid);
	file = fopen(path, "re");
	if (file == NULL)
		fail("there is no such process");
	while (fgets(line, sizeof(line), file) != NULL)
		if (sscanf(line, "VmRSS: %ld kB", &kib) == 1)
			break;
	fclose(file);
	return kib;
}

static int connect_to(const char *address)
{
	struct sockaddr_un path = {.sun_family = AF_UNIX};
	struct sockaddr_in port = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	bool is_path = strncmp(address, "unix:", 5) == 0;
	int fd = socket(is_path ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(path.sun_path, sizeof(path.sun_path), "%s", address + (is_path ? 5 : 0));
	port.sin_port = htons((uint16_t)atoi(strrchr(address, ':') + 1));
	if (fd < 0 || (is_path ? connect(fd, (struct sockaddr *)&path, sizeof(path))
			       : connect(fd, (struct sockaddr *)&port, sizeof(port))) != 0)
		fail("wsd does not answer, or there are too few files or ports");
	return fd;
}

static void write_all(int fd, const void *bytes, size_t length)
{
	if (send(fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length)
		fail("a connection was closed");
}

/* One frame of less than 126 bytes, masked with zeros. */
static void write_frame(int fd, const char *text)
{
	char frame[2 + 4 + 126] = {(char)0x81, (char)(0x80 | strlen(text))};

	memcpy(frame + 6, text, strlen(text));
	write_all(fd, frame, 6 + strlen(text));
}

static void client_open(struct live_clients *all, struct client *client)
{
	static const char upgrade[] = "GET /live HTTP/1.1\r\n"
				      "Host: localhost\r\n"
				      "Connection: Upgrade\r\n"
				      "Upgrade: websocket\r\n"
				      "Sec-WebSocket-Version: 13\r\n"
				      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				      "Sec-WebSocket-Protocol: hichat.v1\r\n\r\n";
	struct epoll_event interest = {.events = EPOLLIN, .data.ptr = client};

	client->fd = connect_to(all->config->live.listen);
	write_all(client->fd, upgrade, sizeof(upgrade) - 1);
	epoll_ctl(all->epoll, EPOLL_CTL_ADD, client->fd, &interest);
}

static void client_hello(struct live_clients *all, struct client *client)
{
	int64_t user = all->first + (client - all->clients);
	const char *key, *ticket, *hello;

	key = arena_printf(all->arena, EVENT_TICKET_KEY "load-%" PRId64, user);
	ticket = arena_printf(all->arena,
	    "{\"user\":%" PRId64 ",\"session\":%" PRId64 ",\"watch\":[],\"conversations\":[]}",
	    user, user);
	if (!redis_set(all->redis, key, ticket, 60))
		fail("Redis does not answer");
	hello =
	    arena_printf(all->arena, "{\"op\":\"hello\",\"ticket\":\"load-%" PRId64 "\"}", user);
	write_frame(client->fd, hello);
	arena_reset(all->arena);
	client->state = WELCOMING;
}

/* Drops `length` bytes from the front of what was read. */
static void client_consume(struct client *client, size_t length)
{
	client->length -= length;
	memmove(client->bytes, client->bytes + length, client->length);
}

static void client_frame(
    struct live_clients *all, struct client *client, const char *text, size_t length)
{
	if (memmem(text, length, "\"op\":\"ping\"", 11) != NULL) {
		write_frame(client->fd, "{\"op\":\"pong\"}");
	} else if (memmem(text, length, "\"op\":\"welcome\"", 14) != NULL) {
		client->state = LIVE;
		all->live++;
	} else if (memmem(text, length, "\"event\":\"message\"", 17) != NULL) {
		client->received++;
		all->seen++;
		if (all->sample != NULL)
			sample_add(all->sample, sample_now_us() - all->since);
	} else {
		fail("a frame that was not expected");
	}
}

/* The server's answer, then frames of less than 64 KiB, as far as they are there. */
static bool client_step(struct live_clients *all, struct client *client)
{
	const unsigned char *bytes = (const unsigned char *)client->bytes;
	size_t head = 2, length;
	const char *end;

	if (client->state == UPGRADING) {
		end = memmem(client->bytes, client->length, "\r\n\r\n", 4);
		if (end == NULL)
			return false;
		if (memmem(client->bytes, client->length, " 101 ", 5) == NULL)
			fail("the upgrade was refused");
		client_consume(client, (size_t)(end + 4 - client->bytes));
		client_hello(all, client);
		return true;
	}
	if (client->length < 4)
		return false;
	length = bytes[1];
	if (length == 126) {
		head = 4;
		length = (size_t)bytes[2] << 8 | bytes[3];
	}
	if (bytes[0] == 0x88)
		fail_with("closed by wsd", (long)bytes[2] << 8 | bytes[3]);
	if (bytes[0] != 0x81 || length > BUFFER - 4)
		fail("a frame that is too large");
	if (client->length < head + length)
		return false;
	client_frame(all, client, client->bytes + head, length);
	client_consume(client, head + length);
	return true;
}

static void client_read(struct live_clients *all, struct client *client)
{
	ssize_t got = recv(client->fd, client->bytes + client->length, BUFFER - client->length, 0);

	if (got <= 0)
		fail("a connection was closed");
	client->length += (size_t)got;
	while (client_step(all, client))
		continue;
}

static void clients_wait(struct live_clients *all)
{
	struct epoll_event events[256];
	int ready = epoll_wait(all->epoll, events, 256, PATIENCE_MS);

	if (ready <= 0)
		fail("nothing more arrives");
	for (int i = 0; i < ready; i++)
		client_read(all, events[i].data.ptr);
}

void live_clients_open(struct live_clients *all)
{
	while (all->live < all->count) {
		while (all->opened < all->count && all->opened - all->live < OPENING_MAX)
			client_open(all, &all->clients[all->opened++]);
		clients_wait(all);
	}
}

void live_clients_settle(struct live_clients *all)
{
	struct epoll_event events[256];
	int ready;

	while ((ready = epoll_wait(all->epoll, events, 256, 500)) > 0)
		for (int i = 0; i < ready; i++)
			client_read(all, events[i].data.ptr);
}

void live_clients_acknowledge(struct live_clients *all)
{
	char text[64];

	for (size_t i = 0; i < all->count; i++) {
		snprintf(text, sizeof(text), "{\"op\":\"ack\",\"received\":%" PRId64 "}",
		    all->clients[i].received);
		write_frame(all->clients[i].fd, text);
	}
}

size_t live_clients_pass(struct live_clients *all, int milliseconds)
{
	struct epoll_event events[256];
	int64_t end = sample_now_us() + (int64_t)milliseconds * 1000, left;

	while ((left = end - sample_now_us()) > 0) {
		int ready = epoll_wait(all->epoll, events, 256, (int)(left / 1000) + 1);

		for (int i = 0; i < ready; i++)
			client_read(all, events[i].data.ptr);
	}
	return all->seen;
}

void live_clients_replace(struct live_clients *all, size_t index, bool politely)
{
	/* 1000, masked with zeros: the session ends at once and is not kept to be resumed. */
	static const char close_frame[] = {
	    (char)0x88, (char)0x82, 0, 0, 0, 0, (char)0x03, (char)0xe8};
	struct client *client = &all->clients[index];

	if (politely)
		write_all(client->fd, close_frame, sizeof(close_frame));
	close(client->fd);
	*client = (struct client){.fd = -1};
	all->live--;
	client_open(all, client);
}

static void allow_files(size_t count)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_cur < count + 64)
		fail("too few files; raise the limit with ulimit -n");
}

struct live_clients *live_clients_new(
    const struct config *config, struct redis *redis, int64_t first, size_t count)
{
	struct live_clients *all = calloc(1, sizeof(*all));

	allow_files(count);
	if (all != NULL)
		all->clients = calloc(count, sizeof(*all->clients));
	if (all == NULL || all->clients == NULL)
		abort();
	all->config = config;
	all->redis = redis;
	all->arena = arena_new();
	all->epoll = epoll_create1(EPOLL_CLOEXEC);
	all->first = first;
	all->count = count;
	return all;
}

void live_clients_measure(struct live_clients *all, struct sample *sample)
{
	all->sample = sample;
	all->seen = 0;
	all->since = sample_now_us();
}

void live_clients_wait(struct live_clients *all, size_t events)
{
	while (all->seen < events)
		clients_wait(all);
	all->sample = NULL;
}
