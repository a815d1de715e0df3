/* hichatctl/sticker_manifest: what a pack says of itself. */
#include "arena.h"
#include "sticker_manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define HEAD "\"name\":\"cats\",\"title\":{\"en\":\"Cats\"},\"author\":\"A\",\"licence\":\"MIT\""
#define STICKERS(list) "{" HEAD ",\"stickers\":[" list "]}"

static int set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	struct arena *arena = *state;

	arena_free(&arena);
	return 0;
}

static void whole(void **state)
{
	static const char text[] =
	    "{\"name\":\"cats-2\",\"title\":{\"zh-CN\":\"猫\",\"en\":\"Cats\",\"de\":\"Katzen\"},"
	    "\"author\":\"Ann\",\"licence\":\"CC BY 4.0\",\"position\":7,\"stickers\":["
	    "{\"file\":\"A_1.webp\",\"emoji\":\"😺\",\"keywords\":[\"happy\",\"开心\"]},"
	    "{\"file\":\"b.gif\"}]}";
	struct sticker_manifest manifest;

	assert_null(sticker_manifest_read(*state, text, strlen(text), &manifest));
	assert_string_equal(manifest.name, "cats-2");
	assert_string_equal(manifest.title.text, "{\"en\":\"Cats\",\"zh-CN\":\"猫\"}");
	assert_string_equal(manifest.english, "Cats");
	assert_string_equal(manifest.author, "Ann");
	assert_string_equal(manifest.licence, "CC BY 4.0");
	assert_int_equal(manifest.position, 7);
	assert_int_equal(manifest.count, 2);
	assert_string_equal(manifest.stickers[0].file, "A_1.webp");
	assert_string_equal(manifest.stickers[0].emoji, "😺");
	assert_int_equal(manifest.stickers[0].keywords.count, 2);
	assert_string_equal(manifest.stickers[1].file, "b.gif");
	assert_null(manifest.stickers[1].emoji);
}

static void wrong(void **state)
{
	static const struct {
		const char *text;
		const char *said;
	} samples[] = {
	    {"", "JSON"},
	    {"[]", "missing"},
	    {"{}", "name"},
	    {"{" HEAD "}", "\"stickers\""},
	    {STICKERS(""), "\"stickers\""},
	    {"{" HEAD ",\"stickers\":{\"file\":\"a.png\"}}", "\"stickers\""},
	    {STICKERS("7"), "sticker 1"},
	    {STICKERS("{}"), "sticker 1: \"file\""},
	    {STICKERS("{\"file\":\"\"}"), "\"file\""},
	    {STICKERS("{\"file\":\"../a.png\"}"), "\"file\""},
	    {STICKERS("{\"file\":\"/etc/passwd\"}"), "\"file\""},
	    {STICKERS("{\"file\":\"a\\\\b.png\"}"), "\"file\""},
	    {STICKERS("{\"file\":\".hidden\"}"), "\"file\""},
	    {STICKERS("{\"file\":\"..\"}"), "\"file\""},
	    {STICKERS("{\"file\":\"ä.png\"}"), "\"file\""},
	    {STICKERS("{\"file\":\"a.png\",\"emoji\":\"x\"}"), "\"emoji\""},
	    {STICKERS("{\"file\":\"a.png\",\"emoji\":\"😺😺\"}"), "\"emoji\""},
	    {STICKERS("{\"file\":\"a.png\",\"keywords\":[\"\"]}"), "\"keywords\""},
	    {STICKERS("{\"file\":\"a.png\",\"keywords\":[1]}"), "\"keywords\""},
	    {STICKERS("{\"file\":\"a.png\"},{\"file\":\"a.png\"}"), "twice"},
	    {"{\"name\":\"Cats\",\"title\":{\"en\":\"C\"},\"author\":\"A\",\"licence\":\"M\","
	     "\"stickers\":[{\"file\":\"a.png\"}]}",
		"\"name\""},
	    {"{\"name\":\"c\",\"title\":{\"zh-CN\":\"C\"},\"author\":\"A\",\"licence\":\"M\","
	     "\"stickers\":[{\"file\":\"a.png\"}]}",
		"\"title\""},
	    {"{\"name\":\"c\",\"title\":\"C\",\"author\":\"A\",\"licence\":\"M\","
	     "\"stickers\":[{\"file\":\"a.png\"}]}",
		"\"title\""},
	    {"{\"name\":\"c\",\"title\":{\"en\":\"C\"},\"author\":\"A\","
	     "\"stickers\":[{\"file\":\"a.png\"}]}",
		"\"licence\""},
	};
	struct sticker_manifest manifest;

	for (size_t i = 0; i < COUNT(samples); i++) {
		const char *said = sticker_manifest_read(
		    *state, samples[i].text, strlen(samples[i].text), &manifest);

		if (said == NULL || strstr(said, samples[i].said) == NULL)
			fail_msg("%s: %s", samples[i].text, said != NULL ? said : "taken");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(whole, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(wrong, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
