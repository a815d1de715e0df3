/* Base64 without padding. */
#include "arena.h"
#include "base64.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* RFC 4648 section 10, without the padding; and the characters that tell the alphabets apart. */
static const struct {
	const char *bytes;
	const char *standard, *url;
} pairs[] = {
    {"", "", ""},
    {"f", "Zg", "Zg"},
    {"fo", "Zm8", "Zm8"},
    {"foo", "Zm9v", "Zm9v"},
    {"foob", "Zm9vYg", "Zm9vYg"},
    {"fooba", "Zm9vYmE", "Zm9vYmE"},
    {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
    {"\xfb\xff\xfe", "+//+", "-__-"},
};

static void writes_and_reads(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		size_t length = strlen(pairs[i].bytes), size;
		unsigned char bytes[8];

		assert_string_equal(base64_write(arena, BASE64_STANDARD, pairs[i].bytes, length),
		    pairs[i].standard);
		assert_string_equal(
		    base64_write(arena, BASE64_URL, pairs[i].bytes, length), pairs[i].url);
		assert_true(base64_read(BASE64_STANDARD, pairs[i].standard,
		    strlen(pairs[i].standard), bytes, length, &size));
		assert_int_equal(size, length);
		assert_memory_equal(bytes, pairs[i].bytes, length);
		assert_true(base64_read(
		    BASE64_URL, pairs[i].url, strlen(pairs[i].url), bytes, length, &size));
		assert_memory_equal(bytes, pairs[i].bytes, length);
	}
	arena_free(&arena);
}

static void refuses_other_spellings(void **state)
{
	static const char *const texts[] = {"Zg==", "Zm8=", "Z", "Zm9vY", "Zh", "Zm9", "Zm 8",
	    "Zm\n8", " Zg", "Zg ", "-_-_", "Zm\x80", "=", "...."};
	unsigned char bytes[16];
	size_t size;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (base64_read(
			BASE64_STANDARD, texts[i], strlen(texts[i]), bytes, sizeof bytes, &size))
			fail_msg("took \"%s\" for base64", texts[i]);
	assert_false(base64_read(BASE64_STANDARD, "Zg\0", 3, bytes, sizeof bytes, &size));
}

static void refuses_more_than_fits(void **state)
{
	unsigned char bytes[4] = {0, 0, 0, 0x55};
	size_t size;

	(void)state;
	assert_true(base64_read(BASE64_URL, "Zm9v", 4, bytes, 3, &size));
	assert_false(base64_read(BASE64_URL, "Zm9vYg", 6, bytes, 3, &size));
	assert_int_equal(bytes[3], 0x55);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_and_reads),
	    cmocka_unit_test(refuses_other_spellings),
	    cmocka_unit_test(refuses_more_than_fits),
	};

	return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
