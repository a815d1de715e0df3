/* live_soak PID CONNECTIONS SECONDS WARMING: whether the memory of wsd (process PID) grows while
 * connections come and go: every connection is replaced again and again, half of them without a
 * word, and events reach all and one.  For WARMING seconds nothing is compared: sessions that
 * nobody will resume have to fill up first.
 *
 * Prints one line of JSON. */
#include "arena.h"
#include "config.h"
#include "event.h"
#include "live_clients.h"
#include "record.h"
#include "redis.h"
#include "sample.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_USER 2000000
#define REPLACED 8 /* at a time */
#define PAUSE_MS 20
#define TO_ALL 16 /* every so many events is for everybody */
#define ACKNOWLEDGED_US 1000000

struct soak {
	struct redis *redis;
	struct arena *arena;
	struct live_clients *clients;
	int64_t *users;
	size_t count, replaced, events;
	int64_t acknowledged; /* when */
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "live_soak: %s\n", what);
	exit(1);
}

static void deliver(struct soak *soak, const int64_t *users, size_t count)
{
	static const char payload[] = "{\"event\":\"message\",\"conversation_id\":7,\"seq\":42,"
				      "\"kind\":\"text\",\"body\":{\"text\":\"Still there?\"}}";
	struct event event = {.kind = EVENT_TO, .ids = users, .count = count};
	const char *envelope;

	event.conversation = ABSENT;
	event.payload = payload;
	event.payload_length = strlen(payload);
	envelope = event_write(soak->arena, &event);
	if (!redis_publish(soak->redis, EVENT_CHANNEL, &envelope, 1))
		fail("Redis does not answer");
	arena_reset(soak->arena);
	soak->events += count;
}

static void acknowledge(struct soak *soak)
{
	int64_t now = sample_now_us();

	if (now - soak->acknowledged < ACKNOWLEDGED_US)
		return;
	live_clients_acknowledge(soak->clients);
	soak->acknowledged = now;
}

/* A little of everything. */
static void churn(struct soak *soak)
{
	size_t first = (size_t)random();

	for (size_t i = 0; i < REPLACED; i++)
		live_clients_replace(soak->clients, (first + i) % soak->count, random() % 2 == 0);
	soak->replaced += REPLACED;
	live_clients_open(soak->clients);
	if (random() % TO_ALL == 0)
		deliver(soak, soak->users, soak->count);
	else
		deliver(soak, &soak->users[(size_t)random() % soak->count], 1);
	live_clients_pass(soak->clients, PAUSE_MS);
	acknowledge(soak);
}

static void churn_for(struct soak *soak, int64_t seconds)
{
	int64_t end = sample_now_us() + seconds * 1000000;

	while (sample_now_us() < end)
		churn(soak);
}

int main(int count, char **words)
{
	const struct config *config = config_load(NULL, stderr);
	struct soak soak = {.arena = arena_new()};
	long pid, empty, start;

	if (count != 5 || config == NULL || atoi(words[2]) < REPLACED)
		fail("usage: HICHAT_CONFIG=… live_soak PID CONNECTIONS SECONDS WARMING");
	pid = atol(words[1]);
	soak.count = (size_t)atoi(words[2]);
	soak.redis = redis_new(config, NULL);
	soak.clients = live_clients_new(config, soak.redis, FIRST_USER, soak.count);
	soak.users = calloc(soak.count, sizeof(*soak.users));
	if (soak.users == NULL)
		abort();
	for (size_t i = 0; i < soak.count; i++)
		soak.users[i] = FIRST_USER + (int64_t)i;
	empty = resident_kib(pid);
	live_clients_open(soak.clients);
	live_clients_settle(soak.clients);
	churn_for(&soak, atoi(words[4]));
	start = resident_kib(pid);
	soak.replaced = soak.events = 0;
	churn_for(&soak, atoi(words[3]));
	printf("{\"empty_kib\":%ld,\"start_kib\":%ld,\"end_kib\":%ld,\"replaced\":%zu,\"events\":%"
	       "zu}\n",
	    empty, start, resident_kib(pid), soak.replaced, soak.events);
	free(soak.users);
	return 0;
}
