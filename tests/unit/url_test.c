/* Addresses: where the API begins in them, what is decoded, what is refused. */
#include "arena.h"
#include "url.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *address;
	const char *prefix;
	const char *path;
	const char *query;
} good[] = {
    {"/api/v1/chat", "", "/", ""},
    {"/api/v1/chat/", "", "/", ""},
    {"/api/v1/chat/sync", "", "/sync", ""},
    {"/api/v1/chat/sync?", "", "/sync", ""},
    {"/api/v1/chat/sync?after=1&x=%00", "", "/sync", "after=1&x=%00"},
    {"/api/v1/chat?a=/api/v1/chat/b", "", "/", "a=/api/v1/chat/b"},
    {"/sub/folder/api/v1/chat/sync", "/sub/folder", "/sync", ""},
    {"/api/v1/chatter/api/v1/chat/sync", "/api/v1/chatter", "/sync", ""},
    {"https://example.org/api/v1/chat/sync", "", "/sync", ""},
    {"https://example.org/sub/api/v1/chat/sync?a", "/sub", "/sync", "a"},
    {"/api/v1/chat/a%20b", "", "/a b", ""},
    {"/api/v1/chat/a+b", "", "/a+b", ""},
    {"/api/v1/chat/%F0%9F%98%80", "", "/😀", ""},
    {"/api/v1/chat/\xe4\xbd\xa0", "", "/你", ""},
    {"/api/v1/chat/%3Fx", "", "/?x", ""},
};

static void takes_addresses_apart(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct url url;

		assert_null(url_split(arena, good[i].address, "chat", &url));
		assert_string_equal(url.prefix, good[i].prefix);
		assert_string_equal(url.path, good[i].path);
		assert_string_equal(url.query, good[i].query);
	}
	arena_free(&arena);
}

static void refuses_addresses(void **state)
{
	static const struct {
		const char *address;
		int status;
	} bad[] = {
	    {"", 404},
	    {"/", 404},
	    {"/api/v1/", 404},
	    {"/api/v1/cha", 404},
	    {"/api/v1/chatter/sync", 404},
	    {"/api/v2/chat/sync", 404},
	    {"/x?y=/api/v1/chat/sync", 404},
	    {"/a;b/api/v1/chat/sync", 404},
	    {"/a b/api/v1/chat/sync", 404},
	    {"https://example.org", 404},
	    {"/api/v1/chat/%", 400},
	    {"/api/v1/chat/%4", 400},
	    {"/api/v1/chat/%zz", 400},
	    {"/api/v1/chat/a%00b", 400},
	    {"/api/v1/chat/a%2Fb", 400},
	    {"/api/v1/chat/a%2fb", 400},
	    {"/api/v1/chat/a%0Ab", 400},
	    {"/api/v1/chat/a%7Fb", 400},
	    {"/api/v1/chat/%ff", 400},
	    {"/api/v1/chat/%C0%AF", 400},
	    {"/api/v1/chat/%ED%A0%80", 400},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct url url;
		const struct error *error = url_split(arena, bad[i].address, "chat", &url);

		assert_non_null(error);
		assert_int_equal(error->status, bad[i].status);
	}
	arena_free(&arena);
}

static void decodes_forms(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(url_decode(arena, "a+b%2Bc", 7, true), "a b+c");
	assert_string_equal(url_decode(arena, "a+b", 3, false), "a+b");
	assert_string_equal(url_decode(arena, "abc", 0, true), "");
	assert_null(url_decode(arena, "%00", 3, true));
	/* The escape may not reach beyond the text. */
	assert_null(url_decode(arena, "%41", 2, true));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_addresses_apart),
	    cmocka_unit_test(refuses_addresses),
	    cmocka_unit_test(decodes_forms),
	};

	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
