/* Whole programs as web servers start them: FastCGI over a shared socket, plain CGI, signals. */
#include "fcgi_client.h"
#include "respond.h"
#include "serve.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_MS 15000 /* a test that waits longer has failed */
#define BIG_ANSWER ((size_t)300000)

/* What a program under test says to the test, and waits for. */
static struct {
	int entered[2]; /* a byte for each request that reached `hold` */
	int release[2]; /* a byte lets one of them go */
} gate;

static const struct error *hold(struct request *req)
{
	char byte = '!';
	struct json_object *answer = json_new(req->arena);

	if (write(gate.entered[1], &byte, 1) != 1 || read(gate.release[0], &byte, 1) != 1)
		return FAIL(INTERNAL);
	json_set_int(answer, "held", getpid());
	return respond(req, 200, answer);
}

static const struct error *quick(struct request *req)
{
	struct json_object *answer = json_new(req->arena);

	json_set_int(answer, "process", getpid());
	return respond(req, 200, answer);
}

static const struct error *big(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	char *text = arena_alloc(req->arena, BIG_ANSWER + 1);

	memset(text, 'x', BIG_ANSWER);
	json_set_text(answer, "text", text);
	return respond(req, 200, answer);
}

struct note {
	const char *text;
};
static const struct field note_fields[] = {REQUIRED(struct note, text, 1, 100000)};
static const struct record note_record = RECORD(struct note, note_fields);

static const struct error *measure(struct request *req)
{
	const struct note *note = req->input;
	struct json_object *answer = json_new(req->arena);

	json_set_int(answer, "length", (int64_t)strlen(note->text));
	return respond(req, 201, answer);
}

static const struct route routes[] = {
    {GET, "/hold", PUBLIC, NULL, hold, NULL},
    {GET, "/quick", PUBLIC, NULL, quick, NULL},
    {GET, "/big", PUBLIC, NULL, big, NULL},
    {POST, "/notes", PUBLIC, &note_record, measure, NULL},
    {PUT, "/notes/:note", USER, &note_record, measure, NULL},
};
static const struct program program = {
    .name = "test", .routes = routes, .count = sizeof(routes) / sizeof(routes[0]), .workers = 1};

/* One directory with configuration, log and socket for each test. */
struct stage {
	char directory[64];
	char config[96];
	char log[96];
	char socket[96];
	char workers[8];
	int listener;
};

static void write_config(const struct stage *stage, const char *more)
{
	FILE *file = fopen(stage->config, "w");

	assert_non_null(file);
	fprintf(file,
	    "[database]\nsocket = %s/no-database\n"
	    "[redis]\nenabled = no\n"
	    "[auth]\ntoken_keys = "
	    "k1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"
	    "[log]\ndestination = %s\n%s",
	    stage->directory, stage->log, more);
	assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));

	if (stage == NULL)
		return -1;
	snprintf(stage->directory, sizeof(stage->directory), "/tmp/hichat-test-XXXXXX");
	if (mkdtemp(stage->directory) == NULL || pipe(gate.entered) != 0 || pipe(gate.release) != 0)
		return -1;
	snprintf(stage->config, sizeof(stage->config), "%s/conf", stage->directory);
	snprintf(stage->log, sizeof(stage->log), "%s/log", stage->directory);
	snprintf(stage->socket, sizeof(stage->socket), "%s/socket", stage->directory);
	snprintf(stage->workers, sizeof(stage->workers), "1");
	write_config(stage, "");
	stage->listener = fcgi_listen(stage->socket);
	*state = stage;
	return 0;
}

static int teardown(void **state)
{
	struct stage *stage = *state;
	char old[128];

	snprintf(old, sizeof(old), "%s.1", stage->log);
	unlink(old);
	unlink(stage->config);
	unlink(stage->log);
	unlink(stage->socket);
	rmdir(stage->directory);
	close(stage->listener);
	for (size_t i = 0; i < 2; i++) {
		close(gate.entered[i]);
		close(gate.release[i]);
	}
	free(stage);
	return 0;
}

/* Ends the child with what serve() says, past cmocka. */
static _Noreturn void run_program(const struct stage *stage)
{
	char name[] = "test.fcgi";
	char option[] = "--config";
	char path[sizeof(stage->config)];
	char *arguments[] = {name, option, path, NULL};

	memcpy(path, stage->config, sizeof(path));
	setenv("HICHAT_SERVE_WORKERS", stage->workers, 1);
	exit(serve(3, arguments, &program));
}

static pid_t start(const struct stage *stage)
{
	pid_t child = fork();

	if (child == 0) {
		dup2(stage->listener, STDIN_FILENO);
		run_program(stage);
	}
	assert_true(child > 0);
	return child;
}

/* The exit status; a program that does not end is ended, and the test fails. */
static int await_exit(pid_t child)
{
	int status;

	for (int waited = 0; waitpid(child, &status, WNOHANG) == 0; waited += 10) {
		if (waited > PATIENCE_MS) {
			kill(child, SIGKILL);
			fail_msg("the program does not end");
		}
		poll(NULL, 0, 10);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool readable(int descriptor, int milliseconds)
{
	struct pollfd one = {.fd = descriptor, .events = POLLIN};

	return poll(&one, 1, milliseconds) == 1;
}

static void await_entered(void)
{
	char byte;

	assert_true(readable(gate.entered[0], PATIENCE_MS));
	assert_int_equal(read(gate.entered[0], &byte, 1), 1);
}

static void release_one(void)
{
	assert_int_equal(write(gate.release[1], "!", 1), 1);
}

/* Sends `size` bytes along that the program did not ask for. */
static void ask_with(int connection, const char *address, size_t size, bool keep)
{
	char uri[256];
	const char *variables[] = {"REQUEST_METHOD=GET", uri, "REMOTE_ADDR=192.0.2.1", NULL};
	char *body = calloc(1, size + 1);

	assert_non_null(body);
	snprintf(uri, sizeof(uri), "REQUEST_URI=/api/v1/test%s", address);
	fcgi_send(connection, variables, body, size, keep);
	free(body);
}

static void ask_on(int connection, const char *address, bool keep)
{
	ask_with(connection, address, 0, keep);
}

static int ask(const struct stage *stage, const char *address)
{
	int connection = fcgi_connect(stage->socket);

	ask_on(connection, address, false);
	return connection;
}

static void assert_answer(int connection, const char *piece)
{
	char *answer;

	assert_true(readable(connection, PATIENCE_MS));
	answer = fcgi_receive(connection);
	assert_non_null(answer);
	if (strstr(answer, piece) == NULL)
		fail_msg("%s is not in %s", piece, answer);
	free(answer);
}

static void assert_quick(const struct stage *stage)
{
	int connection = ask(stage, "/quick");

	assert_answer(connection, "Status: 200 OK");
	close(connection);
}

static void stop(pid_t child)
{
	kill(child, SIGTERM);
	assert_int_equal(await_exit(child), 0);
}

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

static void read_end(int descriptor, char *text, size_t size)
{
	size_t length = 0;
	ssize_t count;

	while (
	    length + 1 < size && (count = read(descriptor, text + length, size - length - 1)) > 0)
		length += (size_t)count;
	text[length] = '\0';
	close(descriptor);
}

static void await_log(const struct stage *stage, const char *piece)
{
	for (int waited = 0; waited < PATIENCE_MS; waited += 10) {
		char text[8192] = "";
		int log = open(stage->log, O_RDONLY);

		if (log >= 0) {
			read_end(log, text, sizeof(text));
			if (strstr(text, piece) != NULL)
				return;
		}
		poll(NULL, 0, 10);
	}
	fail_msg("%s never came into the log", piece);
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
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CASE(prints_its_routes),
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
	    CASE(answers_others_while_bodies_trickle_in),
	    CASE(puts_pieces_together),
	    CASE(keeps_connections_of_slow_bodies),
	    CASE(forgets_abandoned_bodies),
	    CASE(gives_up_the_oldest),
	    CASE(finishes_bodies_that_still_arrive),
	    CASE(reopens_the_log),
	    CASE(answers_cgi),
	    CASE(explains_a_bad_configuration),
	    CASE(explains_itself_without_a_web_server),
	    CASE(dies_with_its_parent),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("program", tests, NULL, NULL);
}
