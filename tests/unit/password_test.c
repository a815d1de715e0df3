/* Password hashes, and how many are computed at a time. */
#include "arena.h"
#include "base64.h"
#include "clock.h"
#include "config.h"
#include "hash_slot.h"
#include "log.h"
#include "password.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SALT "c29kaXVtY2hsb3JpZGU" /* "sodiumchloride" */
#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static char directory[] = "/tmp/hichat-password.XXXXXX";
static char log_path[64];
static struct config config;
static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	memset(&config, 0, sizeof config);
	config.auth.scrypt_ln = 10;
	config.auth.scrypt_r = 8;
	config.auth.scrypt_p = 1;
	config.serve.runtime_directory = directory;
	arena = arena_new();
	unlink(log_path);
	return log_open("test", log_path, LOG_LEVEL_INFO) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	log_close();
	arena_free(&arena);
	return 0;
}

static int make_directory(void **state)
{
	(void)state;
	if (mkdtemp(directory) == NULL)
		return -1;
	snprintf(log_path, sizeof log_path, "%s/log", directory);
	return 0;
}

static long slots(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 4 ? 1 : cores / 2;
}

static int remove_directory(void **state)
{
	char path[96];

	(void)state;
	unlink(log_path);
	for (long i = 0; i < slots(); i++) {
		snprintf(path, sizeof path, "%s/hash-slot.%ld", directory, i);
		unlink(path);
	}
	return rmdir(directory);
}

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

static bool verify(const char *password, const char *phc, bool *stale)
{
	bool matches = true;

	assert_null(password_verify(&config, arena, password, phc, &matches, stale));
	return matches;
}

static void matches_its_own_password_only(void **state)
{
	static const char *const passwords[] = {
	    "correct horse", "密码密码密码密码", "🙂🙂🙂🙂🙂🙂🙂🙂", "", "a", "A"};
	bool stale;

	(void)state;
	for (size_t i = 0; i < COUNT(passwords); i++) {
		const char *phc;

		assert_null(password_hash(&config, arena, passwords[i], &phc));
		assert_int_equal(strncmp(phc, "$scrypt$ln=10,r=8,p=1$", 22), 0);
		assert_int_equal(strlen(phc), 22 + 22 + 1 + 43);
		for (size_t j = 0; j < COUNT(passwords); j++) {
			assert_int_equal(verify(passwords[j], phc, &stale), i == j);
			assert_false(stale);
		}
	}
}

static void salts_differ(void **state)
{
	const char *one, *two;

	(void)state;
	assert_null(password_hash(&config, arena, "same", &one));
	assert_null(password_hash(&config, arena, "same", &two));
	assert_string_not_equal(one, two);
}

/* RFC 7914 section 12: scrypt("pleaseletmein", "SodiumChloride", N=16384, r=8, p=1, 64). */
static void agrees_with_the_rfc(void **state)
{
	static const char hash[] =
	    "\x70\x23\xbd\xcb\x3a\xfd\x73\x48\x46\x1c\x06\xcd\x81\xfd\x38\xeb"
	    "\xfd\xa8\xfb\xba\x90\x4f\x8e\x3e\xa9\xb5\x43\xf6\x54\x5d\xa1\xf2"
	    "\xd5\x43\x29\x55\x61\x3f\x0f\xcf\x62\xd4\x97\x05\x24\x2a\x9a\xf9"
	    "\xe6\x1e\x85\xdc\x0d\x65\x1e\x40\xdf\xcf\x01\x7b\x45\x57\x58\x87";
	const char *phc = arena_printf(arena, "$scrypt$ln=14,r=8,p=1$%s$%s",
	    base64_write(arena, BASE64_STANDARD, "SodiumChloride", 14),
	    base64_write(arena, BASE64_STANDARD, hash, 64));
	bool stale;

	(void)state;
	assert_true(verify("pleaseletmein", phc, &stale));
	assert_false(verify("pleaseletmeout", phc, &stale));
}

/* Above ln = 14 OpenSSL refuses unless it is told how much memory it may take. */
static void computes_what_needs_much_memory(void **state)
{
	const char *phc;
	bool stale;

	(void)state;
	config.auth.scrypt_ln = 16;
	assert_null(password_hash(&config, arena, "x", &phc));
	assert_true(verify("x", phc, &stale));
}

static void is_stale_when_the_price_rose(void **state)
{
	static const struct {
		int ln, r, p;
		bool stale;
	} cases[] = {{11, 8, 2, false}, {10, 8, 1, false}, {11, 8, 1, false}, {12, 8, 1, true},
	    {11, 9, 1, true}, {11, 8, 3, true}};
	const char *phc;
	bool stale;

	(void)state;
	config.auth.scrypt_ln = 11;
	config.auth.scrypt_p = 2;
	assert_null(password_hash(&config, arena, "x", &phc));
	for (size_t i = 0; i < COUNT(cases); i++) {
		config.auth.scrypt_ln = cases[i].ln;
		config.auth.scrypt_r = cases[i].r;
		config.auth.scrypt_p = cases[i].p;
		assert_true(verify("x", phc, &stale));
		assert_int_equal(stale, cases[i].stale);
		assert_false(verify("y", phc, &stale));
		assert_false(stale);
	}
	/* A shorter salt or hash, as another program may have written, is weaker, too. */
	config.auth.scrypt_ln = 14;
	config.auth.scrypt_p = 1;
	assert_true(verify("pleaseletmein",
	    "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI",
	    &stale));
	assert_true(stale);
}

static const char *const unreadable[] = {"", "x", "$", "$scrypt", "$scrypt$",
    "$scrypt$ln=10,r=8,p=1$" SALT, "$scrypt$ln=10,r=8,p=1$" SALT "$",
    "$scrypt$ln=10,r=8,p=1$$" HASH, "$scrypt$ln=10,r=8,p=1$" SALT "$" HASH "$",
    "$scrypt$ln=10,r=8,p=1$" SALT "$" HASH " ", "$scrypt$ln=10,r=8,p=1$" SALT "$" HASH "=",
    "scrypt$ln=10,r=8,p=1$" SALT "$" HASH, "$argon2id$ln=10,r=8,p=1$" SALT "$" HASH,
    "$2b$12$abcdefghijklmnopqrstuv", "$scrypt$r=8,ln=10,p=1$" SALT "$" HASH,
    "$scrypt$ln=10,r=8$" SALT "$" HASH, "$scrypt$ln=10,r=8,p=1,x=1$" SALT "$" HASH,
    "$scrypt$ln=,r=8,p=1$" SALT "$" HASH, "$scrypt$ln=0,r=8,p=1$" SALT "$" HASH,
    "$scrypt$ln=10,r=0,p=1$" SALT "$" HASH, "$scrypt$ln=10,r=8,p=0$" SALT "$" HASH,
    "$scrypt$ln=010,r=8,p=1$" SALT "$" HASH, "$scrypt$ln=+10,r=8,p=1$" SALT "$" HASH,
    "$scrypt$ln=-10,r=8,p=1$" SALT "$" HASH, "$scrypt$ln= 10,r=8,p=1$" SALT "$" HASH,
    "$scrypt$ln=21,r=8,p=1$" SALT "$" HASH, "$scrypt$ln=20,r=8,p=1$" SALT "$" HASH,
    "$scrypt$ln=64,r=8,p=1$" SALT "$" HASH, "$scrypt$ln=99,r=99,p=99$" SALT "$" HASH,
    "$scrypt$ln=4294967306,r=8,p=1$" SALT "$" HASH, "$scrypt$ln=10,r=33,p=1$" SALT "$" HASH,
    "$scrypt$ln=10,r=8,p=17$" SALT "$" HASH, "$scrypt$ln=10,r=8,p=1000000000$" SALT "$" HASH,
    /* salt and hash: too short, too long, no base64 */
    "$scrypt$ln=10,r=8,p=1$AAAA$" HASH, "$scrypt$ln=10,r=8,p=1$" HASH HASH HASH "$" HASH,
    "$scrypt$ln=10,r=8,p=1$" SALT "$AAAA", "$scrypt$ln=10,r=8,p=1$" SALT "$" HASH HASH HASH,
    "$scrypt$ln=10,r=8,p=1$" SALT "$" HASH "!", "$scrypt$ln=10,r=8,p=1$so-dium_chl$" HASH};

static void takes_nothing_hostile_for_a_hash(void **state)
{
	bool stale;

	(void)state;
	for (size_t i = 0; i < COUNT(unreadable); i++) {
		int64_t began = clock_monotonic_ms();

		if (verify("x", unreadable[i], &stale) || stale)
			fail_msg("matches %s", unreadable[i]);
		/* What it costs is the configuration's affair, not the string's. */
		if (clock_monotonic_ms() - began > 1000)
			fail_msg("worked hard on %s", unreadable[i]);
	}
	assert_int_equal(logged("cannot be read"), COUNT(unreadable));
}

static int64_t time_of(const char *phc)
{
	int64_t best = INT64_MAX;
	bool stale;

	for (int i = 0; i < 3; i++) {
		int64_t began = clock_monotonic_ms(), took;

		assert_false(verify("wrong", phc, &stale));
		took = clock_monotonic_ms() - began;
		best = took < best ? took : best;
	}
	return best;
}

/* Who asks for an unknown user must not see it by the clock. */
static void unknown_users_cost_as_much(void **state)
{
	const char *phc;
	int64_t known, unknown;

	(void)state;
	config.auth.scrypt_ln = 14;
	assert_null(password_hash(&config, arena, "x", &phc));
	known = time_of(phc);
	unknown = time_of(NULL);
	assert_true(known >= 10);
	assert_true(unknown * 2 > known && unknown < known * 2);
}

static void take_all(struct hash_slot *taken)
{
	for (long i = 0; i < slots(); i++)
		assert_true(hash_slot_take(&config, &taken[i]));
}

static void release_all(struct hash_slot *taken)
{
	for (long i = 0; i < slots(); i++)
		hash_slot_release(&taken[i]);
}

static void turns_away_who_waited_too_long(void **state)
{
	struct hash_slot *taken = arena_array(arena, (size_t)slots(), sizeof *taken);
	const struct error *error;
	bool matches, stale;

	(void)state;
	take_all(taken);
	error = password_verify(&config, arena, "x", NULL, &matches, &stale);
	assert_non_null(error);
	assert_string_equal(error->code, "busy");
	assert_true(error->retry_after > 0);
	assert_false(matches);
	release_all(taken);
	assert_null(password_verify(&config, arena, "x", NULL, &matches, &stale));
}

/* A process that dies while hashing must not keep its slot. */
static void a_dead_process_holds_nothing(void **state)
{
	struct hash_slot *taken = arena_array(arena, (size_t)slots(), sizeof *taken);
	int ready[2];
	pid_t pid;
	char byte;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		for (long i = 0; i < slots(); i++)
			hash_slot_take(&config, &taken[i]);
		if (write(ready[1], "", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ready[0]);
	close(ready[1]);
	take_all(taken);
	for (long i = 0; i < slots(); i++)
		assert_true(taken[i].fd >= 0);
	release_all(taken);
}

/* In a child: 0 when a slot came, and not before the parent let go. */
static int take_after(const atomic_bool *released, const struct hash_slot *taken, int ready)
{
	struct hash_slot slot;

	/* What fork() copied is closed; the locks stay with the parent's descriptors. */
	for (long i = 0; i < slots(); i++)
		close(taken[i].fd);
	if (write(ready, "", 1) != 1 || !hash_slot_take(&config, &slot))
		return 1;
	return atomic_load(released) ? 0 : 2;
}

static void waits_for_its_turn(void **state)
{
	struct hash_slot *taken = arena_array(arena, (size_t)slots(), sizeof *taken);
	atomic_bool *released =
	    mmap(NULL, sizeof *released, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int ready[2], status;
	pid_t pid;
	char byte;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	take_all(taken);
	pid = fork();
	if (pid == 0)
		_exit(take_after(released, taken, ready[1]));
	assert_int_equal(read(ready[0], &byte, 1), 1);
	for (int64_t until = clock_monotonic_ms() + 50; clock_monotonic_ms() < until;)
		assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
	atomic_store(released, true);
	release_all(taken);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	munmap(released, sizeof *released);
	close(ready[0]);
	close(ready[1]);
}

static void does_without_a_directory(void **state)
{
	struct hash_slot *taken = arena_array(arena, (size_t)slots(), sizeof *taken);
	const struct error *error;
	bool matches, stale;

	(void)state;
	config.serve.runtime_directory = "/nonexistent/run";
	take_all(taken);
	assert_int_equal(taken[0].fd, -1);
	assert_int_equal(logged("no lock files"), 1);
	/* Bounded in this process all the same. */
	error = password_verify(&config, arena, "x", NULL, &matches, &stale);
	assert_non_null(error);
	assert_string_equal(error->code, "busy");
	release_all(taken);
	assert_null(password_verify(&config, arena, "x", NULL, &matches, &stale));
	assert_int_equal(logged("no lock files"), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(matches_its_own_password_only),
	    TEST(salts_differ),
	    TEST(agrees_with_the_rfc),
	    TEST(computes_what_needs_much_memory),
	    TEST(is_stale_when_the_price_rose),
	    TEST(takes_nothing_hostile_for_a_hash),
	    TEST(unknown_users_cost_as_much),
	    TEST(turns_away_who_waited_too_long),
	    TEST(a_dead_process_holds_nothing),
	    TEST(waits_for_its_turn),
	    TEST(does_without_a_directory),
	};

	return cmocka_run_group_tests_name("password", tests, make_directory, remove_directory);
}
