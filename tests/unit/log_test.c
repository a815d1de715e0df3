/* Log lines: what stands in them, and that nothing logged can forge or tear one. */
#include "log.h"
#include <errno.h>
#include <pthread.h>
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define THREADS 8
#define LINES_EACH 500

static char directory[] = "/tmp/hichat-log.XXXXXX";
static char path[64];

static int open_log(void **state)
{
	(void)state;
	if (directory[sizeof directory - 2] == 'X' && mkdtemp(directory) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/log", directory);
	unlink(path);
	log_context(NULL, 0);
	return log_open("test", path, LOG_LEVEL_INFO) ? 0 : -1;
}

static int close_log(void **state)
{
	(void)state;
	log_close();
	return unlink(path);
}

static int remove_directory(void **state)
{
	(void)state;
	return rmdir(directory);
}

/* The whole file; the caller frees it. */
static char *read_log(const char *from)
{
	FILE *file = fopen(from, "r");
	char *text = NULL;
	size_t room = 0;
	ssize_t length;

	assert_non_null(file);
	length = getdelim(&text, &room, '\0', file);
	fclose(file);
	if (length < 0)
		text[0] = '\0';
	return text;
}

static void assert_line(const char *wanted)
{
	char *text = read_log(path);
	char *rest = strchr(text, ' ');

	assert_non_null(rest);
	assert_string_equal(rest + 1, wanted);
	free(text);
}

static void has_all_parts(void **state)
{
	(void)state;
	log_context("01J9Z", 42);
	LOG(WARNING, "disk is full", LOG_FIELD("path", "/var"), LOG_FIELD("left", (int64_t)-3),
	    LOG_FIELD("why", (const char *)NULL));
	assert_line("level=warning program=test request_id=01J9Z user=42 message=\"disk is full\""
		    " path=/var left=-3 why=\"\"\n");
}

static void tells_the_time_in_utc(void **state)
{
	regex_t pattern;
	char *text;

	(void)state;
	assert_int_equal(
	    regcomp(&pattern,
		"^time=20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z"
		" level=error program=test message=x\n$",
		REG_EXTENDED | REG_NOSUB),
	    0);
	LOG(ERROR, "x");
	text = read_log(path);
	assert_int_equal(regexec(&pattern, text, 0, NULL, 0), 0);
	regfree(&pattern);
	free(text);
}

static const struct {
	const char *value, *written;
} values[] = {
    {"plain", "plain"},
    {"/api/v1/chat?x&y;#%41", "/api/v1/chat?x&y;#%41"},
    {"", "\"\""},
    {"two words", "\"two words\""},
    {"a=b", "\"a=b\""},
    {"say \"hi\"", "\"say \\\"hi\\\"\""},
    {"back\\slash", "\"back\\\\slash\""},
    {"a\nlevel=error", "\"a\\nlevel=error\""},
    {"\r\t", "\"\\r\\t\""},
    {"\x01\x1b[31m\x7f", "\"\\u0001\\u001b[31m\\u007f\""},
    {"\xc2\x9b", "\"\\u009b\""},
    {"\xe2\x80\xa8", "\"\\u2028\""},
    {"你好 🙂", "\"你好 🙂\""},
    {"bad \xff\xc0\xaf\xed\xa0\x80.", "\"bad \\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd.\""},
    {"cut \xe4\xbd", "\"cut \\ufffd\\ufffd\""},
};

static void quotes_what_needs_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		char wanted[256];

		assert_int_equal(truncate(path, 0), 0);
		LOG(INFO, "m", LOG_FIELD("v", values[i].value), LOG_FIELD("n", 1));
		snprintf(wanted, sizeof wanted, "level=info program=test message=m v=%s n=1\n",
		    values[i].written);
		assert_line(wanted);
	}
}

static void cuts_long_values(void **state)
{
	static const char *const fills[] = {"a", "\x01", "\"", "字", " "};

	(void)state;
	for (size_t i = 0; i < COUNT(fills); i++) {
		char value[8000] = "";
		char *text, *end;

		while (strlen(value) < sizeof value - 4)
			strncat(value, fills[i], 4);
		assert_int_equal(truncate(path, 0), 0);
		LOG(INFO, value, LOG_FIELD("a", value), LOG_FIELD("b", value),
		    LOG_FIELD("c", value), LOG_FIELD("d", value), LOG_FIELD("e", 7));
		text = read_log(path);
		assert_true(strlen(text) <= 4096);
		end = strchr(text, '\n');
		assert_non_null(end);
		assert_string_equal(end, "\n");
		/* Every quote is closed, so a reader of logfmt is never led astray. */
		assert_non_null(strstr(text, "…\""));
		assert_true(end[-1] == '"' || end[-1] == '7');
		free(text);
	}
}

static void keeps_quiet_below_its_level(void **state)
{
	char *text;

	(void)state;
	LOG(DEBUG, "noise");
	text = read_log(path);
	assert_string_equal(text, "");
	free(text);
}

static void leaves_errno_alone(void **state)
{
	(void)state;
	errno = ENOTTY;
	LOG(INFO, "x");
	assert_int_equal(errno, ENOTTY);
}

static void *write_lines(void *context)
{
	log_context("thread", *(int64_t *)context);
	for (int i = 0; i < LINES_EACH; i++)
		LOG(INFO, "one of many", LOG_FIELD("user_again", *(int64_t *)context));
	return NULL;
}

/* Lines of threads never mix, and each carries the context of its own thread. */
static void keeps_threads_apart(void **state)
{
	pthread_t threads[THREADS];
	int64_t users[THREADS];
	int lines = 0;
	char *text, *next;

	(void)state;
	for (int i = 0; i < THREADS; i++) {
		users[i] = 100 + i;
		assert_int_equal(pthread_create(&threads[i], NULL, write_lines, &users[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	text = read_log(path);
	for (char *line = text; *line != '\0'; line = next, lines++) {
		long long user, again;

		next = strchr(line, '\n') + 1;
		assert_int_equal(sscanf(strchr(line, ' '),
				     " level=info program=test request_id=thread user=%lld"
				     " message=\"one of many\" user_again=%lld\n",
				     &user, &again),
		    2);
		assert_int_equal(user, again);
	}
	assert_int_equal(lines, THREADS * LINES_EACH);
	free(text);
}

static void goes_to_a_new_file_after_rotation(void **state)
{
	char rotated[80];
	char *text;

	(void)state;
	snprintf(rotated, sizeof rotated, "%s.1", path);
	LOG(INFO, "before");
	assert_int_equal(rename(path, rotated), 0);
	LOG(INFO, "between");
	log_reopen();
	LOG(INFO, "after");
	assert_line("level=info program=test message=after\n");
	text = read_log(rotated);
	assert_non_null(strstr(text, "message=before\n"));
	assert_non_null(strstr(text, "message=between\n"));
	free(text);
	assert_int_equal(unlink(rotated), 0);
}

static void keeps_the_old_file_when_there_is_no_new_one(void **state)
{
	char hidden[80];
	char *text;

	(void)state;
	snprintf(hidden, sizeof hidden, "%s.moved", directory);
	assert_int_equal(rename(directory, hidden), 0);
	log_reopen();
	LOG(INFO, "still here");
	assert_int_equal(rename(hidden, directory), 0);
	text = read_log(path);
	assert_non_null(strstr(text, "cannot be opened again"));
	assert_non_null(strstr(text, "still here"));
	free(text);
}

static void says_when_a_file_cannot_be_opened(void **state)
{
	(void)state;
	assert_false(log_open("test", "/nonexistent/log", LOG_LEVEL_ERROR));
	assert_true(log_open("test", path, LOG_LEVEL_INFO));
}

/* stderr as a file, so that it can be read. */
static void writes_to_stderr(void **state)
{
	int saved = dup(STDERR_FILENO);

	(void)state;
	assert_true(log_open("test", "stderr", LOG_LEVEL_INFO));
	assert_non_null(freopen(path, "a", stderr));
	LOG(INFO, "to stderr");
	assert_int_equal(dup2(saved, STDERR_FILENO), STDERR_FILENO);
	close(saved);
	assert_line("level=info program=test message=\"to stderr\"\n");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_log, close_log)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(has_all_parts),
	    TEST(tells_the_time_in_utc),
	    TEST(quotes_what_needs_it),
	    TEST(cuts_long_values),
	    TEST(keeps_quiet_below_its_level),
	    TEST(leaves_errno_alone),
	    TEST(keeps_threads_apart),
	    TEST(goes_to_a_new_file_after_rotation),
	    TEST(keeps_the_old_file_when_there_is_no_new_one),
	    TEST(says_when_a_file_cannot_be_opened),
	    TEST(writes_to_stderr),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, remove_directory);
}
