/* live_group PORT TOKEN CONVERSATION FIRST COUNT ROUNDS PID …: how long a message that is sent
 * through the web server at 127.0.0.1:PORT takes to reach all members of a group, each of whom is
 * connected: the users FIRST … FIRST + COUNT - 1, among them the sender, whose access token is
 * TOKEN.
 *
 * Prints one line of JSON, with what each process PID computed for one message. */
#include "config.h"
#include "live_clients.h"
#include "redis.h"
#include "sample.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PIDS_MAX 64

struct group {
	int port;
	const char *token, *conversation;
	struct live_clients *clients;
	size_t count;
	long pids[PIDS_MAX];
	int pid_count;
	int64_t computed[PIDS_MAX]; /* µs, of all rounds */
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "live_group: %s\n", what);
	exit(1);
}

static int connect_to(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		fail("the web server does not answer");
	return fd;
}

static void post(const struct group *group, int fd, int round)
{
	char body[256], request[2048];
	int length = snprintf(body, sizeof(body),
	    "{\"client_key\":\"group-%d-%d\",\"kind\":\"text\",\"body\":{\"text\":\"大家好 %d\"}}",
	    (int)getpid(), round, round);

	length = snprintf(request, sizeof(request),
	    "POST /api/v1/chat/conversations/%s/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
	    "Connection: close\r\nContent-Length: %d\r\n\r\n%s",
	    group->conversation, group->token, length, body);
	if (send(fd, request, (size_t)length, MSG_NOSIGNAL) != length)
		fail("the web server hung up");
}

static void expect_created(int fd)
{
	char answer[1024] = "";

	if (recv(fd, answer, sizeof(answer) - 1, MSG_WAITALL) <= 0 ||
	    strncmp(answer, "HTTP/1.1 201", 12) != 0) {
		fprintf(stderr, "%s\n", answer);
		fail("the message was refused");
	}
	close(fd);
}

static void count_processors(struct group *group, int sign)
{
	for (int i = 0; i < group->pid_count; i++)
		group->computed[i] += sign * processor_us(group->pids[i]);
}

/* Not measured: the programs learn who the members are. */
static void send_first(struct group *group)
{
	int fd = connect_to(group->port);

	live_clients_measure(group->clients, NULL);
	post(group, fd, 0);
	expect_created(fd);
	live_clients_wait(group->clients, group->count);
	live_clients_acknowledge(group->clients);
	live_clients_settle(group->clients);
}

/* The answer is read only when everybody has the message. */
static void bench(struct group *group, int rounds)
{
	struct sample *half = sample_new(), *last = sample_new();

	for (int i = 1; i <= rounds; i++) {
		struct sample *arrivals = sample_new();
		int fd = connect_to(group->port);

		count_processors(group, -1);
		live_clients_measure(group->clients, arrivals);
		post(group, fd, i);
		live_clients_wait(group->clients, group->count);
		count_processors(group, 1);
		expect_created(fd);
		live_clients_acknowledge(group->clients);
		live_clients_settle(group->clients);
		sample_add(half, sample_at(arrivals, 50));
		sample_add(last, sample_at(arrivals, 100));
		sample_free(&arrivals);
	}
	printf("{\"half_us\":%" PRId64 ",\"last_us\":%" PRId64 ",\"worst_us\":%" PRId64
	       ",\"processor_us\":[",
	    sample_at(half, 50), sample_at(last, 50), sample_at(last, 100));
	for (int i = 0; i < group->pid_count; i++)
		printf("%s%" PRId64, i > 0 ? "," : "", group->computed[i] / rounds);
	printf("]}\n");
	sample_free(&half);
	sample_free(&last);
}

int main(int count, char **words)
{
	const struct config *config = config_load(NULL, stderr);
	struct group group = {0};

	if (count < 7 || count - 7 > PIDS_MAX || config == NULL || atoi(words[5]) < 1)
		fail("usage: HICHAT_CONFIG=… live_group PORT TOKEN CONVERSATION FIRST COUNT ROUNDS "
		     "PID …");
	group.port = atoi(words[1]);
	group.token = words[2];
	group.conversation = words[3];
	group.count = (size_t)atoi(words[5]);
	for (int i = 7; i < count; i++)
		group.pids[group.pid_count++] = atol(words[i]);
	group.clients =
	    live_clients_new(config, redis_new(config, NULL), atoll(words[4]), group.count);
	live_clients_open(group.clients);
	live_clients_settle(group.clients);
	send_first(&group);
	bench(&group, atoi(words[6]));
	return 0;
}
