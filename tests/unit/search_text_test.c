/* lib/search_text: what is found in what. */
#include "search_text.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool contains(const char *text, const char *query)
{
	struct arena *arena = arena_new();
	struct search_text read = search_text_read(arena, text);
	struct search_text wanted = search_text_read(arena, query);
	bool found = search_text_contains(&read, &wanted);

	arena_free(&arena);
	return found;
}

struct pair {
	const char *text, *query;
};

static void found(void **state)
{
	static const struct pair cases[] = {
	    {"Hello World", "hello"},
	    {"Hello World", "world hello"},
	    {"Hello World", "hello wor"},
	    {"Hello, (World)!", "HELLO world"},
	    {"你好，世界", "世界"},
	    {"你好，世界", "好"},
	    {"我们明天下午开会讨论项目", "下午开会"},
	    {"我们明天下午开会讨论项目", "项目 明天"},
	    {"去Paris玩3天", "paris"},
	    {"去Paris玩3天", "玩 3 天"},
	    {"ﾃｽﾄです", "テスト"},
	    {"データベース", "ータ"},
	    {"회의는 내일", "회의"},
	    {"สวัสดีครับ", "ดีคร"},
	    {"Ｗｉｄｅ Ｌｅｔｔｅｒｓ", "wide letters"},
	    {"café au lait", "CAFE"},
	    {"cafe\xCC\x81 au lait", "caf\xC3\xA9"},
	    {"Straße", "STRASSE"},
	    {"ΣΊΣΥΦΟΣ", "σισυφος"},
	    {"Ёлка", "елка"},
	    {"İstanbul", "istanbul"},
	    {"👍🏽 great", "👍"},
	    {"so 😂😂 funny", "😂"},
	    {"👨‍👩‍👧", "👩"},
	    {"❤️", "❤"},
	    {"call 13800138000", "138"},
	    {"a b c", "b"},
	    {"ﬁnal", "fin"},
	    {"ro\xC2\xADot", "root"},
	    {"हिन्दी में", "हिन्दी"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (!contains(cases[i].text, cases[i].query))
			fail_msg("\"%s\" is not found in \"%s\"", cases[i].query, cases[i].text);
}

static void not_found(void **state)
{
	static const struct pair cases[] = {
	    {"Hello World", "ello"},
	    {"Hello World", "hell world"}, /* only the last one may be a beginning */
	    {"Hello World", "h"},
	    {"Hello World", "hello there"},
	    {"你好，世界", "好世"},
	    {"你好，世界", "你好吗"},
	    {"개", "게"},
	    {"か", "かか"},
	    {"1380", "1381"},
	    {"हिन्दी", "हिन्दा"},
	    {"", "a"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (contains(cases[i].text, cases[i].query))
			fail_msg("\"%s\" is found in \"%s\"", cases[i].query, cases[i].text);
}

static void runs(void **state)
{
	static const struct {
		const char *text;
		size_t count;
		bool first_unspaced;
	} cases[] = {
	    {"", 0, false},
	    {" \t\n", 0, false},
	    {"!?…——。", 0, false},
	    {"\xE2\x80\x8B\xEF\xB8\x8F", 0, false}, /* nothing that is seen */
	    {"word", 1, false},
	    {"two words", 2, false},
	    {"你好", 1, true},
	    {"你 好", 2, true},
	    {"你a好1", 4, true},
	    {"\xCC\x81", 0, false}, /* an accent of nothing */
	    {"ー", 1, true},
	    {"ア・イ", 2, true},
	    {"ab\xCC\x81"
	     "c",
		1, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();
		struct search_text text = search_text_read(arena, cases[i].text);

		if (text.count != cases[i].count)
			fail_msg("\"%s\" has %zu runs", cases[i].text, text.count);
		for (size_t j = 0; j < text.count; j++)
			assert_true(text.runs[j].length > 0);
		if (text.count > 0)
			assert_int_equal(text.runs[0].unspaced, cases[i].first_unspaced);
		arena_free(&arena);
	}
}

static void very_long(void **state)
{
	struct arena *arena = arena_new();
	char *text = arena_alloc(arena, 3 * 8000 + 1);
	struct search_text read, wanted = search_text_read(arena, "字");

	(void)state;
	memset(text, 'a', 8000);
	read = search_text_read(arena, text);
	assert_int_equal(read.count, 1);
	assert_int_equal(read.runs[0].length, 8000);
	assert_int_equal(read.length, 8000);
	for (size_t i = 0; i < 8000; i++)
		memcpy(text + 3 * i, "字", 3);
	read = search_text_read(arena, text);
	assert_int_equal(read.runs[0].length, 8000);
	assert_true(search_text_contains(&read, &wanted));
	arena_free(&arena);
}

/* Each of them is eighteen when it is normalised. */
static void unfolding(void **state)
{
	struct arena *arena = arena_new();
	struct search_text read = search_text_read(arena, "\xEF\xB7\xBA\xEF\xB7\xBA");

	(void)state;
	assert_int_equal(read.length, 36);
	arena_free(&arena);
}

static size_t put(char *bytes, unsigned point)
{
	if (point < 0x80) {
		bytes[0] = (char)point;
		return 1;
	}
	bytes[0] = (char)(0xe0 | point >> 12);
	bytes[1] = (char)(0x80 | (point >> 6 & 0x3f));
	bytes[2] = (char)(0x80 | (point & 0x3f));
	return 3;
}

static void assert_equal_runs(const struct search_run *one, const struct search_run *other)
{
	assert_int_equal(one->length, other->length);
	assert_int_equal(one->unspaced, other->unspaced);
	assert_memory_equal(one->points, other->points, one->length * sizeof(*one->points));
}

/* Simple texts are read in a shorter way, which an accent at the end keeps one from. */
static void the_short_way_is_no_other_way(void **state)
{
	static const struct {
		unsigned first, last;
	} ranges[] = {{1, 0x7f}, {0x3000, 0x3015}, {0x4dfe, 0xa001}, {0xff00, 0xff60}};

	(void)state;
	for (size_t i = 0; i < COUNT(ranges); i++)
		for (unsigned point = ranges[i].first; point <= ranges[i].last; point++) {
			struct arena *arena = arena_new();
			char text[16] = "A";
			struct search_text simple, other;
			size_t length = 1 + put(text + 1, point);

			text[length++] = 'B';
			simple = search_text_read(arena, text);
			memcpy(text + length, " \xC3\xA9", 4);
			other = search_text_read(arena, text);
			assert_int_equal(simple.count + 1, other.count);
			assert_int_equal(simple.length + 2, other.length);
			for (size_t j = 0; j < simple.count; j++)
				assert_equal_runs(&simple.runs[j], &other.runs[j]);
			arena_free(&arena);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(found),
	    cmocka_unit_test(not_found),
	    cmocka_unit_test(runs),
	    cmocka_unit_test(very_long),
	    cmocka_unit_test(unfolding),
	    cmocka_unit_test(the_short_way_is_no_other_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
