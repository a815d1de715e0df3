/* Events collected for live connections. */
#include "deliver.h"
#include "delivery.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct scene {
	struct request req;
	struct delivery delivery;
	struct config config;
};

static int setup(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	if (scene == NULL)
		return -1;
	scene->req.arena = arena_new();
	scene->req.delivery = &scene->delivery;
	scene->req.config = &scene->config; /* without poll files */
	*state = scene;
	return 0;
}

static int teardown(void **state)
{
	struct scene *scene = *state;

	arena_free(&scene->req.arena);
	free(scene);
	return 0;
}

static struct event read_back(struct scene *scene, size_t index)
{
	const char *message = scene->delivery.messages[index];
	struct event event;

	assert_true(event_read(scene->req.arena, message, strlen(message), &event));
	return event;
}

static void collects_in_order(void **state)
{
	struct scene *scene = *state;
	struct request *req = &scene->req;
	struct json_object *payload = json_new(req->arena);
	const int64_t users[] = {12, 15};
	const int64_t sessions[] = {881};
	struct event event;

	json_set_text(payload, "event", EVENT_MESSAGE);
	deliver_to(req, users, 2, payload);
	deliver_to_members(req, 7, users, 1, payload);
	deliver_close(req, sessions, 1);
	deliver_watch(req, 12, 15, true);
	deliver_watch(req, 15, 12, false);
	assert_int_equal(scene->delivery.count, 5);

	event = read_back(scene, 0);
	assert_int_equal(event.kind, EVENT_TO);
	assert_int_equal(event.count, 2);
	assert_int_equal(event.ids[1], 15);
	assert_true(event.conversation == ABSENT);
	assert_int_equal(event.payload_length, strlen("{\"event\":\"message\"}"));
	assert_memory_equal(event.payload, "{\"event\":\"message\"}", event.payload_length);
	event = read_back(scene, 1);
	assert_int_equal(event.conversation, 7);
	assert_int_equal(event.count, 1);
	event = read_back(scene, 2);
	assert_int_equal(event.kind, EVENT_CLOSE);
	assert_int_equal(event.ids[0], 881);
	assert_int_equal(read_back(scene, 3).kind, EVENT_WATCH);
	event = read_back(scene, 4);
	assert_int_equal(event.kind, EVENT_UNWATCH);
	assert_int_equal(event.ids[0], 15);
	assert_int_equal(event.ids[1], 12);
}

/* The payload is written when it is given: the handler may change the value afterwards. */
static void keeps_what_was_said(void **state)
{
	struct scene *scene = *state;
	struct json_object *payload = json_new(scene->req.arena);
	const int64_t user = 5;
	struct event event;

	json_set_int(payload, "n", 1);
	deliver_to(&scene->req, &user, 1, payload);
	json_set_int(payload, "n", 2);
	event = read_back(scene, 0);
	assert_memory_equal(event.payload, "{\"n\":1}", event.payload_length);
}

static void sends_nothing_to_nobody(void **state)
{
	struct scene *scene = *state;

	deliver_to(&scene->req, NULL, 0, json_new(scene->req.arena));
	deliver_close(&scene->req, NULL, 0);
	assert_int_equal(scene->delivery.count, 0);
}

static void takes_any_number(void **state)
{
	struct scene *scene = *state;

	for (int64_t i = 1; i <= 1000; i++)
		deliver_watch(&scene->req, i, i + 1, true);
	assert_int_equal(scene->delivery.count, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(read_back(scene, i).ids[0], i + 1);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CASE(collects_in_order),
	    CASE(keeps_what_was_said),
	    CASE(sends_nothing_to_nobody),
	    CASE(takes_any_number),
	};

	return cmocka_run_group_tests_name("deliver", tests, NULL, NULL);
}
