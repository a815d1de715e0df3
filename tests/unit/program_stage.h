/* A small program under test, as a web server would start it, and a stage for it: configuration,
 * log and socket in a directory of their own.  Everything fails the test when it takes too long. */
#ifndef HICHAT_PROGRAM_STAGE_H
#define HICHAT_PROGRAM_STAGE_H

#include "serve.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define PATIENCE_MS 15000 /* a test that waits longer has failed */
#define BIG_ANSWER ((size_t)300000)

/* One directory with configuration, log and socket for each test: its state. */
struct stage {
	char directory[64];
	char config[96];
	char log[96];
	char socket[96];
	char workers[8];
	int listener;
};

int stage_setup(void **state);
int stage_teardown(void **state);
#define CASE(name) cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

/* GET /quick, /big (BIG_ANSWER letters), /hold (until it is released), POST /notes {text}. */
extern const struct program program;

/* `more` is appended to what every configuration says. */
void write_config(const struct stage *stage, const char *more);

/* Ends the child with what serve() says, past cmocka. */
_Noreturn void run_program(const struct stage *stage);
pid_t start(const struct stage *stage);
/* The exit status; a program that does not end is ended, and the test fails. */
int await_exit(pid_t child);
void stop(pid_t child);

bool readable(int descriptor, int milliseconds);
/* A request has reached GET /hold; one of them may go on. */
void await_entered(void);
void release_one(void);

/* Sends `size` bytes along that the program did not ask for. */
void ask_with(int connection, const char *address, size_t size, bool keep);
void ask_on(int connection, const char *address, bool keep);
int ask(const struct stage *stage, const char *address);
void assert_answer(int connection, const char *piece);
void assert_quick(const struct stage *stage);

/* Reads to the end, as text, and closes. */
void read_end(int descriptor, char *text, size_t size);
void await_log(const struct stage *stage, const char *piece);

#endif
