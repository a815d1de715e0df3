/* lib/search_filter: what is in a text passes its filter, and hardly anything else does. */
#include "search_filter.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *filter_of(struct arena *arena, const char *const *texts, size_t count)
{
	struct search_filter *filter = search_filter_new(arena);

	for (size_t i = 0; i < count; i++) {
		struct search_text text = search_text_read(arena, texts[i]);

		search_filter_add(filter, &text);
	}
	return search_filter_write(arena, filter);
}

/* As the statement does it. */
static bool passes(struct arena *arena, const char *filter, const char *query)
{
	struct search_text wanted = search_text_read(arena, query);
	struct search_probe probes[SEARCH_PROBES];
	size_t length = strlen(filter) / 2;

	search_probes_of(&wanted, probes);
	for (size_t i = 0; i < SEARCH_PROBES; i++) {
		size_t place = (size_t)probes[i].place % length;
		const char digits[] = {filter[2 * place], filter[2 * place + 1], '\0'};

		assert_true(probes[i].mask >= 1 && probes[i].mask <= 128);
		if ((strtol(digits, NULL, 16) & probes[i].mask) == 0)
			return false;
	}
	return true;
}

static void what_is_there_passes(void **state)
{
	static const char *const texts[] = {"Hello World, café au lait", "我们明天下午开会讨论项目",
	    "去Paris玩3天", "👍🏽 great", "internationalization x"};
	static const char *const queries[] = {"hello", "hell", "hel", "wor", "wo", "world hello",
	    "CAFE", "au", "会", "开会", "下午开会", "我们明天下午开会讨论项目", "午开会",
	    "去 paris 玩", "3", "👍", "gre", "international", "internationalization", "inter", "x",
	    "great 我们 hello 项目 world 去 wor"};
	struct arena *arena = arena_new();
	const char *filter = filter_of(arena, texts, COUNT(texts));

	(void)state;
	for (size_t i = 0; i < COUNT(queries); i++)
		if (!passes(arena, filter, queries[i]))
			fail_msg("\"%s\" does not pass", queries[i]);
	arena_free(&arena);
}

static const char *pseudo_word(struct arena *arena, unsigned number)
{
	char *word = arena_alloc(arena, 8);

	for (size_t i = 0; i < 7; i++) {
		number = number * 1103515245 + 12345;
		word[i] = (char)('a' + (number >> 16) % 26);
	}
	return word;
}

static void hardly_anything_else_passes(void **state)
{
	struct arena *arena = arena_new();
	const char *words[200];
	size_t passed = 0;
	const char *filter;

	(void)state;
	for (unsigned i = 0; i < COUNT(words); i++)
		words[i] = pseudo_word(arena, i);
	filter = filter_of(arena, words, COUNT(words));
	for (unsigned i = 0; i < 10000; i++)
		passed += passes(arena, filter, pseudo_word(arena, 1000000 + i));
	/* One in 400, and those whose first five letters are there. */
	assert_in_range(passed, 1, 60);
	arena_free(&arena);
}

static void as_long_as_its_terms(void **state)
{
	static const char *const one[] = {"hi"}, *const same[] = {"hi", "HI", "hi hi"};
	struct arena *arena = arena_new();
	char *long_text = arena_alloc(arena, 3 * 8000 + 1);
	const char *longest[] = {long_text};
	const char *filter;

	(void)state;
	assert_int_equal(strlen(filter_of(arena, NULL, 0)), 16);
	assert_string_equal(filter_of(arena, one, 1), filter_of(arena, same, 3));
	for (unsigned i = 0; i < 8000; i++) {
		unsigned letter = 0x4e00 + i;
		char *bytes = long_text + (size_t)3 * i;

		bytes[0] = (char)(0xe0 | letter >> 12);
		bytes[1] = (char)(0x80 | (letter >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (letter & 0x3f));
	}
	filter = filter_of(arena, longest, 1);
	assert_int_equal(strlen(filter), 2 * 8192);
	assert_true(passes(arena, filter, "一丁"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_there_passes),
	    cmocka_unit_test(hardly_anything_else_passes),
	    cmocka_unit_test(as_long_as_its_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
