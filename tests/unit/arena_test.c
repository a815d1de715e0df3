/* lib/arena: what is handed out, and what a reset releases in which order. */
#include "arena.h"

#include <setjmp.h>
#include <signal.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct journal {
	char letters[8];
	size_t count;
};

struct entry {
	struct journal *journal;
	char letter;
};

static void note(void *object)
{
	const struct entry *entry = object;

	entry->journal->letters[entry->journal->count++] = entry->letter;
}

static void defer_note(struct arena *arena, struct journal *journal, char letter)
{
	struct entry *entry = arena_alloc(arena, sizeof(*entry));

	*entry = (struct entry){journal, letter};
	arena_defer(arena, note, entry);
}

static void blocks_are_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = {1, 3, 16, 4000, 9000, 40000, 1000000};
	struct arena *arena = arena_new();

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			unsigned char *block = arena_alloc(arena, sizes[i]);

			arena_text(arena, "odd"); /* so that the next one starts anywhere */
			assert_int_equal((uintptr_t)block % alignof(max_align_t), 0);
			for (size_t at = 0; at < sizes[i]; at++)
				assert_int_equal(block[at], 0);
			memset(block, 0xEE, sizes[i]);
		}
		arena_reset(arena);
	}
	arena_free(&arena);
	assert_null(arena);
}

static void blocks_do_not_overlap(void **state)
{
	enum { BLOCKS = 2000 };
	struct arena *arena = arena_new();
	unsigned char *blocks[BLOCKS];

	(void)state;
	for (size_t i = 0; i < BLOCKS; i++) {
		size_t size = 1 + i % 97 + (i % 50 == 0 ? 10000 : 0);

		blocks[i] = memset(arena_alloc(arena, size), (int)(i % 251), size);
	}
	for (size_t i = 0; i < BLOCKS; i++) {
		size_t size = 1 + i % 97 + (i % 50 == 0 ? 10000 : 0);

		assert_int_equal(blocks[i][0], i % 251);
		assert_int_equal(blocks[i][size - 1], i % 251);
	}
	arena_free(&arena);
}

static void hooks_run_newest_first(void **state)
{
	struct journal journal = {"", 0};
	struct arena *arena = arena_new();

	(void)state;
	defer_note(arena, &journal, 'a');
	arena_alloc(arena, 50000);
	defer_note(arena, &journal, 'b');
	arena_alloc(arena, 50000);
	defer_note(arena, &journal, 'c');
	arena_reset(arena);
	assert_string_equal(journal.letters, "cba");
	defer_note(arena, &journal, 'd');
	arena_free(&arena);
	assert_string_equal(journal.letters, "cbad");
}

static void copy_back(void *object)
{
	char **pair = object;

	memcpy(pair[0], pair[1], strlen(pair[1]) + 1);
}

/* A library's object may point to earlier memory of the arena while it is released. */
static void hooks_see_earlier_memory(void **state)
{
	struct arena *arena = arena_new();
	char seen[200000];
	char **pair;
	char *text;

	(void)state;
	text = arena_alloc(arena, sizeof(seen));
	memset(text, 'x', sizeof(seen) - 1);
	pair = arena_array(arena, 2, sizeof(*pair));
	pair[0] = seen;
	pair[1] = text;
	arena_defer(arena, copy_back, pair);
	arena_free(&arena);
	assert_int_equal(strlen(seen), sizeof(seen) - 1);
}

static void texts_are_copied(void **state)
{
	struct arena *arena = arena_new();
	char long_text[5000];

	(void)state;
	memset(long_text, 'y', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	assert_null(arena_text(arena, NULL));
	assert_string_equal(arena_text(arena, ""), "");
	assert_string_equal(arena_text(arena, long_text), long_text);
	assert_string_equal(arena_text_n(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_text_n(arena, NULL, 0), "");
	assert_string_equal(arena_printf(arena, "%d:%s", 7, "你好"), "7:你好");
	assert_int_equal(strlen(arena_printf(arena, "%s%s", long_text, long_text)), 9998);
	assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 3);
	arena_free(&arena);
}

static void array_too_large(void)
{
	arena_array(arena_new(), SIZE_MAX / 8 + 2, 8);
}

static void block_too_large(void)
{
	arena_alloc(arena_new(), SIZE_MAX);
}

static bool aborts(void (*work)(void))
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
		signal(SIGABRT, SIG_DFL);
		close(STDERR_FILENO);
		work();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void impossible_sizes_abort(void **state)
{
	(void)state;
	assert_true(aborts(array_too_large));
	assert_true(aborts(block_too_large));
}

static void free_takes_null(void **state)
{
	struct arena *arena = NULL;

	(void)state;
	arena_free(&arena);
	arena = arena_new();
	arena_reset(arena);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(blocks_are_zeroed_and_aligned),
	    cmocka_unit_test(blocks_do_not_overlap),
	    cmocka_unit_test(hooks_run_newest_first),
	    cmocka_unit_test(hooks_see_earlier_memory),
	    cmocka_unit_test(texts_are_copied),
	    cmocka_unit_test(impossible_sizes_abort),
	    cmocka_unit_test(free_takes_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
