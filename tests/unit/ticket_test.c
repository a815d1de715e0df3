/* What is a ticket, and what is none. */
#include "arena.h"
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
	assert_int_equal(ticket.watch_count, 2);
	assert_int_equal(ticket.watch[1], 19);
	assert_int_equal(ticket.direct_count, 2);
	assert_int_equal(ticket.directs[1].conversation, 9);
	assert_int_equal(ticket.directs[1].peer, 19);
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
	};
	struct arena *arena = arena_new();
	struct ticket ticket;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_false(reads(arena, texts[i], &ticket));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_whole_one),
	    cmocka_unit_test(of_somebody_without_friends),
	    cmocka_unit_test(nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
