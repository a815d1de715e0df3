/* What is a ticket, and what is none. */
#include "arena.h"
#include "parting.h"
#include "ticket.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool reads(struct arena *arena, const char *text, struct ticket *ticket)
{
	return ticket_read(arena, text, strlen(text), ticket);
}

static void a_whole_one(void **state)
{
	struct arena *arena = arena_new();
	struct ticket ticket;

	(void)state;
	assert_true(reads(arena,
	    "{\"user\":12,\"session\":881,\"watch\":[15,19],\"conversations\":[[7,15],[9,19]]}",
	    &ticket));
	assert_int_equal(ticket.user, 12);
	assert_int_equal(ticket.login, 881);
	assert_true(ticket.typing);
	assert_int_equal(ticket.watch_count, 2);
	assert_int_equal(ticket.watch[1], 19);
	assert_int_equal(ticket.direct_count, 2);
	assert_int_equal(ticket.directs[1].conversation, 9);
	assert_int_equal(ticket.directs[1].peer, 19);
	arena_free(&arena);
}

static void with_a_small_group(void **state)
{
	struct arena *arena = arena_new();
	struct ticket ticket;

	(void)state;
	assert_true(reads(arena,
	    "{\"user\":12,\"session\":881,"
	    "\"conversations\":[[50,12,15,23],[7,15],[51,12],[52,8,12]]}",
	    &ticket));
	assert_int_equal(ticket.circle_count, 2);
	assert_int_equal(ticket.circles[0].conversation, 50);
	assert_int_equal(ticket.circles[0].count, 3);
	assert_memory_equal(
	    ticket.circles[0].members, ((const int64_t[]){12, 15, 23}), 3 * sizeof(int64_t));
	assert_int_equal(ticket.circles[1].conversation, 52);
	assert_int_equal(ticket.circles[1].count, 2);
	assert_int_equal(ticket.direct_count, 1);
	assert_int_equal(ticket.directs[0].peer, 15);
	arena_free(&arena);
}

static void of_somebody_without_friends(void **state)
{
	static const char *const texts[] = {
	    "{\"user\":12,\"session\":881,\"watch\":[],\"conversations\":[]}",
	    "{\"user\":12,\"session\":881}",
	    "{\"user\":12,\"session\":881,\"later\":{\"more\":true}}",
	};
	struct arena *arena = arena_new();
	struct ticket ticket;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		assert_true(reads(arena, texts[i], &ticket));
		assert_int_equal(ticket.watch_count + ticket.direct_count, 0);
	}
	arena_free(&arena);
}

static void nonsense(void **state)
{
	static const char *const texts[] = {
	    "",
	    "12",
	    "[12,881]",
	    "{\"user\":12}",
	    "{\"session\":12}",
	    "{\"user\":0,\"session\":881}",
	    "{\"user\":-1,\"session\":881}",
	    "{\"user\":\"12\",\"session\":881}",
	    "{\"user\":1.5,\"session\":881}",
	    "{\"user\":12,\"session\":881,\"watch\":[15,\"19\"]}",
	    "{\"user\":12,\"session\":881,\"watch\":[0]}",
	    "{\"user\":12,\"session\":881,\"conversations\":[7]}",
	    "{\"user\":12,\"session\":881,\"conversations\":[[7]]}",
	    "{\"user\":12,\"session\":881,\"conversations\":[[7,null]]}",
	    "{\"user\":12,\"session\":881,\"conversations\":[[]]}",
	    "{\"user\":12,\"session\":881,\"conversations\":[[50,12,15,\"16\"]]}",
	    "{\"user\":12,\"session\":881,\"conversations\":[[50,12,15,0]]}",
	};
	struct arena *arena = arena_new();
	struct ticket ticket;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_false(reads(arena, texts[i], &ticket));
	arena_free(&arena);
}

static void without_those_who_parted(void **state)
{
	struct partings *partings = partings_new();
	struct arena *arena = arena_new();
	struct ticket ticket;

	(void)state;
	assert_true(reads(arena,
	    "{\"user\":12,\"session\":881,\"watch\":[15,16,19],"
	    "\"conversations\":[[7,15],[8,16],[9,19]]}",
	    &ticket));
	parting_learn(partings, 12, 15, 1000);
	parting_learn(partings, 16, 12, 1000); /* the other direction is another's ticket */
	parting_learn(partings, 12, 77, 1000);
	ticket_part(&ticket, partings, 1000 + PARTING_MS);
	assert_int_equal(ticket.watch_count, 3);
	ticket_part(&ticket, partings, 999 + PARTING_MS);
	assert_int_equal(ticket.watch_count, 2);
	assert_int_equal(ticket.watch[0], 16);
	assert_int_equal(ticket.watch[1], 19);
	assert_int_equal(ticket.direct_count, 2);
	assert_int_equal(ticket.directs[0].conversation, 8);
	assert_int_equal(ticket.directs[1].conversation, 9);
	arena_free(&arena);
	partings_free(&partings);
}

static void without_what_is_hidden_by_now(void **state)
{
	struct partings *partings = partings_new();
	struct arena *arena = arena_new();
	struct ticket ticket;

	(void)state;
	assert_true(reads(arena,
	    "{\"user\":12,\"session\":881,\"typing\":1,\"watch\":[15,16],"
	    "\"conversations\":[[7,15]]}",
	    &ticket));
	parting_learn(partings, 15, PARTED_PRESENCE, 1000);
	parting_learn(partings, 16, PARTED_TYPING, 1000);
	ticket_part(&ticket, partings, 1000);
	assert_int_equal(ticket.watch_count, 1);
	assert_int_equal(ticket.watch[0], 16);
	assert_true(ticket.typing);
	parting_learn(partings, 12, PARTED_PRESENCE, 1000);
	parting_learn(partings, 12, PARTED_TYPING, 1000);
	ticket_part(&ticket, partings, 1000);
	assert_int_equal(ticket.watch_count, 0);
	assert_false(ticket.typing);
	assert_int_equal(ticket.direct_count, 1);
	assert_true(reads(arena, "{\"user\":12,\"session\":881,\"typing\":0}", &ticket));
	assert_false(ticket.typing);
	arena_free(&arena);
	partings_free(&partings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_whole_one),
	    cmocka_unit_test(with_a_small_group),
	    cmocka_unit_test(of_somebody_without_friends),
	    cmocka_unit_test(nonsense),
	    cmocka_unit_test(without_those_who_parted),
	    cmocka_unit_test(without_what_is_hidden_by_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
