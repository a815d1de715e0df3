/* The program under test, and what the tests of it share. */
#include "program_stage.h"
#include "fcgi_client.h"
#include "respond.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

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
const struct program program = {
    .name = "test", .routes = routes, .count = sizeof(routes) / sizeof(routes[0]), .workers = 1};

void write_config(const struct stage *stage, const char *more)
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

int stage_setup(void **state)
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

int stage_teardown(void **state)
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
void run_program(const struct stage *stage)
{
	char name[] = "test.fcgi";
	char option[] = "--config";
	char path[sizeof(stage->config)];
	char *arguments[] = {name, option, path, NULL};

	memcpy(path, stage->config, sizeof(path));
	setenv("HICHAT_SERVE_WORKERS", stage->workers, 1);
	exit(serve(3, arguments, &program));
}

pid_t start(const struct stage *stage)
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
int await_exit(pid_t child)
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

bool readable(int descriptor, int milliseconds)
{
	struct pollfd one = {.fd = descriptor, .events = POLLIN};

	return poll(&one, 1, milliseconds) == 1;
}

void await_entered(void)
{
	char byte;

	assert_true(readable(gate.entered[0], PATIENCE_MS));
	assert_int_equal(read(gate.entered[0], &byte, 1), 1);
}

void release_one(void)
{
	assert_int_equal(write(gate.release[1], "!", 1), 1);
}

/* Sends `size` bytes along that the program did not ask for. */
void ask_with(int connection, const char *address, size_t size, bool keep)
{
	char uri[256];
	const char *variables[] = {"REQUEST_METHOD=GET", uri, "REMOTE_ADDR=192.0.2.1", NULL};
	char *body = calloc(1, size + 1);

	assert_non_null(body);
	snprintf(uri, sizeof(uri), "REQUEST_URI=/api/v1/test%s", address);
	fcgi_send(connection, variables, body, size, keep);
	free(body);
}

void ask_on(int connection, const char *address, bool keep)
{
	ask_with(connection, address, 0, keep);
}

int ask(const struct stage *stage, const char *address)
{
	int connection = fcgi_connect(stage->socket);

	ask_on(connection, address, false);
	return connection;
}

void assert_answer(int connection, const char *piece)
{
	char *answer;

	assert_true(readable(connection, PATIENCE_MS));
	answer = fcgi_receive(connection);
	assert_non_null(answer);
	if (strstr(answer, piece) == NULL)
		fail_msg("%s is not in %s", piece, answer);
	free(answer);
}

void assert_quick(const struct stage *stage)
{
	int connection = ask(stage, "/quick");

	assert_answer(connection, "Status: 200 OK");
	close(connection);
}

void stop(pid_t child)
{
	kill(child, SIGTERM);
	assert_int_equal(await_exit(child), 0);
}

void read_end(int descriptor, char *text, size_t size)
{
	size_t length = 0;
	ssize_t count;

	while (
	    length + 1 < size && (count = read(descriptor, text + length, size - length - 1)) > 0)
		length += (size_t)count;
	text[length] = '\0';
	close(descriptor);
}

void await_log(const struct stage *stage, const char *piece)
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
