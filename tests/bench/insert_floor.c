/* insert_floor THREADS SECONDS: how many rows of `message` this MariaDB makes durable, each in a
 * transaction of its own, see durable_insert.h.
 *
 * Reads HICHAT_CONFIG.  Prints one line of JSON:
 * {"per_second":…,"p50_us":…,"p99_us":…}. */
#include "arena.h"
#include "config.h"
#include "durable_insert.h"
#include "sample.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS_MAX 512

struct inserter {
	const struct config *config;
	pthread_t thread;
	int64_t number;
	int64_t until_us;
	struct sample *times;
	const struct error *error;
};

static void *run(void *context)
{
	struct inserter *inserter = context;
	struct db *db = db_new(inserter->config);
	int64_t start = sample_now_us();

	for (int64_t seq = 1; start < inserter->until_us && inserter->error == NULL; seq++) {
		int64_t end;

		inserter->error = durable_insert(db, inserter->number, seq);
		end = sample_now_us();
		sample_add(inserter->times, end - start);
		start = end;
	}
	db_free(&db);
	return NULL;
}

static struct sample *run_all(const struct config *config, int threads, int seconds)
{
	static struct inserter inserters[THREADS_MAX];
	struct sample *all = sample_new();
	int64_t until_us = sample_now_us() + seconds * INT64_C(1000000);

	for (int i = 0; i < threads; i++) {
		inserters[i] = (struct inserter){
		    .config = config, .number = i + 1, .until_us = until_us, .times = sample_new()};
		if (pthread_create(&inserters[i].thread, NULL, run, &inserters[i]) != 0)
			abort();
	}
	for (int i = 0; i < threads; i++) {
		pthread_join(inserters[i].thread, NULL);
		if (inserters[i].error != NULL) {
			fprintf(stderr, "insert_floor: %s\n", inserters[i].error->code);
			exit(1);
		}
		sample_merge(all, inserters[i].times);
		sample_free(&inserters[i].times);
	}
	return all;
}

int main(int argc, char **argv)
{
	int threads = argc == 3 ? atoi(argv[1]) : 0;
	int seconds = argc == 3 ? atoi(argv[2]) : 0;
	struct config *config;
	struct sample *times;
	struct db *db;

	if (threads < 1 || threads > THREADS_MAX || seconds < 1) {
		fprintf(stderr, "usage: insert_floor THREADS SECONDS\n");
		return 2;
	}
	config = config_load(NULL, stderr);
	if (config == NULL)
		return 1;
	db = db_new(config);
	if (durable_insert_prepare(db) != NULL)
		return 1;
	times = run_all(config, threads, seconds);
	printf("{\"per_second\":%.1f,\"p50_us\":%lld,\"p99_us\":%lld}\n",
	    (double)sample_count(times) / seconds, (long long)sample_at(times, 50),
	    (long long)sample_at(times, 99));
	(void)durable_insert_clear(db);
	sample_free(&times);
	db_free(&db);
	config_free(&config);
	return 0;
}
