/* live_rate FIRST COUNT SECONDS [publish]: how many events a second reach the users FIRST … FIRST +
 * COUNT - 1, each of whom is connected: those that somebody else sends, from the first to the last
 * that arrives within SECONDS of saying "ready", or, with `publish`, those that this tool writes
 * straight into Redis as fast as they are taken.
 *
 * Prints one line of JSON at the end. */
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

#define AT_A_TIME 32 /* events published at once: as many as clients acknowledge together */
#define GLANCE_MS 20

struct rate {
	struct redis *redis;
	struct arena *arena;
	struct live_clients *clients;
	int64_t *users;
	size_t count;
	int64_t end;
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "live_rate: %s\n", what);
	exit(1);
}

/* The same event over and over. */
static void fill_envelopes(const struct rate *rate, const char *envelopes[AT_A_TIME])
{
	static const char payload[] =
	    "{\"event\":\"message\",\"conversation_id\":7,\"seq\":42,\"ordinal\":42,"
	    "\"sender_id\":12,\"client_key\":\"12345-1-12345\",\"kind\":\"text\",\"body\":{"
	    "\"text\":\"Shall we meet at the station at six? 六点车站见 12345\"},"
	    "\"reply_to\":null,\"mentions\":[],\"created_at\":1790000000000,\"edited_at\":null,"
	    "\"recalled_at\":null,\"changed_seq\":null,\"pinned_at\":null,\"reactions\":[]}";
	struct event event = {.kind = EVENT_TO, .ids = rate->users, .count = rate->count};
	const char *envelope;

	event.conversation = ABSENT;
	event.payload = payload;
	event.payload_length = strlen(payload);
	envelope = event_write(rate->arena, &event);
	for (size_t i = 0; i < AT_A_TIME; i++)
		envelopes[i] = envelope;
}

static double publish(const struct rate *rate)
{
	const char *envelopes[AT_A_TIME];
	int64_t begin = sample_now_us(), now;
	size_t events = 0;

	fill_envelopes(rate, envelopes);
	do {
		live_clients_measure(rate->clients, NULL);
		if (!redis_publish(rate->redis, EVENT_CHANNEL, envelopes, AT_A_TIME))
			fail("Redis does not answer");
		live_clients_wait(rate->clients, AT_A_TIME * rate->count);
		live_clients_acknowledge(rate->clients);
		events += AT_A_TIME * rate->count;
	} while ((now = sample_now_us()) < rate->end);
	return (double)events * 1e6 / (double)(now - begin);
}

static double listen_to_others(const struct rate *rate)
{
	size_t events = 0, acknowledged = 0, before;
	int64_t first = 0, last = 0;

	live_clients_measure(rate->clients, NULL);
	printf("ready\n");
	fflush(stdout);
	while (sample_now_us() < rate->end) {
		before = events;
		events = live_clients_pass(rate->clients, GLANCE_MS);
		if (events == before)
			continue;
		last = sample_now_us();
		if (first == 0)
			first = last - GLANCE_MS * (int64_t)1000;
		if (events - acknowledged < AT_A_TIME * rate->count)
			continue;
		live_clients_acknowledge(rate->clients);
		acknowledged = events;
	}
	if (last == 0)
		fail("nothing has arrived");
	return (double)events * 1e6 / (double)(last - first);
}

int main(int count, char **words)
{
	const struct config *config = config_load(NULL, stderr);
	struct rate rate = {.arena = arena_new()};
	int64_t first, seconds;

	if (count < 4 || config == NULL || atoi(words[2]) < 1 || atoi(words[3]) < 1)
		fail("usage: HICHAT_CONFIG=… live_rate FIRST COUNT SECONDS [publish]");
	first = atoll(words[1]);
	rate.count = (size_t)atoi(words[2]);
	seconds = atoi(words[3]);
	rate.redis = redis_new(config, NULL);
	rate.users = calloc(rate.count, sizeof(*rate.users));
	if (rate.users == NULL)
		abort();
	for (size_t i = 0; i < rate.count; i++)
		rate.users[i] = first + (int64_t)i;
	rate.clients = live_clients_new(config, rate.redis, first, rate.count);
	live_clients_open(rate.clients);
	live_clients_settle(rate.clients);
	rate.end = sample_now_us() + seconds * 1000000;
	printf("{\"per_second\":%.1f}\n", count > 4 ? publish(&rate) : listen_to_others(&rate));
	free(rate.users);
	return 0;
}
