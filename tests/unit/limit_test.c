/* Rate limits as one process keeps them while Redis is away. */
#include "clock.h"
#include "limit.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>

#include <cmocka.h>

static const struct config config; /* Redis is off */

struct caller {
	struct request req;
};

static void caller_open(struct caller *caller)
{
	*caller = (struct caller){.req = {.config = &config, .arena = arena_new()}};
	caller->req.redis = redis_new(&config, NULL);
}

static void caller_close(struct caller *caller)
{
	redis_free(&caller->req.redis);
	arena_free(&caller->req.arena);
}

static void stops_at_the_limit(void **state)
{
	struct caller caller;
	const struct error *error;

	(void)state;
	caller_open(&caller);
	for (int i = 0; i < 3; i++)
		assert_null(limit_count(&caller.req, "stop", "me", 3, 60));
	error = limit_count(&caller.req, "stop", "me", 3, 60);
	assert_true(error_is(error, FAIL(RATE_LIMITED)));
	assert_in_range(error->retry_after, 1, 60);
	/* Other subjects and other things are counted apart. */
	assert_null(limit_count(&caller.req, "stop", "you", 3, 60));
	assert_null(limit_count(&caller.req, "go", "me", 3, 60));
	caller_close(&caller);
}

static void limits_nothing_at_zero(void **state)
{
	struct caller caller;

	(void)state;
	caller_open(&caller);
	for (int i = 0; i < 100; i++)
		assert_null(limit_count(&caller.req, "free", "me", 0, 60));
	caller_close(&caller);
}

static void begins_again_after_the_window(void **state)
{
	struct caller caller;
	int64_t deadline = clock_monotonic_ms() + 10000;

	(void)state;
	caller_open(&caller);
	assert_null(limit_count(&caller.req, "window", "me", 1, 1));
	assert_non_null(limit_count(&caller.req, "window", "me", 1, 1));
	while (limit_count(&caller.req, "window", "me", 1, 1) != NULL)
		assert_true(clock_monotonic_ms() < deadline);
	caller_close(&caller);
}

static atomic_int admitted;

static void *hammer(void *context)
{
	struct caller caller;

	(void)context;
	caller_open(&caller);
	for (int i = 0; i < 200; i++)
		if (limit_count(&caller.req, "threads", "me", 100, 60) == NULL)
			admitted++;
	caller_close(&caller);
	return NULL;
}

static void counts_over_threads(void **state)
{
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, hammer, NULL), 0);
	for (size_t i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(admitted, 100);
}

/* However many subjects come, the table stays as it is, and the newest are counted. */
static void survives_a_crowd(void **state)
{
	struct caller caller;

	(void)state;
	caller_open(&caller);
	for (int i = 0; i < 20000; i++) {
		const char *subject = arena_printf(caller.req.arena, "%d", i);

		assert_null(limit_count(&caller.req, "crowd", subject, 1, 60));
		assert_non_null(limit_count(&caller.req, "crowd", subject, 1, 60));
		if (i % 100 == 0)
			arena_reset(caller.req.arena);
	}
	caller_close(&caller);
}

static void takes_back(void **state)
{
	struct caller caller;

	(void)state;
	caller_open(&caller);
	limit_take_back(&caller.req, "back", "me"); /* nothing was counted: nothing is given */
	for (int i = 0; i < 5; i++) {
		assert_null(limit_count(&caller.req, "back", "me", 2, 60));
		limit_take_back(&caller.req, "back", "me");
	}
	assert_null(limit_count(&caller.req, "back", "me", 2, 60));
	assert_null(limit_count(&caller.req, "back", "me", 2, 60));
	assert_non_null(limit_count(&caller.req, "back", "me", 2, 60));
	caller_close(&caller);
}

static void counts_networks_of_ipv6(void **state)
{
	static const char *const subjects[][2] = {
	    {"192.0.2.7", "192.0.2.7"},
	    {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
	    {"2001:db8:1:2::", "2001:db8:1:2::/64"},
	    {"::1", "::/64"},
	    {"::ffff:192.0.2.7", "::ffff:192.0.2.7"},
	    {"", ""},
	    {"unix:", "unix:"},
	};
	struct caller caller;

	(void)state;
	caller_open(&caller);
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++) {
		caller.req.address = subjects[i][0];
		assert_string_equal(limit_address(&caller.req), subjects[i][1]);
	}
	caller_close(&caller);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(stops_at_the_limit),
	    cmocka_unit_test(limits_nothing_at_zero),
	    cmocka_unit_test(begins_again_after_the_window),
	    cmocka_unit_test(counts_over_threads),
	    cmocka_unit_test(survives_a_crowd),
	    cmocka_unit_test(takes_back),
	    cmocka_unit_test(counts_networks_of_ipv6),
	};

	return cmocka_run_group_tests_name("limit", tests, NULL, NULL);
}
