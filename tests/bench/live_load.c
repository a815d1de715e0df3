/* live_load PID CONNECTIONS ROUNDS: what idle live connections cost wsd (process PID), and how long
 * an event takes to reach all of them, and one of them.
 *
 * Talks to wsd itself, at [live] listen of HICHAT_CONFIG, and writes tickets and events straight
 * into its Redis: neither a web server nor a program has a part in it.  Prints one line of JSON. */
#include "arena.h"
#include "config.h"
#include "event.h"
#include "record.h"
#include "redis.h"
#include "sample.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdbool.h>
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
#define BUFFER 1024
#define FIRST_USER 1000000
#define UNICASTS 2000
#define PATIENCE_MS 20000

enum state { UPGRADING, WELCOMING, LIVE };

struct client {
	int fd;
	enum state state;
	size_t length;
	char bytes[BUFFER];
	int64_t received; /* events */
};

struct load {
	const struct config *config;
	struct redis *redis;
	struct arena *arena;
	int epoll;
	struct client *clients;
	int64_t *users;
	size_t count, live;
	size_t seen;	       /* events since they were last counted */
	struct sample *sample; /* of what arrives; NULL: not measured */
	int64_t since;
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "live_load: %s\n", what);
	exit(1);
}

static long resident_kib(long pid)
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

/* What wsd has computed until now: on a machine that does other things too, the truer figure. */
static int64_t processor_us(long pid)
{
	struct timespec time;
	clockid_t clock;

	if (clock_getcpuclockid((pid_t)pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
		fail("there is no such process");
	return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
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

static void client_open(struct load *load, struct client *client)
{
	static const char upgrade[] = "GET /live HTTP/1.1\r\n"
				      "Host: localhost\r\n"
				      "Connection: Upgrade\r\n"
				      "Upgrade: websocket\r\n"
				      "Sec-WebSocket-Version: 13\r\n"
				      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				      "Sec-WebSocket-Protocol: hichat.v1\r\n\r\n";
	struct epoll_event interest = {.events = EPOLLIN, .data.ptr = client};

	client->fd = connect_to(load->config->live.listen);
	write_all(client->fd, upgrade, sizeof(upgrade) - 1);
	epoll_ctl(load->epoll, EPOLL_CTL_ADD, client->fd, &interest);
}

static void client_hello(struct load *load, struct client *client)
{
	int64_t user = load->users[client - load->clients];
	const char *key, *ticket, *hello;

	key = arena_printf(load->arena, EVENT_TICKET_KEY "load-%" PRId64, user);
	ticket = arena_printf(load->arena,
	    "{\"user\":%" PRId64 ",\"session\":%" PRId64 ",\"watch\":[],\"conversations\":[]}",
	    user, user);
	if (!redis_set(load->redis, key, ticket, 60))
		fail("Redis does not answer");
	hello =
	    arena_printf(load->arena, "{\"op\":\"hello\",\"ticket\":\"load-%" PRId64 "\"}", user);
	write_frame(client->fd, hello);
	arena_reset(load->arena);
	client->state = WELCOMING;
}

/* Drops `length` bytes from the front of what was read. */
static void client_consume(struct client *client, size_t length)
{
	client->length -= length;
	memmove(client->bytes, client->bytes + length, client->length);
}

static void client_frame(struct load *load, struct client *client, const char *text, size_t length)
{
	static const char event[] = "{\"event\":";

	if (memmem(text, length, "\"op\":\"ping\"", 11) != NULL) {
		write_frame(client->fd, "{\"op\":\"pong\"}");
	} else if (memmem(text, length, "\"op\":\"welcome\"", 14) != NULL) {
		client->state = LIVE;
		load->live++;
	} else if (length >= strlen(event) && memcmp(text, event, strlen(event)) == 0) {
		client->received++;
		load->seen++;
		if (load->sample != NULL)
			sample_add(load->sample, sample_now_us() - load->since);
	} else {
		fail("a frame that was not expected");
	}
}

/* The server's answer, then frames of less than 64 KiB, as far as they are there. */
static bool client_step(struct load *load, struct client *client)
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
		client_hello(load, client);
		return true;
	}
	if (client->length < 4)
		return false;
	length = bytes[1];
	if (length == 126) {
		head = 4;
		length = (size_t)bytes[2] << 8 | bytes[3];
	}
	if (bytes[0] != 0x81 || length > BUFFER - 4)
		fail("closed by wsd, or a frame that is too large");
	if (client->length < head + length)
		return false;
	client_frame(load, client, client->bytes + head, length);
	client_consume(client, head + length);
	return true;
}

static void client_read(struct load *load, struct client *client)
{
	ssize_t got = recv(client->fd, client->bytes + client->length, BUFFER - client->length, 0);

	if (got <= 0)
		fail("a connection was closed");
	client->length += (size_t)got;
	while (client_step(load, client))
		continue;
}

static void load_wait(struct load *load)
{
	struct epoll_event events[256];
	int ready = epoll_wait(load->epoll, events, 256, PATIENCE_MS);

	if (ready <= 0)
		fail("nothing more arrives");
	for (int i = 0; i < ready; i++)
		client_read(load, events[i].data.ptr);
}

static void load_open(struct load *load)
{
	size_t opened = 0;

	while (load->live < load->count) {
		while (opened < load->count && opened - load->live < OPENING_MAX)
			client_open(load, &load->clients[opened++]);
		load_wait(load);
	}
}

/* Presence announces all these people; that is no part of what is measured. */
static void load_settle(struct load *load)
{
	struct epoll_event events[256];
	int ready;

	while ((ready = epoll_wait(load->epoll, events, 256, 500)) > 0)
		for (int i = 0; i < ready; i++)
			client_read(load, events[i].data.ptr);
}

static void load_acknowledge(struct load *load)
{
	char text[64];

	for (size_t i = 0; i < load->count; i++) {
		snprintf(text, sizeof(text), "{\"op\":\"ack\",\"received\":%" PRId64 "}",
		    load->clients[i].received);
		write_frame(load->clients[i].fd, text);
	}
}

/* From PUBLISH until the last of them has it. */
static void deliver(struct load *load, const int64_t *users, size_t count)
{
	static const char payload[] =
	    "{\"event\":\"message\",\"conversation_id\":7,\"seq\":42,\"sender_id\":12,\"kind\":"
	    "\"text\","
	    "\"body\":{\"text\":\"How long does this take to reach everybody?\"}}";
	struct event event = {.kind = EVENT_TO, .ids = users, .count = count};
	const char *envelope;

	event.conversation = ABSENT;
	event.payload = payload;
	event.payload_length = strlen(payload);
	envelope = event_write(load->arena, &event);
	load->seen = 0;
	load->since = sample_now_us();
	if (!redis_publish(load->redis, EVENT_CHANNEL, &envelope, 1))
		fail("Redis does not answer");
	while (load->seen < count)
		load_wait(load);
	arena_reset(load->arena);
}

static void print_percentiles(const char *name, struct sample *sample)
{
	printf(",\"%s\":{\"p50_us\":%" PRId64 ",\"p99_us\":%" PRId64 ",\"max_us\":%" PRId64 "}",
	    name, sample_at(sample, 50), sample_at(sample, 99), sample_at(sample, 100));
}

/* Each round: the time at which half, 99 % and all of the connections had the event. */
static void bench_broadcast(struct load *load, long pid, int rounds)
{
	struct sample *all = sample_new();
	int64_t computed = 0;

	for (int i = 0; i < rounds; i++) {
		load->sample = all;
		computed -= processor_us(pid);
		deliver(load, load->users, load->count);
		computed += processor_us(pid);
		load->sample = NULL;
		load_acknowledge(load);
		load_settle(load);
	}
	print_percentiles("broadcast", all);
	printf(",\"broadcast_processor_us\":%" PRId64, computed / rounds);
	sample_free(&all);
}

static void bench_unicast(struct load *load)
{
	struct sample *one = sample_new();

	load->sample = one;
	for (int i = 0; i < UNICASTS; i++)
		deliver(load, &load->users[(size_t)random() % load->count], 1);
	load->sample = NULL;
	load_acknowledge(load);
	print_percentiles("unicast", one);
	sample_free(&one);
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

static void bench(struct load *load, long pid, int rounds)
{
	long before = resident_kib(pid), after;
	int64_t begin = sample_now_us(), took;

	load_open(load);
	took = sample_now_us() - begin;
	load_settle(load);
	after = resident_kib(pid);
	printf("{\"connections\":%zu,\"opened_per_second\":%" PRId64
	       ",\"resident_kib\":%ld,\"bytes_per_connection\":%ld",
	    load->count, (int64_t)load->count * 1000000 / took, after,
	    (after - before) * 1024 / (long)load->count);
	bench_broadcast(load, pid, rounds);
	bench_unicast(load);
	printf(",\"resident_after_kib\":%ld}\n", resident_kib(pid));
}

int main(int count, char **words)
{
	struct load load = {.config = config_load(NULL, stderr)};

	if (count != 4 || load.config == NULL || atoi(words[2]) < 1)
		fail("usage: HICHAT_CONFIG=… live_load PID CONNECTIONS ROUNDS");
	load.count = (size_t)atoi(words[2]);
	allow_files(load.count);
	load.redis = redis_new(load.config);
	load.arena = arena_new();
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	load.clients = calloc(load.count, sizeof(*load.clients));
	load.users = calloc(load.count, sizeof(*load.users));
	for (size_t i = 0; i < load.count; i++)
		load.users[i] = FIRST_USER + (int64_t)i;
	bench(&load, atol(words[1]), atoi(words[3]));
	return 0;
}
