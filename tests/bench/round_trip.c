/* round_trip PORT TOKEN CONVERSATION TICKET COUNT: one person sends, another one's live
 * connection sees it, one after the other, through the web server at 127.0.0.1:PORT.
 *
 * TOKEN is the sender's access token, TICKET a fresh live ticket of the receiver.  Reads
 * HICHAT_CONFIG.  Prints one line of JSON with the percentiles, in microseconds, of four
 * durations: a bare request (refused by the same route after everything but the database), a
 * durable insert, send until acknowledged, and send until seen at the other's socket.  The floors
 * take turns with the sends: a server that has just done something else answers more slowly than
 * one that does the same again and again. */
#include "config.h"
#include "durable_insert.h"
#include "sample.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER 65536

struct wire {
	int descriptor;
	size_t length;
	unsigned char bytes[BUFFER];
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "round_trip: %s\n", what);
	exit(1);
}

static struct wire *wire_open(int port)
{
	struct wire *wire = calloc(1, sizeof(*wire));
	struct sockaddr_in address = {
	    .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int yes = 1;

	if (wire == NULL)
		abort();
	wire->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (wire->descriptor < 0 ||
	    connect(wire->descriptor, (struct sockaddr *)&address, sizeof(address)) != 0)
		fail("the web server does not answer");
	setsockopt(wire->descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	return wire;
}

static void wire_close(struct wire **wire)
{
	close((*wire)->descriptor);
	free(*wire);
	*wire = NULL;
}

static void wire_write(struct wire *wire, const void *bytes, size_t length)
{
	if (send(wire->descriptor, bytes, length, MSG_NOSIGNAL) != (ssize_t)length)
		fail("a connection was cut");
}

static void wire_fill(struct wire *wire)
{
	ssize_t count;

	if (wire->length == BUFFER)
		fail("an answer is too large");
	count = recv(wire->descriptor, wire->bytes + wire->length, BUFFER - wire->length, 0);
	if (count <= 0)
		fail("a connection was closed");
	wire->length += (size_t)count;
}

static void wire_drop(struct wire *wire, size_t count)
{
	wire->length -= count;
	memmove(wire->bytes, wire->bytes + count, wire->length);
}

/* HTTP ------------------------------------------------------------------------------------ */

/* The length of the whole answer at the start of the buffer, 0 while it is incomplete. */
static size_t answer_length(const struct wire *wire)
{
	const char *head = (const char *)wire->bytes;
	const char *end = memmem(head, wire->length, "\r\n\r\n", 4);
	const char *header;
	size_t body = 0;

	if (end == NULL)
		return 0;
	header = memmem(head, (size_t)(end - head), "ontent-Length: ", 15);
	if (header == NULL)
		header = memmem(head, (size_t)(end - head), "ontent-length: ", 15);
	if (header != NULL)
		body = strtoul(header + 15, NULL, 10);
	else if (memmem(head, (size_t)(end - head), "101 ", 4) == NULL)
		fail("an answer without Content-Length");
	body += (size_t)(end - head) + 4;
	return wire->length >= body ? body : 0;
}

static int answer_status(const struct wire *wire)
{
	return atoi((const char *)wire->bytes + sizeof("HTTP/1.1"));
}

struct sender {
	struct wire *wire;
	const char *token;
	const char *conversation;
};

static void post(struct sender *sender, const char *kind, int number)
{
	char body[256], request[2048];
	int length = snprintf(body, sizeof(body),
	    "{\"client_key\":\"round-trip-%d-%d\",\"kind\":\"%s\",\"body\":{\"text\":\"六点车站见 "
	    "%d\"}}",
	    (int)getpid(), number, kind, number);

	length = snprintf(request, sizeof(request),
	    "POST /api/v1/chat/conversations/%s/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %d\r\n\r\n%s",
	    sender->conversation, sender->token, length, body);
	wire_write(sender->wire, request, (size_t)length);
}

static bool answered(struct sender *sender, int wanted)
{
	size_t length = answer_length(sender->wire);

	if (length == 0)
		return false;
	if (answer_status(sender->wire) != wanted) {
		fprintf(stderr, "%.*s\n", (int)length, (const char *)sender->wire->bytes);
		fail("an unexpected status");
	}
	wire_drop(sender->wire, length);
	return true;
}

/* WebSocket (RFC 6455) --------------------------------------------------------------------- */

/* The length of the whole frame at the start of the buffer, 0 while it is incomplete. */
static size_t frame_length(const struct wire *wire, const unsigned char **payload, size_t *size)
{
	size_t head = 2;

	if (wire->length < 4)
		return 0;
	*size = wire->bytes[1] & 127U;
	if (*size == 126) {
		*size = (size_t)wire->bytes[2] << 8 | wire->bytes[3];
		head = 4;
	} else if (*size == 127) {
		fail("a frame is too large");
	}
	*payload = wire->bytes + head;
	return wire->length >= head + *size ? head + *size : 0;
}

/* A client masks; a mask of zeros masks as well as any on a loopback. */
static void frame_write(struct wire *wire, const char *text)
{
	unsigned char frame[512];
	size_t length = strlen(text), head = 2;

	if (length > 400)
		fail("a frame of ours is too large");
	frame[0] = 0x81;
	frame[1] = 0x80 | (length < 126 ? (unsigned char)length : 126);
	if (length >= 126) {
		frame[head++] = (unsigned char)(length >> 8);
		frame[head++] = (unsigned char)length;
	}
	memset(frame + head, 0, 4);
	memcpy(frame + head + 4, text, length);
	wire_write(wire, frame, head + 4 + length);
}

struct receiver {
	struct wire *wire;
	int events;
};

/* Takes what has come; true when a message was among it. */
static bool seen(struct receiver *receiver)
{
	const unsigned char *payload;
	size_t size, length;
	bool message = false;

	while ((length = frame_length(receiver->wire, &payload, &size)) > 0) {
		if (memmem(payload, size, "\"op\":\"ping\"", 11) != NULL)
			frame_write(receiver->wire, "{\"op\":\"pong\"}");
		if (memmem(payload, size, "\"event\":", 8) != NULL)
			receiver->events++;
		if (memmem(payload, size, "\"event\":\"message\"", 17) != NULL)
			message = true;
		wire_drop(receiver->wire, length);
	}
	return message;
}

static void acknowledge(struct receiver *receiver)
{
	char frame[64];

	snprintf(frame, sizeof(frame), "{\"op\":\"ack\",\"received\":%d}", receiver->events);
	frame_write(receiver->wire, frame);
}

static void connect_live(struct receiver *receiver, int port, const char *ticket)
{
	char text[512];
	size_t length;
	const unsigned char *payload;
	size_t size;

	receiver->wire = wire_open(port);
	snprintf(text, sizeof(text),
	    "GET /live HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
	    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
	    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
	    "hichat.v1\r\n\r\n",
	    port, port);
	wire_write(receiver->wire, text, strlen(text));
	while ((length = answer_length(receiver->wire)) == 0)
		wire_fill(receiver->wire);
	if (answer_status(receiver->wire) != 101)
		fail("no live connection");
	wire_drop(receiver->wire, length);
	snprintf(text, sizeof(text), "{\"op\":\"hello\",\"ticket\":\"%s\"}", ticket);
	frame_write(receiver->wire, text);
	while ((length = frame_length(receiver->wire, &payload, &size)) == 0)
		wire_fill(receiver->wire);
	if (memmem(payload, size, "welcome", 7) == NULL)
		fail("no welcome");
	wire_drop(receiver->wire, length);
}

/* Measuring -------------------------------------------------------------------------------- */

struct floors {
	struct sender sender;
	struct db *db;
	struct sample *bare;
	struct sample *insert;
};

static void measure_floors(struct floors *floors, int number)
{
	int64_t start = sample_now_us();

	post(&floors->sender, "nothing", number);
	while (!answered(&floors->sender, 422))
		wire_fill(floors->sender.wire);
	sample_add(floors->bare, sample_now_us() - start);
	start = sample_now_us();
	if (durable_insert(floors->db, 1, number + 1) != NULL)
		fail("a row could not be inserted");
	sample_add(floors->insert, sample_now_us() - start);
}

struct send_times {
	struct sample *stored;
	struct sample *seen;
};

static void measure_send(
    struct sender *sender, struct receiver *receiver, int number, struct send_times *times)
{
	int64_t start = sample_now_us();
	bool stored = false, arrived = false;

	post(sender, "text", number);
	while (!stored || !arrived) {
		struct pollfd ready[2] = {
		    {sender->wire->descriptor, POLLIN, 0}, {receiver->wire->descriptor, POLLIN, 0}};

		if (poll(ready, 2, 10000) <= 0)
			fail("a message did not arrive within 10 s");
		if (ready[1].revents != 0) {
			wire_fill(receiver->wire);
			if (seen(receiver)) {
				arrived = true;
				sample_add(times->seen, sample_now_us() - start);
			}
		}
		if (ready[0].revents != 0) {
			wire_fill(sender->wire);
			if (answered(sender, 201)) {
				stored = true;
				sample_add(times->stored, sample_now_us() - start);
			}
		}
	}
}

static void print_sample(const char *name, struct sample *sample, const char *end)
{
	printf("\"%s\":{\"p50_us\":%lld,\"p99_us\":%lld}%s", name, (long long)sample_at(sample, 50),
	    (long long)sample_at(sample, 99), end);
}

static void measure(
    struct floors *floors, struct sender *sender, struct receiver *receiver, int count)
{
	struct send_times times = {sample_new(), sample_new()};

	for (int i = 0; i < count; i++) {
		measure_floors(floors, i);
		measure_send(sender, receiver, i, &times);
		if (i % 16 == 15)
			acknowledge(receiver);
	}
	printf("{");
	print_sample("bare", floors->bare, ",");
	print_sample("insert", floors->insert, ",");
	print_sample("stored", times.stored, ",");
	print_sample("seen", times.seen, "}\n");
	sample_free(&times.stored);
	sample_free(&times.seen);
}

int main(int argc, char **argv)
{
	struct floors floors = {.bare = sample_new(), .insert = sample_new()};
	struct receiver receiver = {NULL, 0};
	struct sender sender;
	struct config *config;
	int port;

	if (argc != 6) {
		fprintf(stderr, "usage: round_trip PORT TOKEN CONVERSATION TICKET COUNT\n");
		return 2;
	}
	config = config_load(NULL, stderr);
	if (config == NULL)
		return 1;
	port = atoi(argv[1]);
	/* Two connections: web servers end one after so many requests. */
	sender = (struct sender){wire_open(port), argv[2], argv[3]};
	floors.sender = (struct sender){wire_open(port), argv[2], argv[3]};
	floors.db = db_new(config);
	if (durable_insert_prepare(floors.db) != NULL)
		fail("no table for rows");
	connect_live(&receiver, port, argv[4]);
	measure(&floors, &sender, &receiver, atoi(argv[5]));
	wire_close(&sender.wire);
	wire_close(&floors.sender.wire);
	wire_close(&receiver.wire);
	(void)durable_insert_clear(floors.db);
	db_free(&floors.db);
	config_free(&config);
	sample_free(&floors.bare);
	sample_free(&floors.insert);
	return 0;
}
