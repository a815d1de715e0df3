/* Whole programs over FastCGI, as web servers speak it: requests, siblings, signals. */
#include "fcgi_client.h"
#include "program_stage.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void answers_fastcgi(void **state)
{
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int connection = ask(stage, "/quick");

	assert_answer(connection, "{\"process\":");
	close(connection);
	connection = ask(stage, "/missing");
	assert_answer(connection, "Content-Type: application/problem+json");
	close(connection);
	connection = ask(stage, "/health");
	assert_answer(connection, "Status: 503 Service Unavailable");
	close(connection);
	stop(child);
}

static void carries_large_bodies(void **state)
{
	static const char head[] = "{\"text\":\"";
	const char *variables[] = {"REQUEST_METHOD=POST", "REQUEST_URI=/api/v1/test/notes",
	    "CONTENT_TYPE=application/json", "CONTENT_LENGTH=60011", NULL};
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int connection = fcgi_connect(stage->socket);
	char body[60011 + 1];
	char *answer;

	memset(body, 'a', sizeof(body));
	for (size_t i = 0; i < strlen(head); i++)
		body[i] = head[i];
	body[60009] = '"';
	body[60010] = '}';
	fcgi_send(connection, variables, body, 60011, false);
	assert_answer(connection, "{\"length\":60000}");
	close(connection);

	connection = ask(stage, "/big");
	answer = fcgi_receive(connection);
	assert_non_null(answer);
	assert_true(strlen(answer) > BIG_ANSWER);
	assert_string_equal(answer + strlen(answer) - 3, "x\"}");
	free(answer);
	close(connection);
	stop(child);
}

/* What the web server still sends of a refused body must not cost the client its answer. */
static void refuses_huge_bodies_unread(void **state)
{
	const char *variables[] = {"REQUEST_METHOD=POST", "REQUEST_URI=/api/v1/test/notes",
	    "CONTENT_TYPE=application/json", "CONTENT_LENGTH=100000", NULL};
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int connection = fcgi_connect(stage->socket);
	char *body = calloc(1, 100000);

	assert_non_null(body);
	fcgi_send(connection, variables, body, 100000, false);
	assert_answer(connection, "Status: 413 Content Too Large");
	close(connection);
	free(body);
	assert_quick(stage);
	stop(child);
}

static void survives_clients_that_leave(void **state)
{
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int connection = ask(stage, "/hold");

	await_entered();
	close(connection);
	release_one();
	close(fcgi_connect(stage->socket));
	connection = fcgi_connect(stage->socket);
	assert_int_equal(write(connection, "\1\1\0", 3), 3);
	close(connection);
	connection = fcgi_connect(stage->socket);
	assert_int_equal(write(connection, "GET / HTTP/1.0\r\n\r\n", 18), 18);
	close(connection);
	assert_quick(stage);
	stop(child);
}

static void works_in_parallel(void **state)
{
	struct stage *stage = *state;
	int connections[4];
	pid_t child;

	snprintf(stage->workers, sizeof(stage->workers), "4");
	child = start(stage);
	for (size_t i = 0; i < 4; i++)
		connections[i] = ask(stage, "/hold");
	for (size_t i = 0; i < 4; i++)
		await_entered();
	for (size_t i = 0; i < 4; i++)
		release_one();
	for (size_t i = 0; i < 4; i++) {
		assert_answer(connections[i], "\"held\"");
		close(connections[i]);
	}
	stop(child);
}

static void stops_when_idle(void **state)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGUSR1};
	struct stage *stage = *state;

	snprintf(stage->workers, sizeof(stage->workers), "4");
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		pid_t child = start(stage);

		assert_quick(stage);
		kill(child, signals[i]);
		assert_int_equal(await_exit(child), 0);
	}
}

static void finishes_what_it_began(void **state)
{
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int held = ask(stage, "/hold");
	int late;

	await_entered();
	kill(child, SIGTERM);
	await_log(stage, "message=stopping");
	late = ask(stage, "/quick");
	release_one();
	assert_answer(held, "\"held\"");
	close(held);
	assert_int_equal(await_exit(child), 0);
	/* It waits in the socket's queue for the next process, and is not lost. */
	child = start(stage);
	assert_answer(late, "Status: 200 OK");
	close(late);
	stop(child);
}

static void leaves_the_socket_to_its_siblings(void **state)
{
	const struct stage *stage = *state;
	pid_t first = start(stage);
	pid_t second = start(stage);

	for (int i = 0; i < 20; i++)
		assert_quick(stage);
	stop(first);
	for (int i = 0; i < 20; i++)
		assert_quick(stage);
	stop(second);
}

static void keeps_connections_as_long_as_nobody_waits(void **state)
{
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int kept = fcgi_connect(stage->socket);

	for (int i = 0; i < 3; i++) {
		ask_on(kept, "/quick", true);
		assert_answer(kept, "Status: 200 OK");
	}
	/* The only worker sits on the kept connection, and must give it up. */
	assert_quick(stage);
	assert_true(readable(kept, PATIENCE_MS));
	assert_null(fcgi_receive(kept));
	close(kept);

	kept = fcgi_connect(stage->socket);
	ask_on(kept, "/quick", true);
	assert_answer(kept, "Status: 200 OK");
	stop(child);
	close(kept);
}

/* The next request begins behind the body of the last one, whether that was read or not. */
static void finds_the_next_request(void **state)
{
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int kept = fcgi_connect(stage->socket);

	for (int i = 0; i < 3; i++) {
		ask_with(kept, "/quick", 100000, true);
		assert_answer(kept, "Status: 200 OK");
	}
	/* A body that is not worth reading ends the connection, after the answer. */
	ask_with(kept, "/quick", 1000000, true);
	assert_answer(kept, "Status: 200 OK");
	ask_on(kept, "/quick", true);
	assert_null(fcgi_receive(kept));
	close(kept);
	stop(child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(answers_fastcgi),
	    CASE(carries_large_bodies),
	    CASE(refuses_huge_bodies_unread),
	    CASE(survives_clients_that_leave),
	    CASE(works_in_parallel),
	    CASE(stops_when_idle),
	    CASE(finishes_what_it_began),
	    CASE(leaves_the_socket_to_its_siblings),
	    CASE(keeps_connections_as_long_as_nobody_waits),
	    CASE(finds_the_next_request),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("program", tests, NULL, NULL);
}
