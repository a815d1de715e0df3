/* Whole programs over FastCGI: bodies that arrive slowly, in pieces, or never. */
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

/* A client that announces a body, and a web server that passes on what it has. */
static int begin_note(const struct stage *stage, bool keep)
{
	static const char *const variables[] = {"REQUEST_METHOD=POST",
	    "REQUEST_URI=/api/v1/test/notes", "CONTENT_TYPE=application/json", "CONTENT_LENGTH=16",
	    NULL};
	int connection = fcgi_connect(stage->socket);

	fcgi_begin(connection, variables, keep);
	return connection;
}

static void end_note(int connection)
{
	fcgi_send_body(connection, "{\"text\":\"hello\"}", 16);
	fcgi_send_body(connection, "", 0);
}

/* With the only worker: whoever keeps it from the others fails this. */
static void answers_others_while_bodies_trickle_in(void **state)
{
	static const char text[] = "{\"text\":\"hello\"}";
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int slow[20];

	for (size_t i = 0; i < 20; i++)
		slow[i] = begin_note(stage, false);
	for (size_t sent = 0; sent < 16; sent++) {
		for (size_t i = 0; i < 20; i++)
			fcgi_send_body(slow[i], text + sent, 1);
		assert_quick(stage);
	}
	for (size_t i = 0; i < 20; i++) {
		fcgi_send_body(slow[i], "", 0);
		assert_answer(slow[i], "{\"length\":5}");
		close(slow[i]);
	}
	stop(child);
}

/* Wherever the stream of records is cut, it is put together again. */
static void puts_pieces_together(void **state)
{
	static const unsigned char rest[] = "\1\5\0\1\0\17\5\0{\"text\":\"hell\"}....."
					    "\1\5\0\1\0\0\3\0...";
	const char *variables[] = {"REQUEST_METHOD=POST", "REQUEST_URI=/api/v1/test/notes",
	    "CONTENT_TYPE=application/json", "CONTENT_LENGTH=15", NULL};
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int connection = fcgi_connect(stage->socket);

	fcgi_begin(connection, variables, false);
	for (size_t i = 0; i + 1 < sizeof(rest); i++) {
		assert_quick(stage);
		assert_int_equal(write(connection, rest + i, 1), 1);
	}
	assert_answer(connection, "{\"length\":4}");
	close(connection);
	stop(child);
}

static void keeps_connections_of_slow_bodies(void **state)
{
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int connection = begin_note(stage, true);

	assert_quick(stage);
	end_note(connection);
	assert_answer(connection, "{\"length\":5}");
	ask_on(connection, "/quick", true);
	assert_answer(connection, "Status: 200 OK");
	close(connection);
	stop(child);
}

static void forgets_abandoned_bodies(void **state)
{
	struct stage *stage = *state;
	pid_t child;

	snprintf(stage->workers, sizeof(stage->workers), "4");
	child = start(stage);
	for (int i = 0; i < 2000; i++) /* more than there are descriptors */
		close(begin_note(stage, false));
	assert_quick(stage);
	stop(child);
}

/* Not more than so many: the one that waits for longest goes. */
static void gives_up_the_oldest(void **state)
{
	const struct stage *stage = *state;
	pid_t child = start(stage);
	int first = begin_note(stage, false);
	int others[256];

	assert_quick(stage);
	for (size_t i = 0; i < 256; i++)
		others[i] = begin_note(stage, false);
	assert_answer(first, "Status: 408 Request Timeout");
	close(first);
	end_note(others[255]);
	assert_answer(others[255], "{\"length\":5}");
	for (size_t i = 0; i < 256; i++)
		close(others[i]);
	stop(child);
}

static void finishes_bodies_that_still_arrive(void **state)
{
	struct stage *stage = *state;
	int slow, silent;
	pid_t child;

	snprintf(stage->workers, sizeof(stage->workers), "4");
	child = start(stage);
	slow = begin_note(stage, false);
	silent = begin_note(stage, false);
	assert_quick(stage);
	kill(child, SIGTERM);
	await_log(stage, "message=stopping");
	end_note(slow);
	assert_answer(slow, "{\"length\":5}");
	close(slow);
	assert_answer(silent, "\"code\":\"request_timeout\"");
	close(silent);
	assert_int_equal(await_exit(child), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(answers_others_while_bodies_trickle_in),
	    CASE(puts_pieces_together),
	    CASE(keeps_connections_of_slow_bodies),
	    CASE(forgets_abandoned_bodies),
	    CASE(gives_up_the_oldest),
	    CASE(finishes_bodies_that_still_arrive),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("program_body", tests, NULL, NULL);
}
