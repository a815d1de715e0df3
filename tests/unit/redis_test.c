/* Redis: what the calls do, and what a dead, hung or returning Redis costs. */
#include "arena.h"
#include "clock.h"
#include "config.h"
#include "log.h"
#include "record.h"
#include "redis.h"
#include "redis_breaker.h"
#include "redis_server.h"
#include <hiredis/hiredis.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define TIMEOUT 200 /* ms */
#define MESSAGES 100

static struct redis_server server;
static struct config config;
static struct redis *redis;
static struct arena *arena;
static redisContext *raw; /* beside the module, to see what it did */
static char log_path[96];

static void configure(void)
{
	memset(&config, 0, sizeof config);
	config.redis.enabled = true;
	config.redis.host = "127.0.0.1";
	config.redis.socket = server.socket;
	config.redis.password = "";
	config.redis.prefix = "test";
	config.redis.timeout_ms = TIMEOUT;
}

static int start(void **state)
{
	(void)state;
	if (!redis_server_possible())
		return 0;
	if (!redis_server_prepare(&server) || !redis_server_start(&server, NULL))
		return -1;
	configure();
	snprintf(log_path, sizeof log_path, "%s/log", server.directory);
	if (!log_open("test", log_path, LOG_LEVEL_INFO))
		return -1;
	arena = arena_new();
	redis = redis_new(&config, NULL);
	raw = redisConnectUnix(server.socket);
	return raw->err;
}

static int stop(void **state)
{
	(void)state;
	if (!redis_server_possible())
		return 0;
	redisFree(raw);
	redis_free(&redis);
	arena_free(&arena);
	log_close();
	unlink(log_path);
	redis_server_remove(&server);
	return 0;
}

static int start_without_server(void **state)
{
	(void)state;
	memset(&server, 0, sizeof server);
	configure();
	arena = arena_new();
	redis = redis_new(&config, NULL);
	return log_open("test", "/dev/null", LOG_LEVEL_ERROR) ? 0 : -1;
}

static int stop_without_server(void **state)
{
	(void)state;
	redis_free(&redis);
	arena_free(&arena);
	log_close();
	return 0;
}

static void need_server(void)
{
	if (!redis_server_possible())
		skip();
}

/* How often the log says it. */
static int logged(const char *text)
{
	FILE *file = fopen(log_path, "r");
	char line[8192];
	int count = 0;

	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL)
		count += strstr(line, text) != NULL;
	fclose(file);
	return count;
}

static void assert_raw(const char *wanted, const char *format, ...)
{
	va_list values;
	redisReply *reply;

	va_start(values, format);
	reply = redisvCommand(raw, format, values);
	va_end(values);
	assert_non_null(reply);
	if (wanted == NULL)
		assert_int_equal(reply->type, REDIS_REPLY_NIL);
	else
		assert_string_equal(reply->str, wanted);
	freeReplyObject(reply);
}

static int64_t raw_int(const char *command)
{
	redisReply *reply = redisCommand(raw, command);
	int64_t value;

	assert_non_null(reply);
	assert_int_equal(reply->type, REDIS_REPLY_INTEGER);
	value = reply->integer;
	freeReplyObject(reply);
	return value;
}

static void stores_and_forgets(void **state)
{
	const char *value = "x";

	(void)state;
	need_server();
	assert_true(redis_ping(redis));
	assert_string_equal(redis_reason(redis), "");
	assert_true(redis_get(redis, arena, "ticket:1", &value));
	assert_null(value);
	assert_true(redis_set(redis, "ticket:1", "{\"user\": 12, \"name\": \"张三\"}", 30));
	assert_raw("{\"user\": 12, \"name\": \"张三\"}", "GET test:ticket:1");
	assert_in_range(raw_int("TTL test:ticket:1"), 1, 30);
	assert_true(redis_get(redis, arena, "ticket:1", &value));
	assert_string_equal(value, "{\"user\": 12, \"name\": \"张三\"}");
	assert_true(redis_delete(redis, "ticket:1"));
	assert_raw(NULL, "GET test:ticket:1");
	assert_true(redis_delete(redis, "ticket:1"));
}

static void publishes_in_order(void **state)
{
	const char *messages[MESSAGES];
	redisReply *reply;

	(void)state;
	need_server();
	reply = redisCommand(raw, "SUBSCRIBE test:events");
	freeReplyObject(reply);
	for (int i = 0; i < MESSAGES; i++)
		messages[i] = arena_printf(arena, "to %d\n{\"seq\":%d}", i + 1, i);
	assert_true(redis_publish(redis, "events", messages, MESSAGES));
	assert_true(redis_publish(redis, "events", NULL, 0));
	for (int i = 0; i < MESSAGES; i++) {
		assert_int_equal(redisGetReply(raw, (void **)&reply), REDIS_OK);
		assert_int_equal(reply->elements, 3);
		assert_string_equal(reply->element[1]->str, "test:events");
		assert_string_equal(reply->element[2]->str, messages[i]);
		freeReplyObject(reply);
	}
}

static void counts_in_windows(void **state)
{
	int64_t count = 0, left = 0;

	(void)state;
	need_server();
	for (int i = 1; i <= 3; i++) {
		assert_true(redis_count(redis, "limit:a", 60, &count, &left));
		assert_int_equal(count, i);
		assert_in_range(left, 1, 60);
	}
	assert_in_range(raw_int("TTL test:limit:a"), 1, 60);
	assert_true(redis_count(redis, "limit:b", 1, &count, &left));
	assert_int_equal(count, 1);
	/* When the window has passed, counting begins anew. */
	for (int64_t until = clock_monotonic_ms() + 5000; count != 1 || left != 1;) {
		assert_true(clock_monotonic_ms() < until);
		assert_true(redis_count(redis, "limit:b", 1, &count, &left));
	}
}

static void takes_a_count_back(void **state)
{
	int64_t count = 0, left = 0;

	(void)state;
	need_server();
	assert_true(redis_uncount(redis, "limit:d"));
	assert_int_equal(raw_int("EXISTS test:limit:d"), 0);
	for (int i = 0; i < 3; i++)
		assert_true(redis_count(redis, "limit:d", 60, &count, &left));
	assert_true(redis_uncount(redis, "limit:d"));
	assert_in_range(raw_int("TTL test:limit:d"), 1, 60);
	assert_true(redis_count(redis, "limit:d", 60, &count, &left));
	assert_int_equal(count, 3);
	for (int i = 0; i < 5; i++)
		assert_true(redis_uncount(redis, "limit:d"));
	assert_true(redis_count(redis, "limit:d", 60, &count, &left));
	assert_int_equal(count, 1);
}

/* A counter that lost its expiry would refuse somebody for ever. */
static void mends_a_counter_without_end(void **state)
{
	int64_t count = 0, left = 0;

	(void)state;
	need_server();
	assert_raw("OK", "SET test:limit:c 500");
	assert_true(redis_count(redis, "limit:c", 60, &count, &left));
	assert_int_equal(count, 501);
	assert_in_range(left, 1, 60);
	assert_in_range(raw_int("TTL test:limit:c"), 1, 60);
}

static void reads_scores(void **state)
{
	const int64_t members[] = {12, 13, 9007199254740991, 14};
	int64_t scores[4] = {0};

	(void)state;
	need_server();
	assert_true(redis_scores(redis, "online", members, 4, scores));
	for (int i = 0; i < 4; i++)
		assert_true(scores[i] == ABSENT);
	assert_int_equal(raw_int("ZADD test:online 1790000000123 12 0 9007199254740991 inf 14"), 3);
	assert_true(redis_scores(redis, "online", members, 4, scores));
	assert_int_equal(scores[0], 1790000000123);
	assert_true(scores[1] == ABSENT);
	assert_int_equal(scores[2], 0);
	assert_true(scores[3] == ABSENT);
	assert_true(redis_scores(redis, "online", NULL, 0, NULL));
}

static void refuses_keys_that_are_too_long(void **state)
{
	char name[600];

	(void)state;
	need_server();
	memset(name, 'k', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_false(redis_set(redis, name, "x", 1));
	assert_string_equal(redis_reason(redis), "the key is too long");
	assert_true(redis_ping(redis));
}

static void takes_an_error_for_a_failure(void **state)
{
	const int64_t member = 1;
	int64_t score;

	(void)state;
	need_server();
	assert_raw("OK", "SET test:online text");
	assert_false(redis_scores(redis, "online", &member, 1, &score));
	assert_non_null(strstr(redis_reason(redis), "WRONGTYPE"));
	assert_int_equal(logged("WRONGTYPE"), 1);
}

static void knocks_with_the_password(void **state)
{
	(void)state;
	need_server();
	redis_server_kill(&server);
	assert_true(redis_server_start(&server, "open sesame"));
	assert_false(redis_ping(redis));
	assert_non_null(strstr(redis_reason(redis), "NOAUTH"));
	redis_free(&redis);
	config.redis.password = "wrong";
	redis = redis_new(&config, NULL);
	assert_false(redis_ping(redis));
	assert_non_null(strstr(redis_reason(redis), "AUTH: WRONGPASS"));
	redis_free(&redis);
	config.redis.password = "open sesame";
	redis = redis_new(&config, NULL);
	assert_true(redis_ping(redis));
	assert_int_equal(logged("sesame"), 0);
}

static void ping_until(bool wanted)
{
	const struct timespec step = {.tv_nsec = 2000000};
	int64_t until = clock_monotonic_ms() + 10000;

	while (redis_ping(redis) != wanted) {
		assert_true(clock_monotonic_ms() < until);
		nanosleep(&step, NULL);
	}
}

/* Whatever restarted Redis while nobody called: nothing is lost by it and nothing logged. */
static void survives_a_restart_between_calls(void **state)
{
	const char *message = "to 1\n{}";

	(void)state;
	need_server();
	assert_true(redis_ping(redis));
	for (int i = 0; i < 3; i++) {
		redis_server_kill(&server);
		assert_true(redis_server_start(&server, NULL));
		assert_true(redis_publish(redis, "events", &message, 1));
	}
	assert_int_equal(logged("redis"), 0);
}

static void logs_one_line_down_and_one_up(void **state)
{
	(void)state;
	need_server();
	assert_true(redis_ping(redis));
	redis_server_kill(&server);
	for (int64_t until = clock_monotonic_ms() + 600; clock_monotonic_ms() < until;)
		assert_false(redis_ping(redis));
	assert_int_equal(logged("level=warning program=test message=\"redis fails"), 1);
	assert_int_equal(logged("redis"), 1);
	assert_true(redis_server_start(&server, NULL));
	ping_until(true);
	assert_string_equal(redis_reason(redis), "");
	assert_int_equal(logged("level=info program=test message=\"redis is back\""), 1);
	assert_int_equal(logged("redis"), 2);
}

static void gives_up_a_hung_server_in_time(void **state)
{
	int64_t began, took;

	(void)state;
	need_server();
	assert_true(redis_ping(redis));
	kill(server.pid, SIGSTOP);
	began = clock_monotonic_ms();
	assert_false(redis_ping(redis));
	took = clock_monotonic_ms() - began;
	assert_in_range(took, TIMEOUT - 20, TIMEOUT + 1000);
	assert_string_equal(redis_reason(redis), "no answer within 200 ms");
	began = clock_monotonic_ms();
	for (int i = 0; i < 1000; i++)
		assert_false(redis_ping(redis));
	assert_true(clock_monotonic_ms() - began < TIMEOUT);
	kill(server.pid, SIGCONT);
	ping_until(true);
}

static void one_finds_out_for_all_who_share_a_breaker(void **state)
{
	struct redis_breaker *breaker;
	struct redis *one, *other;
	int64_t began;

	(void)state;
	need_server();
	breaker = redis_breaker_new();
	one = redis_new(&config, breaker);
	other = redis_new(&config, breaker);
	assert_true(redis_ping(one));
	assert_true(redis_ping(other));
	kill(server.pid, SIGSTOP);
	assert_false(redis_ping(one));
	began = clock_monotonic_ms();
	assert_false(redis_ping(other));
	assert_true(clock_monotonic_ms() - began < TIMEOUT);
	assert_string_equal(redis_reason(other), "it failed a moment ago");
	assert_int_equal(logged("redis fails"), 1);
	kill(server.pid, SIGCONT);
	for (int64_t until = clock_monotonic_ms() + 10000; !redis_ping(other);)
		assert_true(clock_monotonic_ms() < until);
	assert_true(redis_ping(one));
	assert_int_equal(logged("redis is back"), 1);
	redis_free(&one);
	redis_free(&other);
	redis_breaker_free(&breaker);
}

/* From here on any system call but exit kills the process.  Strict mode would not do: it takes
 * away the time stamp counter, too. */
static bool forbid_system_calls(void)
{
	struct sock_filter filter[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL),
	};
	struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static void ping_without_system_calls(bool also_ping)
{
	bool answered = redis_ping(redis); /* opens the breaker */

	if (!forbid_system_calls())
		syscall(SYS_exit, 77);
	for (int i = 0; i < 1000; i++) {
		clock_monotonic_ms();
		if (also_ping)
			answered |= redis_ping(redis);
	}
	syscall(SYS_exit, answered ? 1 : 0);
}

static int status_of_child(bool also_ping)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		ping_without_system_calls(also_ping);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void an_open_breaker_makes_no_system_call(void **state)
{
	(void)state;
	config.redis.socket = "/nonexistent/socket";
	if (status_of_child(false) != 0)
		skip(); /* no seccomp here, or a clock that is a system call */
	assert_int_equal(status_of_child(true), 0);
}

struct door {
	int fd;
	atomic_int knocks;
};

static void *refuse_everybody(void *context)
{
	struct door *door = context;
	int fd;

	while ((fd = accept(door->fd, NULL, NULL)) >= 0) {
		atomic_fetch_add(&door->knocks, 1);
		close(fd);
	}
	return NULL;
}

/* Tried after 0, 250 and 750 ms, and not again before 1750. */
static void waits_longer_each_time(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct door door = {.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
	const struct timespec step = {.tv_nsec = 1000000};
	char path[64];
	pthread_t thread;

	(void)state;
	snprintf(path, sizeof path, "/tmp/hichat-door.%d", (int)getpid());
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	config.redis.socket = path;
	assert_int_equal(bind(door.fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(door.fd, 16), 0);
	assert_int_equal(pthread_create(&thread, NULL, refuse_everybody, &door), 0);
	for (int64_t until = clock_monotonic_ms() + 1600; clock_monotonic_ms() < until;) {
		assert_false(redis_ping(redis));
		nanosleep(&step, NULL);
	}
	shutdown(door.fd, SHUT_RDWR);
	pthread_join(thread, NULL);
	close(door.fd);
	unlink(path);
	assert_in_range(atomic_load(&door.knocks), 2, 3);
}

static void switched_off_answers_no(void **state)
{
	const char *message = "x", *value;
	const int64_t member = 1;
	int64_t count, left;

	(void)state;
	config.redis.enabled = false;
	assert_false(redis_ping(redis));
	assert_false(redis_publish(redis, "events", &message, 1));
	assert_false(redis_set(redis, "a", "b", 1));
	assert_false(redis_get(redis, arena, "a", &value));
	assert_null(value);
	assert_false(redis_delete(redis, "a"));
	assert_false(redis_count(redis, "a", 1, &count, &left));
	assert_false(redis_scores(redis, "a", &member, 1, &count));
	assert_non_null(strstr(redis_reason(redis), "[redis] enabled = no"));
}

#define WITH_SERVER(function) cmocka_unit_test_setup_teardown(function, start, stop)
#define ALONE(function) \
	cmocka_unit_test_setup_teardown(function, start_without_server, stop_without_server)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_SERVER(stores_and_forgets),
	    WITH_SERVER(publishes_in_order),
	    WITH_SERVER(counts_in_windows),
	    WITH_SERVER(takes_a_count_back),
	    WITH_SERVER(mends_a_counter_without_end),
	    WITH_SERVER(reads_scores),
	    WITH_SERVER(refuses_keys_that_are_too_long),
	    WITH_SERVER(takes_an_error_for_a_failure),
	    WITH_SERVER(knocks_with_the_password),
	    WITH_SERVER(survives_a_restart_between_calls),
	    WITH_SERVER(logs_one_line_down_and_one_up),
	    WITH_SERVER(gives_up_a_hung_server_in_time),
	    WITH_SERVER(one_finds_out_for_all_who_share_a_breaker),
	    ALONE(an_open_breaker_makes_no_system_call),
	    ALONE(waits_longer_each_time),
	    ALONE(switched_off_answers_no),
	};

	return cmocka_run_group_tests_name("redis", tests, NULL, NULL);
}
