/* Names of files: what is left of them, and how headers carry them. */
#include "arena.h"
#include "file_name.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *given;
	const char *clean; /* NULL: nothing */
} names[] = {
    {"holiday.jpg", "holiday.jpg"},
    {"/etc/passwd", "passwd"},
    {"..\\..\\boot.ini", "boot.ini"},
    {"C:\\a\\b.txt", "b.txt"},
    {"..", NULL},
    {"", NULL},
    {"a/", NULL},
    {"  .hidden  ", "hidden"},
    {"trailing. . ", "trailing"},
    {"a\nb\tc\x7f.txt", "abc.txt"},
    {"a\xe2\x80\xae"
     "cod.exe",
	"acod.exe"}, /* right to left */
    {"<a>:\"b\"|?*.txt", "ab.txt"},
    {"你好.pdf", "你好.pdf"},
    {"bad \xff utf", NULL},
};

static void cleans_names(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *clean = file_name_clean(arena, names[i].given);

		if (names[i].clean == NULL)
			assert_null(clean);
		else
			assert_string_equal(clean, names[i].clean);
	}
	arena_free(&arena);
}

static void cuts_long_names(void **state)
{
	struct arena *arena = arena_new();
	char name[600];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(strlen(file_name_clean(arena, name)), FILE_NAME_MAX);
	arena_free(&arena);
}

static void writes_dispositions(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(file_name_disposition(arena, NULL, true), "attachment");
	assert_string_equal(file_name_disposition(arena, "a b.txt", false),
	    "inline; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt");
	assert_string_equal(file_name_disposition(arena, "é%.txt", true),
	    "attachment; filename=\"___.txt\"; filename*=UTF-8''%C3%A9%25.txt");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cleans_names),
	    cmocka_unit_test(cuts_long_names),
	    cmocka_unit_test(writes_dispositions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
