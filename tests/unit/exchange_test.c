/* The life of a request, without a web server: who is let in, what is refused, how it is answered.
 */
#include "clock.h"
#include "pretend.h"
#include "respond.h"
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct note {
	const char *text;
	int64_t number;
};
static const struct field note_fields[] = {
    REQUIRED(struct note, text, 1, 10),
    OPTIONAL(struct note, number, 0, 9),
};
static const struct record note_record = RECORD(struct note, note_fields);

static const struct error *show(struct request *req)
{
	struct json_object *answer = json_new(req->arena);

	json_set_int(answer, "user", req->user_id);
	json_set_int(answer, "session", req->session_id);
	json_set_text(answer, "path", req->path);
	json_set_text(answer, "prefix", req->prefix);
	json_set_text(answer, "address", req->address);
	json_set_text(answer, "agent", req->user_agent);
	json_set_bool(answer, "secure", req->secure);
	json_set_text(answer, "header", request_header(req, "X-Some-Thing"));
	json_set_text(answer, "cookie", request_cookie(req, "taste"));
	return respond_cacheable(req, answer);
}

static const struct error *echo(struct request *req)
{
	const struct note *note = req->input;
	struct json_object *answer = json_new(req->arena);

	json_set_text(answer, "text", note->text);
	json_set_int(answer, "number", note->number);
	respond_cookie(req, "taste", "sweet", "/api", 60);
	return respond(req, 201, answer);
}

static const struct error *list(struct request *req)
{
	const struct page_query *query = req->query;
	struct json_object *answer = json_new(req->arena);

	json_set_int(answer, "before", query->before);
	json_set_int(answer, "limit", page_limit(query));
	return respond(req, 200, answer);
}

static const struct error *empty(struct request *req)
{
	return respond_empty(req);
}

static const struct error *change_of_mind(struct request *req)
{
	respond_header(req, "X-Too-Early", "yes");
	(void)respond(req, 200, json_new(req->arena));
	return error_retry(req->arena, FAIL(RATE_LIMITED), 7);
}

static const struct error *silent(struct request *req)
{
	(void)req;
	return NULL;
}

static const struct route routes[] = {
    {GET, "/show", USER, NULL, show, NULL},
    {GET, "/open", PUBLIC, NULL, show, NULL},
    {POST, "/notes", USER, &note_record, echo, NULL},
    {GET, "/notes", USER, NULL, list, &page_query_record},
    {DELETE, "/notes/:note", PUBLIC, NULL, empty, NULL},
    {GET, "/mind", PUBLIC, NULL, change_of_mind, NULL},
    {GET, "/silent", PUBLIC, NULL, silent, NULL},
};
static const struct program program = {
    .name = "test", .routes = routes, .count = sizeof(routes) / sizeof(routes[0]), .workers = 1};

static int setup(void **state)
{
	struct pretend *pretend = malloc(sizeof(*pretend));

	if (pretend == NULL)
		return -1;
	log_open("test", "/dev/null", LOG_LEVEL_DEBUG);
	pretend_open(pretend, &program);
	*state = pretend;
	return 0;
}

static int teardown(void **state)
{
	pretend_close(*state);
	free(*state);
	log_close();
	return 0;
}

/* A request whose variables are few: method, address, and the others as they come. */
static int ask(struct pretend *pretend, const char *method, const char *address, const char *third,
    const char *fourth)
{
	struct arena *arena = pretend->arena;
	const char *variables[] = {arena_printf(arena, "REQUEST_METHOD=%s", method),
	    arena_printf(arena, "REQUEST_URI=%s", address), third, fourth, NULL};

	pretend_ask(pretend, variables, "", 0);
	return pretend_status(pretend);
}

static const char *bearer(struct pretend *pretend)
{
	return arena_printf(
	    pretend->arena, "HTTP_AUTHORIZATION=Bearer %s", pretend_token(pretend, 12, 34));
}

static void assert_says(struct pretend *pretend, const char *piece)
{
	if (strstr(pretend_body(pretend), piece) == NULL)
		fail_msg("%s is not in %s", piece, pretend_body(pretend));
}

static void lets_users_in(void **state)
{
	struct pretend *pretend = *state;
	const char *redirected;

	assert_int_equal(ask(pretend, "GET", "/api/v1/test/show", bearer(pretend), NULL), 200);
	assert_says(pretend, "\"user\":12");
	assert_says(pretend, "\"session\":34");
	assert_string_equal(pretend_header(pretend, "Content-Type"), "application/json");
	assert_string_equal(pretend_header(pretend, "X-Content-Type-Options"), "nosniff");
	assert_int_equal(
	    atoi(pretend_header(pretend, "Content-Length")), strlen(pretend_body(pretend)));

	redirected = arena_printf(pretend->arena, "REDIRECT_%s", bearer(pretend));
	assert_int_equal(ask(pretend, "GET", "/api/v1/test/show", redirected, NULL), 200);
	redirected = arena_printf(
	    pretend->arena, "HTTP_AUTHORIZATION=bearer  %s", pretend_token(pretend, 12, 34));
	assert_int_equal(ask(pretend, "GET", "/api/v1/test/show", redirected, NULL), 200);
}

static void keeps_others_out(void **state)
{
	static const char unsigned_token[] =
	    "HTTP_AUTHORIZATION=Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwiZXhwIjo5OTk5OTk5OTk5fQ.";
	static const char *const offers[] = {NULL, unsigned_token,
	    "HTTP_AUTHORIZATION=", "HTTP_AUTHORIZATION=Bearer", "HTTP_AUTHORIZATION=Bearer ",
	    "HTTP_AUTHORIZATION=Bearer a.b.c", "HTTP_AUTHORIZATION=Basic dXNlcjpwYXNz"};
	struct pretend *pretend = *state;

	for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++) {
		assert_int_equal(ask(pretend, "GET", "/api/v1/test/show", offers[i], NULL), 401);
		assert_says(pretend, "\"code\":\"unauthenticated\"");
		assert_non_null(pretend_header(pretend, "WWW-Authenticate"));
		/* On an open route a bad token is as good as none. */
		assert_int_equal(ask(pretend, "GET", "/api/v1/test/open", offers[i], NULL), 200);
		assert_says(pretend, "\"user\":0");
	}
	assert_int_equal(ask(pretend, "GET", "/api/v1/test/open", bearer(pretend), NULL), 200);
	assert_says(pretend, "\"user\":12");
}

/* What was verified once must not let anything else in, nor live longer. */
static void remembers_only_good_tokens(void **state)
{
	struct pretend *pretend = *state;
	struct arena *arena = pretend->arena;
	int64_t now = clock_wall_ms() / 1000;
	/* Some 30 s of leeway are for clocks that differ: this one has a second left. */
	const struct token_claims brief = {12, 34, now - 60, now - 29};
	const char *good = bearer(pretend);
	char *forged = arena_text(arena, good);
	const char *token;
	int64_t deadline = clock_monotonic_ms() + 60000;

	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(pretend, "GET", "/api/v1/test/show", good, NULL), 200);
	/* The same signature under other claims. */
	forged[strlen("HTTP_AUTHORIZATION=Bearer ") + 60] ^= 1;
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(pretend, "GET", "/api/v1/test/show", forged, NULL), 401);
	for (int64_t user = 1; user <= 1000; user++) {
		assert_int_equal(ask(pretend, "GET", "/api/v1/test/show",
				     arena_printf(arena, "HTTP_AUTHORIZATION=Bearer %s",
					 pretend_token(pretend, user, user + 1)),
				     NULL),
		    200);
		assert_says(pretend,
		    arena_printf(arena, "{\"user\":%d,\"session\":%d,", (int)user, (int)user + 1));
	}
	assert_null(token_sign(pretend->service.keys, arena, &brief, &token));
	token = arena_printf(arena, "HTTP_AUTHORIZATION=Bearer %s", token);
	while (ask(pretend, "GET", "/api/v1/test/show", token, NULL) == 200) {
		assert_true(clock_monotonic_ms() < deadline);
		poll(NULL, 0, 10);
	}
	assert_says(pretend, "token_expired");
}

static void says_what_the_token_lacks(void **state)
{
	struct pretend *pretend = *state;
	const struct token_claims old = {12, 34, 1000, 1600};
	const char *token;

	assert_null(token_sign(pretend->service.keys, pretend->arena, &old, &token));
	assert_int_equal(
	    ask(pretend, "GET", "/api/v1/test/show",
		arena_printf(pretend->arena, "HTTP_AUTHORIZATION=Bearer %s", token), NULL),
	    401);
	assert_says(pretend, "\"code\":\"token_expired\"");
	assert_non_null(strstr(pretend_header(pretend, "WWW-Authenticate"), "invalid_token"));
	ask(pretend, "GET", "/api/v1/test/show", NULL, NULL);
	assert_null(strstr(pretend_header(pretend, "WWW-Authenticate"), "invalid_token"));
}

static void knows_methods(void **state)
{
	struct pretend *pretend = *state;

	assert_int_equal(ask(pretend, "HEAD", "/api/v1/test/open", NULL, NULL), 200);
	assert_string_equal(pretend_body(pretend), "");
	assert_true(atoi(pretend_header(pretend, "Content-Length")) > 0);

	assert_int_equal(ask(pretend, "OPTIONS", "/api/v1/test/notes", NULL, NULL), 204);
	assert_string_equal(pretend_header(pretend, "Allow"), "POST, HEAD, GET, OPTIONS");
	assert_null(pretend_header(pretend, "Content-Type"));
	assert_int_equal(ask(pretend, "OPTIONS", "/api/v1/test/nothing", NULL, NULL), 404);

	assert_int_equal(ask(pretend, "PUT", "/api/v1/test/notes", NULL, NULL), 405);
	assert_says(pretend, "\"code\":\"method_not_allowed\"");
	assert_non_null(pretend_header(pretend, "Allow"));
	assert_int_equal(ask(pretend, "BREW", "/api/v1/test/notes", NULL, NULL), 405);
	assert_int_equal(ask(pretend, "", "/api/v1/test/notes", NULL, NULL), 405);
	assert_int_equal(ask(pretend, "DELETE", "/api/v1/test/notes/5", NULL, NULL), 204);
	assert_string_equal(pretend_body(pretend), "");
}

static void names_each_request(void **state)
{
	static const char *const bad[] = {"HTTP_X_REQUEST_ID=short",
	    "HTTP_X_REQUEST_ID=has space in", "HTTP_X_REQUEST_ID=12345678\"",
	    "HTTP_X_REQUEST_ID="
	    "12345678901234567890123456789012345678901234567890123456789012345"};
	struct pretend *pretend = *state;
	const char *first;

	ask(pretend, "GET", "/api/v1/test/nothing", "HTTP_X_REQUEST_ID=web-server_1", NULL);
	assert_string_equal(pretend_header(pretend, "X-Request-Id"), "web-server_1");
	assert_says(pretend, "\"request_id\":\"web-server_1\"");
	assert_string_equal(pretend_header(pretend, "Content-Type"), "application/problem+json");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ask(pretend, "GET", "/api/v1/test/open", bad[i], NULL);
		assert_null(strstr(bad[i], pretend_header(pretend, "X-Request-Id")));
	}
	first = pretend_header(pretend, "X-Request-Id");
	ask(pretend, "GET", "/api/v1/test/open", NULL, NULL);
	assert_string_not_equal(pretend_header(pretend, "X-Request-Id"), first);
}

static void tells_the_handler(void **state)
{
	struct pretend *pretend = *state;
	const char *const variables[] = {"REQUEST_METHOD=GET",
	    "REQUEST_URI=/sub/api/v1/test/open?x", "REMOTE_ADDR=192.0.2.7", "HTTP_USER_AGENT=curl",
	    "HTTPS=on", "HTTP_X_SOME_THING=some", "HTTP_COOKIE=a=b; tastes=x; taste=bitter;c=d",
	    NULL};

	pretend_ask(pretend, variables, "", 0);
	assert_int_equal(pretend_status(pretend), 200);
	assert_says(pretend, "\"path\":\"/open\"");
	assert_says(pretend, "\"prefix\":\"/sub\"");
	assert_says(pretend, "\"address\":\"192.0.2.7\"");
	assert_says(pretend, "\"agent\":\"curl\"");
	assert_says(pretend, "\"secure\":true");
	assert_says(pretend, "\"header\":\"some\"");
	assert_says(pretend, "\"cookie\":\"bitter\"");
}

static void revalidates(void **state)
{
	struct pretend *pretend = *state;
	struct arena *arena = pretend->arena;
	const char *tag;

	assert_int_equal(ask(pretend, "GET", "/api/v1/test/open", NULL, NULL), 200);
	assert_string_equal(pretend_header(pretend, "Cache-Control"), "private, no-cache");
	tag = pretend_header(pretend, "ETag");
	assert_int_equal(tag[0], '"');
	for (int i = 0; i < 4; i++) {
		const char *lists[] = {tag, arena_printf(arena, "W/%s", tag),
		    arena_printf(arena, "\"x\", %s", tag), "*"};
		const char *variable = arena_printf(arena, "HTTP_IF_NONE_MATCH=%s", lists[i]);

		assert_int_equal(ask(pretend, "GET", "/api/v1/test/open", variable, NULL), 304);
		assert_string_equal(pretend_body(pretend), "");
		assert_string_equal(pretend_header(pretend, "ETag"), tag);
	}
	assert_int_equal(
	    ask(pretend, "GET", "/api/v1/test/open", "HTTP_IF_NONE_MATCH=\"x\"", NULL), 200);
	/* Another answer has another tag. */
	assert_int_equal(ask(pretend, "GET", "/api/v1/test/open",
			     arena_printf(arena, "HTTP_IF_NONE_MATCH=%s", tag), "HTTPS=on"),
	    200);
}

struct body_case {
	const char *type;
	const char *length; /* NULL: as long as the body is */
	const char *body;
	int status;
	const char *says;
};

static void send_note(struct pretend *pretend, const struct body_case *it)
{
	struct arena *arena = pretend->arena;
	size_t size = strlen(it->body);
	const char *variables[] = {"REQUEST_METHOD=POST", "REQUEST_URI=/api/v1/test/notes",
	    bearer(pretend),
	    it->length != NULL ? arena_printf(arena, "CONTENT_LENGTH=%s", it->length)
			       : arena_printf(arena, "CONTENT_LENGTH=%zu", size),
	    it->type != NULL ? arena_printf(arena, "CONTENT_TYPE=%s", it->type) : NULL, NULL};

	pretend_ask(pretend, variables, it->body, size);
}

static void reads_bodies(void **state)
{
	static const char json[] = "application/json";
	static const struct body_case cases[] = {
	    {json, NULL, "{\"text\":\"你好\",\"number\":3}", 201, "\"text\":\"你好\",\"number\":3"},
	    {"Application/JSON; charset=utf-8", NULL, "{\"text\":\"a\"}", 201, "\"number\":null"},
	    {json, NULL, "{\"text\":\"a\",\"more\":[]}", 201, "\"text\":\"a\""},
	    {"application/json;x=y; Charset=\"UTF-8\" ", NULL, "{\"text\":\"a\"}", 201, "\"text\""},
	    {"application/json; charset=utf-16", NULL, "{\"text\":\"a\"}", 415, "unsupported_type"},
	    {"application/json;x=y;charset=", NULL, "{\"text\":\"a\"}", 415, "unsupported_type"},
	    {NULL, NULL, "{\"text\":\"a\"}", 415, "unsupported_type"},
	    {"", NULL, "{\"text\":\"a\"}", 415, "unsupported_type"},
	    {"text/plain", NULL, "{\"text\":\"a\"}", 415, "unsupported_type"},
	    {"application/jsonx", NULL, "{\"text\":\"a\"}", 415, "unsupported_type"},
	    {NULL, "", "", 422, "\"field\":\"text\""},
	    {"", "0", "", 422, "\"field\":\"text\""},
	    {json, "", "{\"text\":\"a\"}", 400, "bad_request"},
	    {json, "-1", "{\"text\":\"a\"}", 400, "bad_request"},
	    {json, "12x", "{\"text\":\"a\"}", 400, "bad_request"},
	    {json, "99999999999999999999", "{\"text\":\"a\"}", 400, "bad_request"},
	    {json, "1025", "{\"text\":\"a\"}", 413, "too_large"},
	    {json, "999999999", "{\"text\":\"a\"}", 413, "too_large"},
	    {json, "20", "{\"text\":\"a\"}", 400, "bad_request"},
	    {json, "5", "{\"text\":\"a\"}", 400, "invalid_json"},
	    {json, NULL, "", 400, "invalid_json"},
	    {json, NULL, "[]", 422, "invalid_field"},
	    {json, NULL, "{}", 422, "\"field\":\"text\""},
	    {json, NULL, "{\"text\":\"a\",\"number\":10}", 422, "\"field\":\"number\""},
	};
	struct pretend *pretend = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		send_note(pretend, &cases[i]);
		assert_int_equal(pretend_status(pretend), cases[i].status);
		assert_says(pretend, cases[i].says);
		if (cases[i].status == 413)
			assert_int_equal(pretend->asked, 0);
	}
}

static void sets_cookies(void **state)
{
	struct pretend *pretend = *state;
	const struct body_case note = {"application/json", NULL, "{\"text\":\"a\"}", 201, ""};

	send_note(pretend, &note);
	assert_string_equal(pretend_header(pretend, "Set-Cookie"),
	    "taste=sweet; Path=/api; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
	pretend->config.auth.secure_cookies = false;
	send_note(pretend, &note);
	assert_string_equal(pretend_header(pretend, "Set-Cookie"),
	    "taste=sweet; Path=/api; Max-Age=60; HttpOnly; SameSite=Strict");
	assert_string_equal(pretend_header(pretend, "Cache-Control"), "no-store");
}

static void reads_query_strings(void **state)
{
	struct pretend *pretend = *state;

	assert_int_equal(
	    ask(pretend, "GET", "/api/v1/test/notes?before=9&x=y", bearer(pretend), NULL), 200);
	assert_says(pretend, "{\"before\":9,\"limit\":50}");
	assert_int_equal(
	    ask(pretend, "GET", "/api/v1/test/notes?limit=101", bearer(pretend), NULL), 422);
	assert_says(pretend, "\"field\":\"limit\"");
	/* Strangers learn nothing about fields. */
	assert_int_equal(ask(pretend, "GET", "/api/v1/test/notes?limit=101", NULL, NULL), 401);
}

static void lets_failures_win(void **state)
{
	struct pretend *pretend = *state;

	assert_int_equal(ask(pretend, "GET", "/api/v1/test/mind", NULL, NULL), 429);
	assert_string_equal(pretend_header(pretend, "Retry-After"), "7");
	assert_null(pretend_header(pretend, "X-Too-Early"));
	assert_says(pretend, "\"code\":\"rate_limited\"");
	assert_int_equal(ask(pretend, "GET", "/api/v1/test/silent", NULL, NULL), 500);
	assert_says(pretend, "\"code\":\"internal\"");
}

static void is_unwell_without_a_database(void **state)
{
	struct pretend *pretend = *state;

	pretend->config.database.host = "localhost";
	pretend->config.database.socket = "/nonexistent/secret-place";
	pretend->config.database.user = "secret-user";
	pretend->config.database.password = "secret-word";
	pretend->config.database.name = "secret-name";
	pretend->config.database.connect_timeout = 1;
	pretend->config.database.query_timeout = 1;
	assert_int_equal(ask(pretend, "GET", "/api/v1/test/health", NULL, NULL), 503);
	assert_says(pretend, "\"status\":\"unavailable\",\"program\":\"test\"");
	assert_says(pretend, "\"database\":\"unavailable\"");
	assert_says(pretend, "\"redis\":\"disabled\"");
	assert_null(strstr(pretend->answer, "secret"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CASE(lets_users_in),
	    CASE(keeps_others_out),
	    CASE(remembers_only_good_tokens),
	    CASE(says_what_the_token_lacks),
	    CASE(knows_methods),
	    CASE(names_each_request),
	    CASE(tells_the_handler),
	    CASE(revalidates),
	    CASE(reads_bodies),
	    CASE(sets_cookies),
	    CASE(reads_query_strings),
	    CASE(lets_failures_win),
	    CASE(is_unwell_without_a_database),
	};

	return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
