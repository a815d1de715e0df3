/* Forms: the boundary, and the file between boundaries. */
#include "arena.h"
#include "multipart.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void finds_boundaries(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(multipart_boundary(arena, "multipart/form-data; boundary=abc"), "abc");
	assert_string_equal(
	    multipart_boundary(arena, "Multipart/Form-Data; charset=utf-8; boundary=\"a b\""),
	    "a b");
	assert_null(multipart_boundary(arena, NULL));
	assert_null(multipart_boundary(arena, "image/png"));
	assert_null(multipart_boundary(arena, "multipart/form-data"));
	assert_null(multipart_boundary(arena, "multipart/form-data; boundary="));
	arena_free(&arena);
}

static const char form[] =
    "--b\r\n"
    "Content-Disposition: form-data; name=\"note\"\r\n\r\n"
    "not the file\r\n"
    "--b\r\n"
    "content-disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".png\"\r\n"
    "Content-Type: image/png\r\n\r\n"
    "\r\nby\0tes\r\n--c\r\n"
    "\r\n--b--\r\n";

static void finds_the_file(void **state)
{
	static const char wanted[] = "\r\nby\0tes\r\n--c\r\n";
	struct arena *arena = arena_new();
	struct multipart_file file;

	(void)state;
	assert_true(multipart_find(arena, form, sizeof(form) - 1, "b", &file));
	assert_string_equal(file.name, "a \"b\".png");
	assert_string_equal(file.type, "image/png");
	assert_int_equal(file.length, sizeof(wanted) - 1);
	assert_memory_equal(file.bytes, wanted, sizeof(wanted) - 1);
	assert_false(multipart_find(arena, form, sizeof(form) - 1, "x", &file));
	arena_free(&arena);
}

static void refuses_what_does_not_end(void **state)
{
	struct arena *arena = arena_new();
	struct multipart_file file;
	size_t end = sizeof(form) - 1 - strlen("--\r\n");

	(void)state;
	for (size_t length = 0; length < end; length++)
		assert_false(multipart_find(arena, form, length, "b", &file));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_boundaries),
	    cmocka_unit_test(finds_the_file),
	    cmocka_unit_test(refuses_what_does_not_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
