/* The configuration: values, mistakes, and that sample and manual keep up with the table. */
#include "config.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEX32 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static char path[] = "/tmp/hichat-config.XXXXXX";
static char *said; /* what config_load() wrote on `mistakes` */

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	unsetenv("HICHAT_CONFIG");
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	free(said);
	return unlink(path);
}

static struct config *load(const char *from)
{
	size_t size = 0;
	FILE *mistakes;
	struct config *config;

	free(said);
	mistakes = open_memstream(&said, &size);
	config = config_load(from, mistakes);
	fclose(mistakes);
	return config;
}

static void write_file(const char *text, size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	fclose(file);
}

static struct config *load_text(const char *text)
{
	write_file(text, strlen(text));
	return load(path);
}

static void empty_file_is_all_defaults(void **state)
{
	struct config *config = load_text("");

	(void)state;
	assert_non_null(config);
	assert_string_equal(said, "");
	assert_string_equal(config->database.host, "localhost");
	assert_int_equal(config->database.port, 3306);
	assert_true(config->redis.enabled);
	assert_int_equal(config->redis.timeout_ms, 250);
	assert_string_equal(config->auth.token_keys, "");
	assert_int_equal(config->auth.access_ttl, 600);
	assert_int_equal(config->auth.scrypt_ln, 14);
	assert_true(config->auth.secure_cookies);
	assert_string_equal(config->live.origins, "");
	assert_int_equal(config->limits.friend_requests, 60);
	assert_int_equal(config->limits.groups, 20);
	assert_int_equal(config->limits.group_requests, 60);
	assert_int_equal(config->limits.group_changes, 120);
	assert_int_equal(config->limits.posts, 60);
	assert_int_equal(config->limits.interactions, 120);
	assert_int_equal(config->social.group_size, 500);
	config_free(&config);
	assert_null(config);
	config_free(&config);
}

static void reads_what_people_write(void **state)
{
	struct config *config =
	    load_text("\xef\xbb\xbf# comment\n; comment\n\n"
		      "[database]\r\n"
		      "host=db.example.org ; not ours\r\n"
		      "  port   =   3307  \n"
		      "\tuser = 张三\n"
		      "password = a#b;c=d:e \"f\"\n"
		      "[redis]\nenabled = Off\n"
		      "[auth]\ntoken_keys = new:" HEX32 "\ntoken_keys = old:" HEX32 "\n"
		      "[live]\nurl =\norigins = https://a.example\n"
		      "origins = http://localhost:8080, https://b.example\n"
		      "listen = unix:/run/wsd.sock");

	(void)state;
	assert_string_equal(said, "");
	assert_non_null(config);
	assert_string_equal(config->database.host, "db.example.org");
	assert_int_equal(config->database.port, 3307);
	assert_string_equal(config->database.user, "张三");
	assert_string_equal(config->database.password, "a#b;c=d:e \"f\"");
	assert_false(config->redis.enabled);
	assert_string_equal(config->auth.token_keys, "new:" HEX32 ", old:" HEX32);
	assert_string_equal(config->live.url, "");
	assert_string_equal(
	    config->live.origins, "https://a.example, http://localhost:8080, https://b.example");
	assert_string_equal(config->live.listen, "unix:/run/wsd.sock");
	config_free(&config);
}

static const struct {
	const char *text;
	const char *mistake; /* a part of what is said */
} wrong[] = {
    {"[database\n", ":1: this is no [section]"},
    {"\n\nfoo\n", ":3: this is no [section]"},
    {"[log]\nlevel\n[live]\n", ":2: this is no [section]"},
    {"[log]\nlevel", ":2: this is no [section]"},
    {"port = 1\n", ":1: port stands before any section: begin with one of [database], [redis]"},
    {"[databse]\nport = 1\n", ":2: unknown section [databse], there are [database], [redis]"},
    {"[database]\nPort = 1\n", ":2: unknown key \"Port\" in [database], which has host, port,"},
    {"[database]\n= 1\n", ":2: unknown key \"\" in [database]"},
    {"[redis]\nport = 1\nhost = x\nport = 2\n", ":4: [redis] port was already given in line 2"},
    {"[redis]\nport = 0\n", ":2: [redis] port = 0: it must be a whole number from 1 to 65535"},
    {"[redis]\nport = 65536\n", "from 1 to 65535"},
    {"[redis]\nport = 6379x\n", "from 1 to 65535"},
    {"[redis]\nport = +1\n", "from 1 to 65535"},
    {"[redis]\nport = 0x10\n", "from 1 to 65535"},
    {"[redis]\nport = 1e3\n", "from 1 to 65535"},
    {"[redis]\nport =\n", "from 1 to 65535"},
    {"[redis]\nport = 99999999999999999999999\n", "from 1 to 65535"},
    {"[redis]\nenabled = maybe\n", ":2: [redis] enabled = maybe: it must be yes or no"},
    {"[redis]\nenabled =\n", "it must be yes or no"},
    {"[redis]\nprefix = a:b\n", "made of letters, digits"},
    {"[redis]\nprefix = a b\n", "made of letters, digits"},
    {"[redis]\nprefix =\n", "[redis] prefix is empty"},
    {"[redis]\nprefix = abcdefghijklmnopqrstuvwxyz1234567\n", "too long: at most 32 bytes"},
    {"[redis]\nsocket = redis.sock\n", "whole path of a socket"},
    {"[database]\nuser = a\tb\n", "without control characters"},
    {"[log]\nlevel = warn\n", "error, warning, info or debug"},
    {"[log]\ndestination = log.txt\n", "stderr, syslog or the whole path"},
    {"[serve]\nruntime_directory = run\n", "whole path of a directory"},
    {"[live]\nurl = live\n", "a path beginning with /"},
    {"[live]\nurl = https://x/live\n", "a path beginning with /"},
    {"[live]\nurl = /li\"ve\n", "a path beginning with /"},
    {"[live]\nlisten = 0.0.0.0:7071\n", "127.0.0.1:port"},
    {"[live]\nlisten = 192.168.1.1:7071\n", "127.0.0.1:port"},
    {"[live]\nlisten = 127.0.0.1\n", "127.0.0.1:port"},
    {"[live]\nlisten = 127.0.0.1:0\n", "127.0.0.1:port"},
    {"[live]\nlisten = 127.0.0.1:70710\n", "127.0.0.1:port"},
    {"[live]\nlisten = unix:relative\n", "127.0.0.1:port"},
    {"[live]\nlisten = 127.0.0.1:7072\n", "both 127.0.0.1:7072"},
    {"[live]\norigins = chat.example.org\n", "origins separated by commas"},
    {"[live]\norigins = https://\n", "origins separated by commas"},
    {"[live]\norigins = https://chat.example.org/\n", "origins separated by commas"},
    {"[live]\norigins = https://Chat.example.org\n", "origins separated by commas"},
    {"[live]\norigins = https://a.example, *\n", "origins separated by commas"},
    {"[live]\norigins = *\norigins = https://a.example\n", "origins separated by commas"},
    {"[live]\nheartbeat = 60\n", "silence = 60 must be more than heartbeat = 60"},
    {"[auth]\naccess_ttl = 600\nrefresh_ttl = 600\n", "refresh_ttl = 600 must be more than"},
    {"[auth]\nscrypt_ln = 9\n", "from 10 to 20"},
    {"[auth]\nscrypt_ln = 20\nscrypt_r = 8\n", "ask for 1024 MiB"},
};

static void explains_each_mistake(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct config *config = load_text(wrong[i].text);

		if (config != NULL)
			fail_msg("accepted: %s", wrong[i].text);
		if (strstr(said, wrong[i].mistake) == NULL ||
		    strncmp(said, path, strlen(path)) != 0)
			fail_msg("for \"%s\" said \"%s\"", wrong[i].text, said);
		if (strchr(said, '\n')[1] != '\0')
			fail_msg("more than one mistake in \"%s\": %s", wrong[i].text, said);
	}
}

static void accepts_what_looks_alike(void **state)
{
	static const char *const texts[] = {"[live]\nlisten = [::1]:7071\n",
	    "[live]\nlisten = localhost:1\n", "[live]\nlisten = 127.9.9.9:65535\n",
	    "[live]\nurl = wss://live.example.org/live\n", "[live]\norigins = *\n",
	    "[live]\norigins = https://[::1]:8443\n", "[live]\nmetrics_listen =\n",
	    "[redis]\nprefix = a_b.c-9\n", "[log]\ndestination = /var/log/hichat\n",
	    "[auth]\nscrypt_ln = 18\nscrypt_r = 8\n", "[limits]\nsends = 0\n"};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct config *config = load_text(texts[i]);

		if (config == NULL)
			fail_msg("refused %s: %s", texts[i], said);
		config_free(&config);
	}
}

static void tells_all_mistakes_at_once(void **state)
{
	static const char *const parts[] = {
	    ":1: this is no", ":3: [redis] port", ":4: unknown key", ":5: [redis] enabled"};

	(void)state;
	assert_null(load_text("[oops\n[redis]\nport = x\nprot = 1\nenabled = 2\n"));
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strstr(said, parts[i]) == NULL)
			fail_msg("\"%s\" is not in: %s", parts[i], said);
}

static void refuses_lines_that_inih_would_cut(void **state)
{
	char text[400];
	struct config *config;

	(void)state;
	snprintf(text, sizeof text, "[database]\npassword = %.*s\n", 180, HEX32 HEX32 HEX32);
	config = load_text(text);
	assert_non_null(config);
	config_free(&config);
	snprintf(text, sizeof text, "[database]\npassword = %.*s\n", 192, HEX32 HEX32 HEX32);
	assert_null(load_text(text));
	assert_non_null(strstr(said, ":2: this line is longer than 198 bytes"));
	/* In one piece or in two, no part of a secret is told. */
	assert_null(strstr(said, "00112233"));
}

static void refuses_a_nul_byte(void **state)
{
	static const char text[] = "[redis]\nport = 1\0000\n";

	(void)state;
	write_file(text, sizeof text - 1);
	assert_null(load(path));
	assert_non_null(strstr(said, ":2: this line holds a NUL byte"));
}

static void never_shows_a_secret(void **state)
{
	struct config *config;
	char *text;
	size_t size;
	FILE *out;

	(void)state;
	assert_null(load_text("[database]\npassword = sec\x01ret\n"));
	assert_null(strstr(said, "ret"));
	config = load_text("[database]\npassword = secret\n[auth]\ntoken_keys = k1:" HEX32 "\n");
	assert_non_null(config);
	out = open_memstream(&text, &size);
	config_print(config, out);
	fclose(out);
	assert_null(strstr(text, "secret"));
	assert_null(strstr(text, "0011"));
	assert_non_null(strstr(text, "database.password = (set)\n"));
	assert_non_null(strstr(text, "auth.token_keys = (set)\n"));
	assert_non_null(strstr(text, "redis.password = (not set)\n"));
	assert_non_null(strstr(text, "redis.enabled = yes\n"));
	assert_non_null(strstr(text, "live.listen = 127.0.0.1:7071\n"));
	free(text);
	config_free(&config);
}

static void environment_comes_before_the_file(void **state)
{
	struct config *config;

	(void)state;
	setenv("HICHAT_DATABASE_PASSWORD", "from the environment", 1);
	setenv("HICHAT_REDIS_PORT", "7777", 1);
	setenv("HICHAT_LIVE_ORIGINS", "", 1);
	setenv("HICHAT_SOMETHING_ELSE", "is not ours", 1);
	config = load_text("[database]\npassword = x\n[redis]\nport = 1\n[live]\norigins = *\n");
	assert_non_null(config);
	assert_string_equal(config->database.password, "from the environment");
	assert_int_equal(config->redis.port, 7777);
	assert_string_equal(config->live.origins, "");
	config_free(&config);
	setenv("HICHAT_REDIS_PORT", "x", 1);
	assert_null(load_text(""));
	assert_string_equal(said, "environment HICHAT_REDIS_PORT: [redis] port = x:"
				  " it must be a whole number from 1 to 65535\n");
	unsetenv("HICHAT_DATABASE_PASSWORD");
	unsetenv("HICHAT_REDIS_PORT");
	unsetenv("HICHAT_LIVE_ORIGINS");
	unsetenv("HICHAT_SOMETHING_ELSE");
}

static void takes_the_path_from_the_environment(void **state)
{
	struct config *config;

	(void)state;
	write_file("[redis]\nport = 4\n", 17);
	setenv("HICHAT_CONFIG", path, 1);
	config = load(NULL);
	unsetenv("HICHAT_CONFIG");
	assert_non_null(config);
	assert_int_equal(config->redis.port, 4);
	config_free(&config);
}

static void says_how_to_make_a_missing_file(void **state)
{
	(void)state;
	assert_null(load("/nonexistent/hichat.conf"));
	assert_string_equal(said, "/nonexistent/hichat.conf: cannot be opened: No such file or "
				  "directory. Copy hichat.conf.sample to it and edit that, or name "
				  "your file in HICHAT_CONFIG\n");
	assert_null(load("/tmp"));
	assert_non_null(strstr(said, "/tmp: cannot be read: Is a directory"));
}

static void warns_about_other_readers_of_secrets(void **state)
{
	static const struct {
		const char *text;
		mode_t mode;
		bool warned;
	} cases[] = {
	    {"[database]\npassword = x\n", 0644, true},
	    {"[database]\npassword = x\n", 0640, false},
	    {"[database]\nuser = x\n", 0644, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct config *config;

		assert_int_equal(chmod(path, cases[i].mode), 0);
		config = load_text(cases[i].text);
		assert_non_null(config);
		assert_int_equal(
		    strstr(said, "warning: every user may read") != NULL, cases[i].warned);
		config_free(&config);
	}
	assert_int_equal(chmod(path, 0600), 0);
}

/* The defaults as "section.key = value" lines, to compare other texts with. */
static char *print_defaults(void)
{
	struct config *config = load_text("");
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(config);
	config_print(config, out);
	fclose(out);
	config_free(&config);
	for (char *at; (at = strstr(text, "(not set)")) != NULL;)
		memmove(at, at + 9, strlen(at + 9) + 1);
	return text;
}

static FILE *open_source(const char *name)
{
	const char *top = getenv("srcdir");
	char file[512];
	FILE *source;

	snprintf(file, sizeof file, "%s/%s", top == NULL ? "." : top, name);
	source = fopen(file, "r");
	if (source == NULL)
		fail_msg("%s is not there", file);
	return source;
}

static void sample_has_every_key_with_its_default(void **state)
{
	char line[512], section[64] = "", key[64], value[256];
	char *wanted = print_defaults(), *found, *settings;
	size_t size;
	FILE *sample = open_source("hichat.conf.sample");
	FILE *list = open_memstream(&found, &size), *all = open_memstream(&settings, &size);
	struct config *config;

	(void)state;
	while (fgets(line, sizeof line, sample) != NULL) {
		value[0] = '\0';
		if (sscanf(line, "[%63[a-z0-9]]", section) == 1)
			fputs(line, all);
		else if (sscanf(line, "#%63[a-z_] = %255[^\n]", key, value) >= 1 &&
			 strstr(line, " =") != NULL && line[1] != ' ') {
			fprintf(list, "%s.%s = %s\n", section, key, value);
			fputs(line + 1, all);
		}
	}
	fclose(sample);
	fclose(list);
	fclose(all);
	assert_string_equal(found, wanted);
	/* And with every comment sign taken away it is a good configuration. */
	config = load_text(settings);
	assert_string_equal(said, "");
	assert_non_null(config);
	config_free(&config);
	free(settings);
	free(wanted);
	free(found);
}

static void manual_has_every_key_with_its_default(void **state)
{
	char line[512], section[64] = "", key[64] = "", value[256];
	char *wanted = print_defaults(), *found;
	size_t size;
	FILE *manual = open_source("man/hichat.conf.5");
	FILE *list = open_memstream(&found, &size);

	(void)state;
	while (fgets(line, sizeof line, manual) != NULL) {
		sscanf(line, ".Ss Section %63[a-z0-9]", section);
		sscanf(line, ".It Cm %63[a-z_]", key);
		if (sscanf(line, "Default: %255[^\n]", value) != 1)
			continue;
		value[strlen(value) - 1] = '\0'; /* the full stop */
		fprintf(
		    list, "%s.%s = %s\n", section, key, strcmp(value, "none") == 0 ? "" : value);
	}
	fclose(manual);
	fclose(list);
	assert_string_equal(found, wanted);
	free(wanted);
	free(found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(empty_file_is_all_defaults),
	    cmocka_unit_test(reads_what_people_write),
	    cmocka_unit_test(explains_each_mistake),
	    cmocka_unit_test(accepts_what_looks_alike),
	    cmocka_unit_test(tells_all_mistakes_at_once),
	    cmocka_unit_test(refuses_lines_that_inih_would_cut),
	    cmocka_unit_test(refuses_a_nul_byte),
	    cmocka_unit_test(never_shows_a_secret),
	    cmocka_unit_test(environment_comes_before_the_file),
	    cmocka_unit_test(takes_the_path_from_the_environment),
	    cmocka_unit_test(says_how_to_make_a_missing_file),
	    cmocka_unit_test(warns_about_other_readers_of_secrets),
	    cmocka_unit_test(sample_has_every_key_with_its_default),
	    cmocka_unit_test(manual_has_every_key_with_its_default),
	};

	return cmocka_run_group_tests_name("config", tests, make_file, remove_file);
}
