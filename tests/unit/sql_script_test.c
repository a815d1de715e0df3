/* hichatctl/sql_script: where one statement ends and the next begins. */
#include "sql_script.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct {
	const char *text;
	size_t count;
	struct sql_statement statements[3];
} scripts[] = {
    {"", 0, {{NULL, 0}}},
    {" \n\t\r\n", 0, {{NULL, 0}}},
    {";;\n;", 0, {{NULL, 0}}},
    {"-- only this", 0, {{NULL, 0}}},
    {"/* never closed ; ", 0, {{NULL, 0}}},
    {"A", 1, {{"A", 1}}},
    {"A;", 1, {{"A", 1}}},
    {"A;B", 2, {{"A", 1}, {"B", 1}}},
    {"\nA;\n\nB\n;C", 3, {{"A", 2}, {"B\n", 4}, {"C", 5}}},
    {"-- x;\nA -- y; '\n;B", 2, {{"A -- y; '\n", 2}, {"B", 3}}},
    {"# x;\n/* y;\nz */ A;B", 2, {{"A", 3}, {"B", 3}}},
    {"A /* ; */ B;C", 2, {{"A /* ; */ B", 1}, {"C", 1}}},
    {"a--b;C", 2, {{"a--b", 1}, {"C", 1}}},
    {"A ';' B;C", 2, {{"A ';' B", 1}, {"C", 1}}},
    {"A \";\";B", 2, {{"A \";\"", 1}, {"B", 1}}},
    {"A `;`;B", 2, {{"A `;`", 1}, {"B", 1}}},
    {"A 'it''s;';B", 2, {{"A 'it''s;'", 1}, {"B", 1}}},
    {"A 'it\\'s;';B", 2, {{"A 'it\\'s;'", 1}, {"B", 1}}},
    {"A `\\`;B", 2, {{"A `\\`", 1}, {"B", 1}}},
    {"A '-- ' ;B", 2, {{"A '-- ' ", 1}, {"B", 1}}},
    {"A 'never closed; B", 1, {{"A 'never closed; B", 1}}},
    {"A '\\", 1, {{"A '\\", 1}}},
};

static void statements_of_scripts(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(scripts); i++) {
		struct sql_script script = sql_script_split(arena, scripts[i].text);

		if (script.count != scripts[i].count)
			fail_msg("%zu statements in: %s", script.count, scripts[i].text);
		for (size_t j = 0; j < script.count; j++) {
			assert_string_equal(
			    script.statements[j].text, scripts[i].statements[j].text);
			assert_int_equal(script.statements[j].line, scripts[i].statements[j].line);
		}
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(statements_of_scripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
