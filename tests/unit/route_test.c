/* Which route a request finds. */
#include "route.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct error *handler(struct request *req)
{
	(void)req;
	return NULL;
}

static const struct route routes[] = {
    {GET, "/", PUBLIC, NULL, handler, NULL},
    {GET, "/things", USER, NULL, handler, NULL},
    {POST, "/things", USER, NULL, handler, NULL},
    {GET, "/things/:thing", USER, NULL, handler, NULL},
    {DELETE, "/things/:thing", USER, NULL, handler, NULL},
    {DELETE, "/things/current", USER, NULL, handler, NULL},
    {PUT, "/things/:thing/parts/:part", USER, NULL, handler, NULL},
    {PUT, "/things/:thing/marks/*mark", USER, NULL, handler, NULL},
    {GET, "/thing-links/*token/join", USER, NULL, handler, NULL},
};
#define COUNT (sizeof(routes) / sizeof(routes[0]))

struct found {
	const struct route *route;
	const struct path_value *values;
	size_t count;
	const struct error *why;
	unsigned allowed;
};

static struct found find(struct arena *arena, enum method method, const char *path)
{
	struct found found = {0};

	found.route = route_match(arena, routes, COUNT, method, path, &found.values, &found.count,
	    &found.why, &found.allowed);
	return found;
}

static void finds_the_route(void **state)
{
	static const struct {
		enum method method;
		const char *path;
		size_t route;
	} cases[] = {
	    {GET, "/", 0},
	    {GET, "/things", 1},
	    {POST, "/things", 2},
	    {GET, "/things/7", 3},
	    {DELETE, "/things/9007199254740991", 4},
	    {DELETE, "/things/current", 5},
	    {PUT, "/things/1/parts/2", 6},
	    {PUT, "/things/1/marks/😀", 7},
	    {GET, "/thing-links/abc-_/join", 8},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct found found = find(arena, cases[i].method, cases[i].path);

		assert_ptr_equal(found.route, &routes[cases[i].route]);
	}
	arena_free(&arena);
}

static void hands_over_variables(void **state)
{
	struct arena *arena = arena_new();
	struct found found = find(arena, PUT, "/things/12/parts/345");
	struct request req = {.path_values = found.values, .path_count = found.count};

	(void)state;
	assert_int_equal(found.count, 2);
	assert_int_equal(path_id(&req, "thing"), 12);
	assert_int_equal(path_id(&req, "part"), 345);

	found = find(arena, PUT, "/things/12/marks/a b");
	req = (struct request){.path_values = found.values, .path_count = found.count};
	assert_int_equal(path_id(&req, "thing"), 12);
	assert_string_equal(path_text(&req, "mark"), "a b");
	arena_free(&arena);
}

static void refuses_what_is_no_id(void **state)
{
	static const char *const paths[] = {"/things/0", "/things/01", "/things/-1", "/things/+1",
	    "/things/1x", "/things/x", "/things/ 1", "/things/", "/things/9007199254740992",
	    "/things/99999999999999999999999", "/things/1/", "/things//", "/things/1/parts",
	    "/things/1/parts/", "/things/1/marks/", "/things/1/marks/a/b", "/thing-links//join",
	    "/thing", "/thingss", "things", "", "//", "/things/:thing", "/thing-links/*token"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct found found = find(arena, GET, paths[i]);

		assert_null(found.route);
		assert_true(error_is(found.why, FAIL(NOT_FOUND)));
		assert_int_equal(found.allowed, 0);
	}
	arena_free(&arena);
}

static void tells_which_methods_there_are(void **state)
{
	struct arena *arena = arena_new();
	struct found found = find(arena, PATCH, "/things");

	(void)state;
	assert_null(found.route);
	assert_true(error_is(found.why, FAIL(METHOD_NOT_ALLOWED)));
	assert_int_equal(found.allowed, GET | POST);

	found = find(arena, (enum method)0, "/things/5");
	assert_null(found.route);
	assert_int_equal(found.allowed, GET | DELETE);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_the_route),
	    cmocka_unit_test(hands_over_variables),
	    cmocka_unit_test(refuses_what_is_no_id),
	    cmocka_unit_test(tells_which_methods_there_are),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
