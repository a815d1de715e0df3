/* Whole programs from start to end: plain CGI, configuration, log, parent. */
#include "fcgi_client.h"
#include "program_stage.h"
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void reopens_the_log(void **state)
{
	struct stage *stage = *state;
	pid_t child = start(stage);
	char old[128];
	struct stat file;

	snprintf(old, sizeof(old), "%s.1", stage->log);
	assert_quick(stage);
	assert_int_equal(rename(stage->log, old), 0);
	kill(child, SIGHUP);
	for (int waited = 0; stat(stage->log, &file) != 0; waited += 10) {
		assert_true(waited < PATIENCE_MS);
		poll(NULL, 0, 10);
	}
	assert_quick(stage);
	stop(child);
	assert_int_equal(stat(stage->log, &file), 0);
	assert_true(file.st_size > 0);
}

struct outcome {
	int status;
	char out[2048];
	char err[2048];
};

/* Runs the program with `input` on descriptor 0 and as its environment what `variables` add. */
static struct outcome run(
    const struct stage *stage, const char *const *variables, const char *input, bool listen)
{
	struct outcome outcome;
	int in[2], out[2], err[2];
	pid_t child;

	assert_int_equal(pipe(in) | pipe(out) | pipe(err), 0);
	child = fork();
	if (child == 0) {
		dup2(listen ? stage->listener : in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		close(in[1]);
		for (; *variables != NULL; variables++)
			putenv(strdup(*variables));
		run_program(stage);
	}
	close(in[0]);
	close(out[1]);
	close(err[1]);
	assert_int_equal(write(in[1], input, strlen(input)), strlen(input));
	close(in[1]);
	read_end(out[0], outcome.out, sizeof(outcome.out));
	read_end(err[0], outcome.err, sizeof(outcome.err));
	outcome.status = await_exit(child);
	return outcome;
}

static void answers_cgi(void **state)
{
	static const char *const get[] = {"GATEWAY_INTERFACE=CGI/1.1", "REQUEST_METHOD=GET",
	    "REQUEST_URI=/x/api/v1/test/quick", NULL};
	static const char *const post[] = {"GATEWAY_INTERFACE=CGI/1.1", "REQUEST_METHOD=POST",
	    "REQUEST_URI=/x/api/v1/test/notes", "CONTENT_TYPE=application/json",
	    "CONTENT_LENGTH=15", NULL};
	struct outcome outcome = run(*state, get, "", false);

	assert_int_equal(outcome.status, 0);
	assert_int_equal(strncmp(outcome.out, "Status: 200 OK\r\n", 16), 0);
	outcome = run(*state, post, "{\"text\":\"hello\"} and more", false);
	assert_int_equal(outcome.status, 0);
	assert_int_equal(strncmp(outcome.out, "Status: 400", 11), 0);
	outcome = run(*state, post, "{\"text\":\"hell\"}", false);
	assert_non_null(strstr(outcome.out, "{\"length\":4}"));
}

static void explains_a_bad_configuration(void **state)
{
	static const char *const none[] = {NULL};
	static const char *const cgi[] = {"GATEWAY_INTERFACE=CGI/1.1", "REQUEST_METHOD=GET",
	    "REQUEST_URI=/api/v1/test/quick", NULL};
	const struct stage *stage = *state;
	struct outcome outcome;

	write_config(stage, "[serve]\nworkers = many\n[nothing]\nx = y\n");
	outcome = run(stage, none, "", true);
	assert_int_equal(outcome.status, 1);
	assert_non_null(strstr(outcome.err, "workers"));
	assert_non_null(strstr(outcome.err, "nothing"));
	outcome = run(stage, cgi, "", false);
	assert_int_equal(outcome.status, 1);
	assert_int_equal(strncmp(outcome.out, "Status: 500", 11), 0);
	assert_null(strstr(outcome.out, "workers"));
}

/* It stays, and says what is away, where it looked, and what to do. */
static void tells_what_is_away(void **state)
{
	const struct stage *stage = *state;
	char socket[128];
	pid_t child;

	snprintf(socket, sizeof(socket), "socket=%s/no-database", stage->directory);
	setenv("HICHAT_REDIS_ENABLED", "yes", 1);
	setenv("HICHAT_REDIS_SOCKET", "/nonexistent/redis", 1);
	child = start(stage);
	unsetenv("HICHAT_REDIS_ENABLED");
	unsetenv("HICHAT_REDIS_SOCKET");
	await_log(stage, "the database cannot be reached: start it, or correct [database] in the "
			 "configuration; until then every request is answered 503");
	await_log(stage, socket);
	await_log(stage, "Redis cannot be reached: messages are stored, but not pushed to open "
			 "connections; start it, correct [redis], or set enabled = no there");
	assert_quick(stage);
	stop(child);
}

static void explains_itself_without_a_web_server(void **state)
{
	static const char *const none[] = {NULL};
	struct outcome outcome = run(*state, none, "", false);

	assert_int_equal(outcome.status, 2);
	assert_string_equal(outcome.out, "");
	assert_non_null(strstr(outcome.err, "FastCGI"));
}

static void dies_with_its_parent(void **state)
{
	const struct stage *stage = *state;
	pid_t parent = fork();
	int connection;
	char *answer;

	if (parent == 0) {
		start(stage);
		pause();
		_exit(0);
	}
	assert_quick(stage);
	kill(parent, SIGKILL);
	await_exit(parent);
	/* Nobody is left to answer: the next process finds the request in the queue. */
	for (int waited = 0;; waited += 10) {
		connection = ask(stage, "/quick");
		if (!readable(connection, 500))
			break;
		assert_true(waited < PATIENCE_MS);
		answer = fcgi_receive(connection);
		free(answer);
		close(connection);
	}
	parent = start(stage);
	assert_answer(connection, "Status: 200 OK");
	close(connection);
	stop(parent);
}

static void print_table(void)
{
	char name[] = "test.fcgi";
	char option[] = "--routes";
	char *arguments[] = {name, option, NULL};

	exit(serve(2, arguments, &program));
}

static void prints_its_routes(void **state)
{
	char text[1024];
	int out[2];
	pid_t child;

	(void)state;
	assert_int_equal(pipe(out), 0);
	child = fork();
	if (child == 0) {
		dup2(out[1], STDOUT_FILENO);
		print_table();
	}
	close(out[1]);
	read_end(out[0], text, sizeof(text));
	assert_int_equal(await_exit(child), 0);
	assert_string_equal(text,
	    "GET /hold PUBLIC\nGET /quick PUBLIC\nGET /big PUBLIC\n"
	    "POST /notes PUBLIC\nPUT /notes/:note USER\nGET /health PUBLIC\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(prints_its_routes),
	    CASE(reopens_the_log),
	    CASE(answers_cgi),
	    CASE(explains_a_bad_configuration),
	    CASE(tells_what_is_away),
	    CASE(explains_itself_without_a_web_server),
	    CASE(dies_with_its_parent),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("program_start", tests, NULL, NULL);
}
