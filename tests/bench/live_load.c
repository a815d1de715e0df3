/* live_load PID CONNECTIONS ROUNDS: what idle live connections cost wsd (process PID), and how long
 * an event takes to reach all of them, and one of them.
 *
 * Talks to wsd itself, at [live] listen of HICHAT_CONFIG, and writes tickets and events straight
 * into its Redis: neither a web server nor a program has a part in it.  Prints one line of JSON. */
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

#define FIRST_USER 1000000
#define UNICASTS 2000

struct load {
	struct redis *redis;
	struct arena *arena;
	struct live_clients *clients;
	int64_t *users;
	size_t count;
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "live_load: %s\n", what);
	exit(1);
}

/* From PUBLISH until the last of them has it. */
static void deliver(struct load *load, const int64_t *users, size_t count, struct sample *sample)
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
	live_clients_measure(load->clients, sample);
	if (!redis_publish(load->redis, EVENT_CHANNEL, &envelope, 1))
		fail("Redis does not answer");
	live_clients_wait(load->clients, count);
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
		computed -= processor_us(pid);
		deliver(load, load->users, load->count, all);
		computed += processor_us(pid);
		live_clients_acknowledge(load->clients);
		live_clients_settle(load->clients);
	}
	print_percentiles("broadcast", all);
	printf(",\"broadcast_processor_us\":%" PRId64, computed / rounds);
	sample_free(&all);
}

static void bench_unicast(struct load *load)
{
	struct sample *one = sample_new();

	for (int i = 0; i < UNICASTS; i++)
		deliver(load, &load->users[(size_t)random() % load->count], 1, one);
	live_clients_acknowledge(load->clients);
	print_percentiles("unicast", one);
	sample_free(&one);
}

static void bench(struct load *load, long pid, int rounds)
{
	long before = resident_kib(pid), after;
	int64_t begin = sample_now_us(), took;

	live_clients_open(load->clients);
	took = sample_now_us() - begin;
	live_clients_settle(load->clients);
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
	const struct config *config = config_load(NULL, stderr);
	struct load load = {.arena = arena_new()};

	if (count != 4 || config == NULL || atoi(words[2]) < 1)
		fail("usage: HICHAT_CONFIG=… live_load PID CONNECTIONS ROUNDS");
	load.count = (size_t)atoi(words[2]);
	load.redis = redis_new(config, NULL);
	load.clients = live_clients_new(config, load.redis, FIRST_USER, load.count);
	load.users = calloc(load.count, sizeof(*load.users));
	for (size_t i = 0; i < load.count; i++)
		load.users[i] = FIRST_USER + (int64_t)i;
	bench(&load, atol(words[1]), atoi(words[3]));
	return 0;
}
