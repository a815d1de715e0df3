/* The hash table: every key found, equal keys kept apart, removal while walking. */
#include "container.h"
#include "table.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include <cmocka.h>

#define MANY 10000

struct thing {
	struct table_entry entry;
	bool met;
};

static int64_t key_of(int i)
{
	/* Ids in sequence, and keys as random as those of sessions. */
	return i % 2 == 0 ? i : (int64_t)((uint64_t)i * 0xd1342543de82ef95u);
}

static void all_are_found_and_nothing_else(void **state)
{
	struct thing *things = calloc(MANY, sizeof *things);
	struct table table = {0};

	(void)state;
	assert_null(table_find(&table, 0));
	assert_null(table_next(&table, NULL));
	for (int i = 0; i < MANY; i++)
		table_add(&table, &things[i].entry, key_of(i));
	for (int i = 0; i < MANY; i++)
		assert_ptr_equal(table_find(&table, key_of(i)), &things[i].entry);
	assert_null(table_find(&table, -1));
	for (int i = 0; i < MANY; i += 3)
		table_remove(&table, &things[i].entry);
	for (int i = 0; i < MANY; i++)
		assert_ptr_equal(
		    table_find(&table, key_of(i)), i % 3 == 0 ? NULL : &things[i].entry);
	table_free(&table);
	assert_null(table_find(&table, 1));
	free(things);
}

static void equal_keys_are_all_found(void **state)
{
	struct thing things[100] = {0};
	struct table table = {0};
	int met = 0;

	(void)state;
	for (int i = 0; i < 100; i++)
		table_add(&table, &things[i].entry, i % 4);
	for (struct table_entry *entry = table_find(&table, 3); entry != NULL;
	     entry = table_same(entry)) {
		assert_int_equal(entry->key, 3);
		met++;
	}
	assert_int_equal(met, 25);
	table_free(&table);
}

static void a_walk_meets_each_once_even_while_they_go(void **state)
{
	struct thing *things = calloc(MANY, sizeof *things);
	struct table table = {0};

	(void)state;
	for (int i = 0; i < MANY; i++)
		table_add(&table, &things[i].entry, key_of(i));
	for (struct table_entry *entry = table_next(&table, NULL), *next; entry != NULL;
	     entry = next) {
		struct thing *thing = CONTAINER(entry, struct thing, entry);

		next = table_next(&table, entry);
		assert_false(thing->met);
		thing->met = true;
		table_remove(&table, entry);
	}
	assert_int_equal(table.count, 0);
	for (int i = 0; i < MANY; i++)
		assert_true(things[i].met);
	table_free(&table);
	free(things);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_are_found_and_nothing_else),
	    cmocka_unit_test(equal_keys_are_all_found),
	    cmocka_unit_test(a_walk_meets_each_once_even_while_they_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
