/* Envelopes between the FastCGI programs and wsd. */
#include "arena.h"
#include "event.h"
#include "record.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LAST_ID INT64_C(9007199254740991)

static const struct {
	const char *text;
	struct event event;
} envelopes[] = {
    {"to 12\n{}", {EVENT_TO, (const int64_t[]){12}, 1, ABSENT, false, 0, "{}", 2, NULL}},
    {"to 12,15,9007199254740991 in 7\n{\"event\":\"message\",\n\"text\":\"to 1\"}",
	{EVENT_TO, (const int64_t[]){12, 15, LAST_ID}, 3, 7, false, 0,
	    "{\"event\":\"message\",\n\"text\":\"to 1\"}", 34, NULL}},
    {"close 881,882",
	{EVENT_CLOSE, (const int64_t[]){881, 882}, 2, ABSENT, false, 0, NULL, 0, NULL}},
    {"watch 12 15", {EVENT_WATCH, (const int64_t[]){12, 15}, 2, ABSENT, false, 0, NULL, 0, NULL}},
    {"unwatch 12 15",
	{EVENT_UNWATCH, (const int64_t[]){12, 15}, 2, ABSENT, false, 0, NULL, 0, NULL}},
    {"shows-presence 12 0",
	{EVENT_SHOWS_PRESENCE, (const int64_t[]){12}, 1, ABSENT, false, 0, NULL, 0, NULL}},
    {"shows-typing 12 1",
	{EVENT_SHOWS_TYPING, (const int64_t[]){12}, 1, ABSENT, true, 0, NULL, 0, NULL}},
    {"presence 12 1 1790000000000",
	{EVENT_ONLINE, (const int64_t[]){12}, 1, ABSENT, true, 1790000000000, NULL, 0, NULL}},
    {"presence 12 0 0", {EVENT_ONLINE, (const int64_t[]){12}, 1, ABSENT, false, 0, NULL, 0, NULL}},
};

static void writes(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(envelopes); i++)
		assert_string_equal(event_write(arena, &envelopes[i].event), envelopes[i].text);
	arena_free(&arena);
}

static void writes_a_list_that_was_made_before(void **state)
{
	static const int64_t ids[] = {1, 10, LAST_ID};
	struct arena *arena = arena_new();
	struct event event = {EVENT_TO, ids, 3, 7, false, 0, "{}", 2, event_list(arena, ids, 3)};

	(void)state;
	assert_string_equal(event.list, "1,10,9007199254740991");
	assert_string_equal(event_write(arena, &event), "to 1,10,9007199254740991 in 7\n{}");
	assert_string_equal(event_list(arena, ids, 1), "1");
	arena_free(&arena);
}

static void writes_nothing_for_nobody(void **state)
{
	struct event event = {.kind = EVENT_TO, .payload = "{}", .payload_length = 2};
	struct arena *arena = arena_new();

	(void)state;
	assert_null(event_write(arena, &event));
	arena_free(&arena);
}

/* Without a NUL behind the text: only its length may say where it ends. */
static bool reads_exactly(struct arena *arena, const char *text, size_t length, struct event *event)
{
	char *bytes = arena_copy(arena, text, length);

	return event_read(arena, bytes, length, event);
}

static void reads(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(envelopes); i++) {
		const struct event *wanted = &envelopes[i].event;
		struct event event;

		memset(&event, 0x55, sizeof event);
		assert_true(
		    reads_exactly(arena, envelopes[i].text, strlen(envelopes[i].text), &event));
		assert_int_equal(event.kind, wanted->kind);
		assert_int_equal(event.count, wanted->count);
		assert_memory_equal(event.ids, wanted->ids, wanted->count * sizeof(int64_t));
		assert_true(event.conversation == wanted->conversation);
		assert_int_equal(event.on, wanted->on);
		assert_int_equal(event.last_seen, wanted->last_seen);
		assert_int_equal(event.payload_length, wanted->payload_length);
		if (wanted->payload_length > 0)
			assert_memory_equal(event.payload, wanted->payload, wanted->payload_length);
	}
	arena_free(&arena);
}

static void refuses_what_is_no_envelope(void **state)
{
	static const char *const texts[] = {"", "t", "to", "to ", "to \n{}", "to 1", "to 1\n",
	    "to 1,\n{}", "to ,1\n{}", "to 1,,2\n{}", "to 1 2\n{}", "to 1, 2\n{}", "to 0\n{}",
	    "to 01\n{}", "to -1\n{}", "to +1\n{}", "to 1x\n{}", "to 9007199254740992\n{}",
	    "to 99999999999999999999999999\n{}", "to 1 in\n{}", "to 1 in \n{}", "to 1 in 0\n{}",
	    "to 1 in 2 \n{}", "to 1 in 2,3\n{}", "to 1 in 2 in 3\n{}", " to 1\n{}", "TO 1\n{}",
	    "to  1\n{}", "to 1\r\n{}", "close", "close ", "close 1,", "close 1\n", "close 1 2",
	    "close 0", "watch 1", "watch 1 ", "watch 1 2 3", "watch 1,2", "watch 1 2\n",
	    "watch 0 1", "unwatch 1", "unwatch 1 2 3", "presence 1", "presence 1 1",
	    "presence 1 2 3", "presence 1 1 ", "presence 1 1 1 1", "presence 1 -1 1",
	    "presence 1 1 -1", "presence 0 1 1", "presence 1 01 1", "{\"event\":\"message\"}"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct event event;

		if (reads_exactly(arena, texts[i], strlen(texts[i]), &event))
			fail_msg("took \"%s\" for an envelope", texts[i]);
	}
	arena_free(&arena);
}

/* A cut envelope is another envelope or none, but never a read past its end. */
static void reads_no_byte_past_the_end(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(envelopes); i++)
		for (size_t length = 0; length < strlen(envelopes[i].text); length++) {
			char *bytes = malloc(length + 1);
			struct event event;

			/* Exactly `length` bytes lie between the start and the end of the block. */
			memcpy(bytes + 1, envelopes[i].text, length);
			event_read(arena, bytes + 1, length, &event);
			free(bytes);
		}
	arena_free(&arena);
}

static void carries_ten_thousand_recipients(void **state)
{
	struct arena *arena = arena_new();
	int64_t *ids = arena_array(arena, 10000, sizeof *ids);
	struct event event = {EVENT_TO, ids, 10000, LAST_ID, false, 0, "{}", 2, NULL};
	struct event answer;
	const char *text;

	(void)state;
	for (size_t i = 0; i < 10000; i++)
		ids[i] = LAST_ID - (int64_t)i;
	text = event_write(arena, &event);
	assert_true(event_read(arena, text, strlen(text), &answer));
	assert_int_equal(answer.count, 10000);
	assert_memory_equal(answer.ids, ids, 10000 * sizeof *ids);
	assert_true(answer.conversation == LAST_ID);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes),
	    cmocka_unit_test(writes_a_list_that_was_made_before),
	    cmocka_unit_test(writes_nothing_for_nobody),
	    cmocka_unit_test(reads),
	    cmocka_unit_test(refuses_what_is_no_envelope),
	    cmocka_unit_test(reads_no_byte_past_the_end),
	    cmocka_unit_test(carries_ten_thousand_recipients),
	};

	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
